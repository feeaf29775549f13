import { DomainError } from '#domain/errors.ts';
import { insertCustomerEntry, type CustomerEntry } from '#db/repositories/billing.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import type { CommandContext } from '../operation.ts';

type MoneyMove = Pick<CustomerEntry, 'kind' | 'method' | 'amount'> &
  Partial<Pick<CustomerEntry, 'settlementId' | 'reversesId'>>;

/** One entry of the customer's money, dated today. */
export async function enterMoney(
  ctx: CommandContext,
  order: Pick<WorkOrder, 'id' | 'unitId' | 'customerId'>,
  move: MoneyMove,
): Promise<void> {
  await insertCustomerEntry(ctx.trx, {
    settlementId: null,
    reversesId: null,
    ...move,
    id: ctx.newId(),
    unitId: order.unitId,
    workOrderId: order.id,
    customerId: order.customerId,
    enteredOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
  });
}

/** The clerk tells the customer an amount and takes it: if it has changed since, nobody takes the old one. */
export function requireSeenAmount(due: number, expected: number): void {
  if (due !== expected) throw new DomainError('billing.amount-changed', { due, expected });
}
