/** Whether this PC may work with the station at all: another PC than the station's own is approved once. */
import { type ErrorCode, type ErrorDetails } from '#domain/errors.ts';
import { OperationFailed } from './failure.ts';

export type PcState =
  | Readonly<{ state: 'approved' | 'unknown' }>
  | Readonly<{ state: 'waiting' | 'refused'; name: string; code: string }>;

const APPROVED: PcState = { state: 'approved' };

/** What the door says; without a door, as in the desktop shell, every PC is approved. */
export async function pcState(): Promise<PcState> {
  if (window.mendway?.isDesktop) return APPROVED;
  try {
    const answer = await fetch(`${location.origin}/pc/state`, { cache: 'no-store' });
    const state: unknown = answer.ok ? await answer.json() : undefined;
    return isPcState(state) ? state : APPROVED;
  } catch {
    return APPROVED; // that the service can't be reached, the screens say themselves
  }
}

function isPcState(value: unknown): value is PcState {
  return typeof value === 'object' && value !== null && 'state' in value;
}

/** @throws OperationFailed */
export async function askForPc(name: string): Promise<void> {
  const answer = await fetch(`${location.origin}/pc/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  }).catch((error: unknown) => {
    throw new OperationFailed('connection.lost', {}, error);
  });
  if (answer.ok) return;
  const refused = (await answer.json().catch(() => ({}))) as { code?: ErrorCode; data?: ErrorDetails };
  throw new OperationFailed(refused.code ?? 'internal', refused.data ?? {});
}
