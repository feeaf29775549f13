import type { Actor } from '#domain/access/actor.ts';
import { requireMayDoWork, seesOnlyOwnWork } from '#domain/access/own-work.ts';
import { DomainError } from '#domain/errors.ts';
import { isElsewhere, standingOf } from '#domain/handshakes/standing.ts';
import { isBeforeDone, requireTransition, type WorkOrderState } from '#domain/work-orders/states.ts';
import { referralsOfOrder, type Handshake } from '#db/repositories/handshakes.ts';
import { isWorkOf } from '#db/repositories/work-order-details.ts';
import {
  moveWorkOrder,
  requireWorkOrder,
  type WorkOrder,
  type WorkOrderChanges,
} from '#db/repositories/work-orders.ts';
import type { Sql } from '#db/store.ts';
import type { CommandContext } from '../operation.ts';

/** @throws DomainError `work-order.of-another` when somebody who sees only his own work asks for another's */
export async function requireVisible(sql: Sql, actor: Actor, workOrderId: string): Promise<void> {
  if (!seesOnlyOwnWork(actor)) return;
  if (!(await isWorkOf(sql, workOrderId, actor.employeeId))) throw new DomainError('work-order.of-another');
}

/**
 * The order, for somebody who is to move the work on: its technician, or a dispatcher for him.
 * @throws DomainError `not-found`, `document.changed`, `work-order.of-another`, `access.denied`
 */
export async function requireOrderToWorkOn(ctx: CommandContext, id: string, version: number): Promise<WorkOrder> {
  const order = await requireOrderAt(ctx, id, version);
  requireMayDoWork(ctx.actor, await isWorkOf(ctx.trx, id, ctx.actor.employeeId));
  return order;
}

/** @throws DomainError `not-found`, `document.changed`: said before anything else, so that a stale form is called one */
export async function requireOrderAt(ctx: CommandContext, id: string, version: number): Promise<WorkOrder> {
  const order = await requireWorkOrder(ctx.trx, id);
  if (order.version !== version) throw new DomainError('document.changed', { id });
  return order;
}

/** The referral that keeps the order from being gone on with here: another unit has the work, or may have. */
export async function referralInForce(
  sql: Sql,
  order: Pick<WorkOrder, 'id' | 'state'>,
): Promise<Handshake['request'] | undefined> {
  if (!isBeforeDone(order.state)) return undefined;
  const referrals = await referralsOfOrder(sql, order.id);
  return referrals.find(({ request, answer }) => isElsewhere(standingOf(request, answer, null).state))?.request;
}

/** @throws DomainError `work-order.referred {number, unit}` */
async function requireNotReferred(ctx: CommandContext, order: WorkOrder): Promise<void> {
  const referral = await referralInForce(ctx.trx, order);
  if (referral) throw new DomainError('work-order.referred', { number: referral.number, unit: referral.toUnit });
}

export type Move = Readonly<{ to: WorkOrderState; reason?: string; changes?: WorkOrderChanges }>;

/**
 * Moves the order along the graph of states, with history and audit line.
 * @throws DomainError `work-order.wrong-state`, `work-order.referred`
 */
export async function moveOn(ctx: CommandContext, order: WorkOrder, move: Move) {
  requireTransition(order.state, move.to, order.mode);
  return moveTo(ctx, order, move);
}

/** The same where the state stays what it is: another technician, another time. */
export async function moveTo(ctx: CommandContext, order: WorkOrder, { to, reason = '', changes = {} }: Move) {
  await requireNotReferred(ctx, order);
  const step = { id: ctx.newId(), to, reason, employeeId: ctx.actor.employeeId, at: ctx.now };
  await moveWorkOrder(ctx.trx, order, order.version, step, changes);
  ctx.audit(to, 'work-order', order.id, {
    before: { state: order.state },
    after: { ...changes, state: to, reason },
  });
  return { id: order.id, number: order.number, state: to, version: order.version + 1 };
}
