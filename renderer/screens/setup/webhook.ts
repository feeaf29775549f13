import type { OutputOf } from '#operations/index.ts';
import { isTextKey, type Translate } from '#renderer/text/index.ts';

/** A receiver as it is listed, and one message to it. */
export type Webhook = OutputOf<'webhooks.list'>['webhooks'][number];
export type Delivery = OutputOf<'webhooks.deliveries'>['rows'][number];

/** An event of a later version keeps its own name. */
export function eventText(t: Translate, event: string): string {
  const key = `setup.webhooks.events.${event}`;
  return isTextKey(key) ? t(key) : event;
}

/** What went wrong, of a failure as `status:500`. */
export function failureText(t: Translate, failure: string): string {
  if (failure === '') return '';
  const [kind = '', ...rest] = failure.split(':');
  const key = `setup.webhooks.failures.${kind}`;
  return isTextKey(key) ? t(key, { detail: rest.join(':') }) : failure;
}
