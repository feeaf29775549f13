// Business between two units: one asks (a request), the other answers (an answer). Neither ever writes the other's row, and
// both may be offline for days, so where things stand is worked out from what has arrived:
//
//   waiting ─┬─ accepted ── ended (the work came to its end, the parts arrived)
//            ├─ refused ─── ended (asked of somebody else, goods taken back)
//            └─ withdrawn
//
// An answer stands, whatever the asker did before it arrived: who was asked may have begun.

/** Work referred, a sale that is to be delivered or installed, parts sent to another warehouse. */
export type RequestKind = 'referral' | 'sale' | 'transfer';

export const HANDSHAKE_STATES = ['waiting', 'accepted', 'refused', 'withdrawn', 'ended'] as const;
export type HandshakeState = (typeof HANDSHAKE_STATES)[number];

/** What the asker did about a refusal: asked somebody else, took the goods back. */
export type FollowUp = 'replaced' | 'taken-back';

/** How it ended: the state in which the other's work did, the parts' arrival, or the follow-up. Empty before. */
export type HandshakeOutcome = 'done' | 'unrepairable' | 'cancelled' | 'received' | FollowUp | '';

type Asked = Readonly<{ withdrawnAt: number | null }>;
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
  if (answer.endedAt !== null) return { state: 'ended', outcome: answer.outcome, isWithdrawnTooLate };
  return { state: 'accepted', outcome: '', isWithdrawnTooLate };
}

/** Somebody else has it, or may have: it can't be gone on with here. */
export const isElsewhere = (state: HandshakeState): boolean => state === 'waiting' || state === 'accepted';
