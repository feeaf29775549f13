import type { ErrorDetails } from '#domain/errors.ts';
import type { OutputOf } from '#operations/index.ts';
import { OperationFailed } from '#renderer/api/failure.ts';
import { durationText } from '#renderer/text/duration.ts';
import { isTextKey, type TextKey, type Translate } from '#renderer/text/index.ts';
import { errorText, type Format, type Tone } from '#renderer/ui/index.ts';

/** Synchronisation in words: the same in the top bar, on its screen and at head office. */

export type SyncStatus = OutputOf<'sync.status'>;
export type LinkedStatus = Exclude<SyncStatus, Readonly<{ state: 'alone' }>>;

function textOr(t: Translate, key: string, otherwise: TextKey): string {
  return t(isTextKey(key) ? key : otherwise);
}

/** For how long nothing has been exchanged. */
const silenceOf = ({ lastSuccessAt, enrolledAt, now }: LinkedStatus): number =>
  Math.max(0, now - (lastSuccessAt ?? enrolledAt));

export const pendingText = (t: Translate, { pending, isMorePending }: LinkedStatus): string =>
  isMorePending ? t('sync.more', { count: pending }) : String(pending);

/** Which of the stops it is: by the link's state, or else by the failure. */
function stopOf(status: LinkedStatus): string {
  if (status.linkState !== 'active' && status.linkState !== 'rebuilding') return status.linkState;
  return status.error?.code ?? 'other';
}

/** Something was refused, and nothing worse is the matter: that is what has to be told. */
const isAboutRefusals = (status: LinkedStatus): boolean => status.refused > 0 && status.state === 'ok';

/** The few words of the top bar. */
export function indicatorText(t: Translate, status: SyncStatus): string {
  if (status.state === 'alone') return t('sync.indicator.alone');
  const { state, linkState, refused } = status;
  if (isAboutRefusals(status)) return t('sync.indicator.refused', { count: refused });
  if (state === 'waiting' && linkState === 'rebuilding') return t('sync.indicator.rebuilding');
  return t(`sync.indicator.${state}`, {
    pending: pendingText(t, status),
    duration: durationText(t, silenceOf(status)),
    reason: textOr(t, `sync.reasons.${stopOf(status)}`, 'sync.reasons.other'),
  });
}

/** What it means, and what there is to do. */
export function explanation(
  t: Translate,
  format: Format,
  status: SyncStatus,
): Readonly<{ head: string; text: string }> {
  if (status.state === 'alone') return { head: t('sync.heads.alone'), text: t('sync.about.alone') };
  const { state, linkState } = status;
  if (isAboutRefusals(status)) return { head: t('sync.heads.refused'), text: t('sync.about.refused') };
  if (state === 'waiting' && linkState === 'rebuilding')
    return { head: t('sync.heads.rebuilding'), text: t('sync.about.rebuilding') };
  const head = t(`sync.heads.${state}`, { duration: durationText(t, silenceOf(status)) });
  if (state !== 'stopped') return { head, text: t(`sync.about.${state}`) };
  const reason = status.error && linkState !== 'suspended' ? `${refusalText(t, format, status.error)} ` : '';
  return { head, text: `${reason}${textOr(t, `sync.about.${stopOf(status)}`, 'sync.about.other')}` };
}

const TONES_OF_STATES: Readonly<Record<SyncStatus['state'], Tone>> = {
  alone: 'quiet',
  ok: 'quiet',
  never: 'quiet',
  waiting: 'neutral',
  offline: 'waiting',
  stopped: 'bad',
};

export function toneOf(status: SyncStatus): Tone {
  return status.state !== 'alone' && isAboutRefusals(status) ? 'bad' : TONES_OF_STATES[status.state];
}

/** Whose picture stands for the status. */
export function pictureOf(status: SyncStatus): SyncStatus['state'] | 'refused' {
  return status.state !== 'alone' && isAboutRefusals(status) ? 'refused' : status.state;
}

export const kindText = (t: Translate, table: string): string => {
  const key = `sync.kinds.${table}`;
  return isTextKey(key) ? t(key) : table;
};

type Refused = Readonly<{ code: string; details: ErrorDetails }>;

/** Why, as it would be told to whoever had done it here. */
export function refusalText(t: Translate, format: Format, { code, details }: Refused): string {
  return errorText(t, format, new OperationFailed(code as OperationFailed['code'], details));
}

/** What helps against a refusal. */
export function repairText(
  t: Translate,
  { code, direction }: Readonly<{ code: string; direction: 'in' | 'out' }>,
): string {
  return direction === 'in' ? t('sync.repairs.incoming') : textOr(t, `sync.repairs.${code}`, 'sync.repairs.other');
}

/** Where a document is looked at; undefined for what has no page of its own. */
export function addressOf(kind: string, id: string): string | undefined {
  if (kind === 'work_orders') return `/work-orders/${id}`;
  return kind === 'customers' ? `/customers/${id}` : undefined;
}
