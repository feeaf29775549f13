// Business between two units: one asks (a request), the other answers (an answer). Neither ever writes the other's row, and
// both may be offline for days, so where things stand is worked out from what has arrived:
//
//   waiting ─┬─ accepted ── ended (the work came to its end, the parts arrived or their differences are decided, all is shipped)
//            ├─ refused ─── ended (asked of somebody else, goods taken back)
//            └─ withdrawn
//
// An answer stands, whatever the asker did before it arrived: who was asked may have begun.

/** Work referred, a sale that is to be delivered or installed, parts sent to another warehouse, parts asked of a higher level. */
export type RequestKind = 'referral' | 'sale' | 'transfer' | 'requisition';

export const HANDSHAKE_STATES = ['waiting', 'accepted', 'refused', 'withdrawn', 'ended'] as const;
export type HandshakeState = (typeof HANDSHAKE_STATES)[number];

/** What the asker did about a refusal: asked somebody else, took the goods back. */
export type FollowUp = 'replaced' | 'taken-back';

/**
 * How it ended: the state in which the other's work did, the parts' arrival, or the follow-up. Empty before, unless it has come
 * some of the way: parts that arrived `differing` from what was shipped until that is `decided`, a requisition that is
 * `partly-shipped` until it is `shipped` or what is left of it `closed`.
 */
export type HandshakeOutcome =
  | ('done' | 'unrepairable' | 'cancelled' | 'received')
  | ('differing' | 'decided' | 'partly-shipped' | 'shipped' | 'closed')
  | FollowUp
  | '';

type Asked = Readonly<{ withdrawnAt: number | null; closedAt: number | null }>;
type Answered = Readonly<{ decision: 'accepted' | 'refused'; outcome: HandshakeOutcome; endedAt: number | null }>;

export type Standing = Readonly<{
  state: HandshakeState;
  outcome: HandshakeOutcome;
  /** The asker withdrew, but the answer had been given before he could know. */
  isWithdrawnTooLate: boolean;
}>;

export function standingOf(request: Asked, answer: Answered | null, followUp: FollowUp | null): Standing {
  if (answer === null) {
    const state = request.withdrawnAt === null ? 'waiting' : 'withdrawn';
    return { state, outcome: '', isWithdrawnTooLate: false };
  }
  const isWithdrawnTooLate = request.withdrawnAt !== null;
  if (answer.decision === 'refused') {
    if (followUp !== null) return { state: 'ended', outcome: followUp, isWithdrawnTooLate };
    return { state: 'refused', outcome: '', isWithdrawnTooLate };
  }
  const { outcome, endedAt } = answer;
  if (endedAt !== null) return { state: 'ended', outcome, isWithdrawnTooLate };
  if (outcome === 'differing' && request.closedAt !== null)
    return { state: 'ended', outcome: 'decided', isWithdrawnTooLate };
  return { state: 'accepted', outcome, isWithdrawnTooLate };
}

/** Somebody else has it, or may have: it can't be gone on with here. */
export const isElsewhere = (state: HandshakeState): boolean => state === 'waiting' || state === 'accepted';
