import { ORPCError, type ClientContext } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { FieldFault } from '#domain/errors.ts';
import { isTextKey, type Translate } from '#renderer/text/index.ts';
import { PORT_GREETING } from '../messages.ts';

/** The service behind the page: over the port that the desktop's shell hands in, or over HTTP in a browser on this machine. */

type Link = PortLink<ClientContext> | FetchLink<ClientContext>;

const { promise: link, resolve: linkWith } = Promise.withResolvers<Link>();
/** Not in the desktop app. */
export const isInBrowser = !(window as { mendway?: { isDesktop?: true } }).mendway?.isDesktop;
if (isInBrowser) linkWith(new FetchLink({ url: `${location.origin}/rpc` }));
window.addEventListener('message', ({ source, data, ports: [port] }) => {
  if (source !== window || data !== PORT_GREETING || !port) return;
  port.start();
  linkWith(new PortLink({ port }));
});

export async function callService(name: string, input: unknown): Promise<unknown> {
  return (await link).call(['firstRun', name], input, { context: {} });
}

const MOMENT = 300;

/** The service takes this page's server's place at the same address; between the two there may be nobody for a moment. */
export async function loadInterface(): Promise<void> {
  for (;;) {
    const answer = await fetch('/api/openapi.json').catch(() => undefined);
    if (answer?.ok) return location.reload();
    await new Promise((resolve) => setTimeout(resolve, MOMENT));
  }
}

/** What is wrong with the fields, when that is why it was refused. */
export function faultsIn(error: unknown): readonly FieldFault[] {
  const { faults = [] } = (error instanceof ORPCError ? (error.data ?? {}) : {}) as { faults?: readonly FieldFault[] };
  return faults;
}

/** Why it was refused; '' when that stands at the fields. */
export function explain(t: Translate, error: unknown): string {
  if (faultsIn(error).length > 0) return '';
  const key = error instanceof ORPCError ? `errors.${error.code}` : '';
  return isTextKey(key)
    ? t(key, (error as ORPCError<string, Record<string, string>>).data ?? {})
    : t('desktop.firstRun.failed');
}

export function faultText(t: Translate, { rule, params = {} }: FieldFault): string {
  const key = `fieldRules.${rule}`;
  return isTextKey(key) ? t(key, params) : t('fieldRules.invalid');
}
