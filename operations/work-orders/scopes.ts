import type { Actor } from '#domain/access/actor.ts';
import { seesOnlyOwnWork } from '#domain/access/own-work.ts';
import { awaitsPickUp, isBeforeDone, isOpen, WORK_ORDER_STATES } from '#domain/work-orders/states.ts';
import type { Narrowing } from '#db/repositories/work-order-list.ts';

export const LIST_SCOPES = ['open', 'all', 'mine', 'awaiting-pick-up', 'overdue'] as const;
export type ListScope = (typeof LIST_SCOPES)[number];

const OPEN_STATES = WORK_ORDER_STATES.filter(isOpen);
export const STATES_BEFORE_DONE = WORK_ORDER_STATES.filter(isBeforeDone);
const STATES_AWAITING_PICK_UP = WORK_ORDER_STATES.filter(awaitsPickUp);

/** @param now ms UTC: what is overdue was promised before it */
export function narrowingOf(scope: ListScope, actor: Actor, now: number): Narrowing {
  if (scope === 'all') return {};
  if (scope === 'open') return { states: OPEN_STATES };
  if (scope === 'mine') return { states: OPEN_STATES, technicianId: actor.employeeId };
  if (scope === 'awaiting-pick-up') return { states: STATES_AWAITING_PICK_UP, mode: 'carry-in' };
  return { states: STATES_BEFORE_DONE, promisedBefore: now };
}

/** What the actor may see at all. */
export function visibleTo(actor: Actor): Narrowing {
  return seesOnlyOwnWork(actor) ? { technicianId: actor.employeeId } : {};
}
