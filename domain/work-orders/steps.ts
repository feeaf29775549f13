import type { Actor } from '../access/actor.ts';
import { mayDoWork } from '../access/own-work.ts';
import type { Right } from '../access/rights.ts';
import {
  acceptsParts,
  canBeAudited,
  canBeCancelled,
  canBeCompleted,
  canBeReferred,
  canBeSettled,
  canBeUnAudited,
  hasOutcome,
  isAudited,
  isOpen,
  isSettled,
  type WorkOrderMode,
  type WorkOrderState,
} from './states.ts';

// What somebody may do with a work order next, for the buttons on its page. The operations check for themselves;
// this only spares the user buttons that would be refused.

export type WorkOrderStep =
  | 'dispatch'
  | 'accept'
  | 'appoint'
  | 'start'
  | 'complete'
  | 'materials'
  | 'wait-for-parts'
  | 'resume'
  | 'escalate'
  | 'refer'
  | 'audit'
  | 'settle'
  | 'notify-ready'
  | 'hand-over'
  | 'take-deposit'
  | 'add-photos'
  | 'edit'
  | 'reassign'
  | 'reschedule'
  | 'withdraw'
  | 'give-up'
  | 'withdraw-completion'
  | 'un-audit'
  | 'follow-up'
  | 'rework'
  | 'reverse-settlement'
  | 'refund-deposit'
  | 'cancel';

/** `hand`: for the technician whose work it is, or who dispatches; otherwise the right that is needed. */
type StepRule = Readonly<{ who: Right | 'hand'; when: (state: WorkOrderState, mode: WorkOrderMode) => boolean }>;

const inState =
  (...states: readonly WorkOrderState[]) =>
  (state: WorkOrderState): boolean =>
    states.includes(state);

const isSettledAndOpen = (state: WorkOrderState): boolean => isSettled(state) && isOpen(state);

/** In the order of the buttons: the usual way first, the ways back last. */
const RULES: Readonly<Record<WorkOrderStep, StepRule>> = {
  dispatch: { who: 'dispatch.assign', when: inState('registered') },
  accept: { who: 'hand', when: inState('dispatched') },
  start: { who: 'hand', when: inState('accepted', 'appointed') },
  appoint: { who: 'hand', when: inState('accepted') },
  complete: { who: 'hand', when: canBeCompleted },
  resume: { who: 'hand', when: inState('waiting-for-parts', 'escalated') },
  materials: { who: 'job.materials', when: acceptsParts },
  'wait-for-parts': { who: 'hand', when: inState('in-progress', 'escalated') },
  escalate: { who: 'hand', when: inState('in-progress', 'waiting-for-parts') },
  refer: { who: 'dispatch.assign', when: canBeReferred },
  audit: { who: 'work.audit', when: canBeAudited },
  settle: { who: 'billing.settle', when: canBeSettled },
  'notify-ready': { who: 'work.hand-over', when: (state, mode) => mode === 'carry-in' && state === 'audited' },
  'hand-over': { who: 'work.hand-over', when: isSettledAndOpen },
  reassign: { who: 'dispatch.assign', when: inState('dispatched', 'accepted', 'appointed') },
  reschedule: { who: 'hand', when: inState('appointed') },
  'take-deposit': { who: 'billing.settle', when: (state) => isOpen(state) && !isSettled(state) },
  'add-photos': { who: 'work.view', when: isOpen },
  edit: { who: 'intake.register', when: (state) => isOpen(state) && !isAudited(state) },
  withdraw: { who: 'dispatch.assign', when: inState('dispatched') },
  'give-up': { who: 'hand', when: inState('in-progress', 'waiting-for-parts', 'escalated') },
  'withdraw-completion': { who: 'hand', when: inState('done', 'unrepairable') },
  'un-audit': { who: 'work.un-audit', when: canBeUnAudited },
  'follow-up': { who: 'work.audit', when: hasOutcome },
  rework: { who: 'work.audit', when: hasOutcome },
  'reverse-settlement': { who: 'billing.reverse', when: inState('settled') },
  // A cancellation is refused while money is held, so it is given back before.
  'refund-deposit': { who: 'billing.settle', when: (state) => canBeCancelled(state) || state === 'cancelled' },
  cancel: { who: 'work.cancel', when: canBeCancelled },
};

/** What rests while another unit has the work, or may have: everything that would move it on here. */
const REST_WHILE_REFERRED: ReadonlySet<WorkOrderStep> = new Set([
  'dispatch',
  'accept',
  'start',
  'appoint',
  'complete',
  'resume',
  'wait-for-parts',
  'escalate',
  'refer',
  'reassign',
  'reschedule',
  'withdraw',
  'give-up',
  'cancel',
]);

const WORK_ORDER_STEPS = Object.keys(RULES) as readonly WorkOrderStep[];

/**
 * @param order `moneyHeld`: fen of the customer's money that the station holds for it; `isReferred`: another unit has it
 * @param isOwn whether the actor is (one of) its technicians
 */
export function nextSteps(
  order: Readonly<{ state: WorkOrderState; mode: WorkOrderMode; moneyHeld: number; isReferred: boolean }>,
  actor: Actor,
  isOwn: boolean,
): WorkOrderStep[] {
  return WORK_ORDER_STEPS.filter((step) => {
    const { who, when } = RULES[step];
    if (step === 'refund-deposit' && order.moneyHeld <= 0) return false;
    if (order.isReferred && REST_WHILE_REFERRED.has(step)) return false;
    const may = who === 'hand' ? mayDoWork(actor, isOwn) : actor.rights.has(who);
    return may && when(order.state, order.mode);
  });
}
