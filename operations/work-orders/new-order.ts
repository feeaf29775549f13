import { insertStateStep, UNTOUCHED, type WorkOrder } from '#db/repositories/work-orders.ts';
import type { CommandContext } from '../operation.ts';

/** What is known of an order when it is registered. */
export type NewOrder = Pick<
  WorkOrder,
  | 'customerId'
  | 'deviceId'
  | 'storeId'
  | 'mode'
  | 'kind'
  | 'channel'
  | 'urgency'
  | 'warrantyClass'
  | 'symptom'
  | 'appearance'
  | 'accessories'
  | 'visitAddress'
  | 'estimate'
  | 'promisedAt'
> &
  Readonly<{ requestId?: string }>;

/** A work order of this station with its number and its first state. */
export async function registerOrder(ctx: CommandContext, fields: NewOrder): Promise<{ id: string; number: string }> {
  const order = { id: ctx.newId(), unitId: ctx.station.unitId, number: await ctx.nextNumber('WO') };
  await ctx.trx.insert('work_orders', {
    ...UNTOUCHED,
    ...order,
    ...fields,
    state: 'registered',
    stateReason: '',
    receivedOn: ctx.today,
    receivedAt: ctx.now,
    receivedById: ctx.actor.employeeId,
    version: 1,
    createdAt: ctx.now,
  });
  await insertStateStep(ctx.trx, order, 1, '', {
    id: ctx.newId(),
    to: 'registered',
    reason: '',
    employeeId: ctx.actor.employeeId,
    at: ctx.now,
  });
  return { id: order.id, number: order.number };
}
