import { DomainError } from '../errors.ts';

// The life of a work order (product.md INT-4):
//
//   registered → dispatched → accepted ─→ appointed ─→ in-progress ⇄ waiting-for-parts, escalated
//                                    └────────────────↗     │                 │
//                                                     done ←┴→ unrepairable ←─┘
//                                                          ↓ audit
//                                                       audited ──(customer told)→ ready-for-pick-up
//                                                          └──── settle ──→ settled ←─────┘
//   carry-in: settled → picked-up → closed          on-site: settled → closed
//
// The state alone proves that work is settled: a device is handed over from `settled` only, so `ready-for-pick-up` is
// where a device waits that is finished but not paid for. The ways back: the next technician (accepted, appointed →
// dispatched), refused or withdrawn dispatch (dispatched → registered), completion withdrawn (done, unrepairable →
// in-progress), audit undone (audited, ready-for-pick-up → done, unrepairable: the one it came from), settlement
// reversed (settled → audited). Cancelled from every state before done; cancelled and closed are final.

export const WORK_ORDER_STATES = [
  'registered',
  'dispatched',
  'accepted',
  'appointed',
  'in-progress',
  'waiting-for-parts',
  'escalated',
  'unrepairable',
  'done',
  'audited',
  'settled',
  'ready-for-pick-up',
  'picked-up',
  'closed',
  'cancelled',
] as const;

export type WorkOrderState = (typeof WORK_ORDER_STATES)[number];

/** Where the work is done: the device is brought in, or the technician goes to it. */
export const WORK_ORDER_MODES = ['carry-in', 'on-site'] as const;
export type WorkOrderMode = (typeof WORK_ORDER_MODES)[number];

/** The usual next step first. */
const TRANSITIONS: Readonly<Record<WorkOrderState, readonly WorkOrderState[]>> = {
  registered: ['dispatched', 'cancelled'],
  dispatched: ['accepted', 'registered', 'cancelled'],
  accepted: ['in-progress', 'appointed', 'dispatched', 'cancelled'],
  appointed: ['in-progress', 'dispatched', 'cancelled'],
  'in-progress': ['done', 'waiting-for-parts', 'escalated', 'unrepairable', 'cancelled'],
  'waiting-for-parts': ['in-progress', 'escalated', 'unrepairable', 'cancelled'],
  escalated: ['in-progress', 'waiting-for-parts', 'unrepairable', 'cancelled'],
  unrepairable: ['audited', 'in-progress'],
  done: ['audited', 'in-progress'],
  audited: ['settled', 'ready-for-pick-up', 'done', 'unrepairable'],
  'ready-for-pick-up': ['settled', 'done', 'unrepairable'],
  settled: ['picked-up', 'closed', 'audited'],
  'picked-up': ['closed'],
  closed: [],
  cancelled: [],
};

/** The states an order may enter next, the usual one first. */
export function nextStates(state: WorkOrderState, mode: WorkOrderMode): readonly WorkOrderState[] {
  return TRANSITIONS[state].filter((next) => isWayOf(mode, state, next));
}

/** @throws DomainError `work-order.wrong-state {from, to}` */
export function requireTransition(from: WorkOrderState, to: WorkOrderState, mode: WorkOrderMode): void {
  if (!nextStates(from, mode).includes(to)) throw new DomainError('work-order.wrong-state', { from, to });
}

/** Nothing is to be picked up from work at the customer's, and nothing brought in is closed before it is. */
function isWayOf(mode: WorkOrderMode, from: WorkOrderState, to: WorkOrderState): boolean {
  if (mode === 'on-site') return to !== 'ready-for-pick-up' && to !== 'picked-up';
  return !(from === 'settled' && to === 'closed');
}

function among(...states: readonly WorkOrderState[]): (state: WorkOrderState) => boolean {
  const set = new Set(states);
  return (state) => set.has(state);
}

/** Still something to do for somebody of the station. */
export const isOpen = (state: WorkOrderState): boolean => state !== 'closed' && state !== 'cancelled';

/** Work is neither finished nor given up. */
export const isBeforeDone = among(
  'registered',
  'dispatched',
  'accepted',
  'appointed',
  'in-progress',
  'waiting-for-parts',
  'escalated',
);

export const canBeCancelled = isBeforeDone;

/** Another unit may be asked to do it: not while a technician is asked whether he takes it. */
export const canBeReferred = among(
  'registered',
  'accepted',
  'appointed',
  'in-progress',
  'waiting-for-parts',
  'escalated',
);

/** In the queue of the dispatcher. */
export const awaitsDispatch = among('registered');

/** With a technician who has it to do; his list of work. */
export const isWithTechnician = among(
  'dispatched',
  'accepted',
  'appointed',
  'in-progress',
  'waiting-for-parts',
  'escalated',
);

/** Parts may be drawn for it or put back: from acceptance until the audit has fixed what the work cost. */
export const acceptsParts = among(
  'accepted',
  'appointed',
  'in-progress',
  'waiting-for-parts',
  'escalated',
  'unrepairable',
  'done',
);

export const canBeCompleted = among('in-progress');
export const canBeAudited = among('done', 'unrepairable');
export const canBeUnAudited = among('audited', 'ready-for-pick-up');
export const canBeSettled = among('audited', 'ready-for-pick-up');

/** Work is finished or given up, and so there is something to be said of it. */
export const hasOutcome = among(
  'unrepairable',
  'done',
  'audited',
  'ready-for-pick-up',
  'settled',
  'picked-up',
  'closed',
);

/** Audited, so its pay entries and fees stand. */
export const isAudited = among('audited', 'ready-for-pick-up', 'settled', 'picked-up', 'closed');

/** Paid for, or nothing was to be paid. */
export const isSettled = among('settled', 'picked-up', 'closed');

/** The device lies finished in the station, paid for or not: the clerk's list of what is to be fetched. */
export const awaitsPickUp = among('audited', 'ready-for-pick-up', 'settled');
