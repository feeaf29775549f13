import { z } from 'zod';
import { chargesOf, type Charges } from '#domain/billing/charges.ts';
import { DomainError } from '#domain/errors.ts';
import { requireTransition } from '#domain/work-orders/states.ts';
import { insertSettlement, receivedFor, type PaymentMethod } from '#db/repositories/billing.ts';
import { workDoneOf } from '#db/repositories/work-done.ts';
import { moveWorkOrder, requireWorkOrder, type WorkOrder } from '#db/repositories/work-orders.ts';
import { PAYMENT_METHODS } from '../customers/fields.ts';
import { id, money, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { takePayTurn } from '../payroll/pay-turn.ts';
import { refreshPay } from '../payroll/refresh.ts';
import { enterMoney, requireSeenAmount } from './money.ts';

/**
 * Settles audited work: takes what is due, or gives back what was paid beyond it, in one step with the settlement.
 * Nothing may be due at all; then no money moves and no method is needed.
 */
export const settle = defineCommand({
  name: 'billing.settle',
  right: 'billing.settle',
  input: z.object({
    id: id(),
    version: version(),
    /** Of the whole order; left out: as it was entered with the completion. */
    discount: money().optional(),
    method: z.enum(PAYMENT_METHODS).nullable().default(null),
    /** What the clerk saw and told the customer: positive to take, negative to give back. */
    expectedDue: z.int(),
  }),

  async run(ctx, input) {
    if (input.discount !== undefined) await takePayTurn(ctx);
    const order = await requireWorkOrder(ctx.trx, input.id);
    requireTransition(order.state, 'settled', order.mode);
    const discount = input.discount ?? order.discount;
    const charges = await chargesAfter(ctx, order, discount);
    if (input.discount !== undefined && input.discount > charges.discount)
      throw new DomainError('billing.discount-too-large', { charges: charges.total + charges.discount });
    const receivedBefore = await receivedFor(ctx.trx, order.id);
    const due = charges.total - receivedBefore;
    requireSeenAmount(due, input.expectedDue);
    const settlement = await writeSettlement(ctx, order, charges, receivedBefore);
    if (due !== 0) await moveMoney(ctx, order, due, input.method, settlement.id);
    await moveWorkOrder(
      ctx.trx,
      order,
      input.version,
      { id: ctx.newId(), to: 'settled', reason: '', employeeId: ctx.actor.employeeId, at: ctx.now },
      { settlementId: settlement.id, discount },
    );
    // A percentage taken after discount is another one now.
    if (discount !== order.discount) await refreshPay(ctx, [order.id]);
    ctx.audit('settled', 'work-order', order.id, {
      before: { state: order.state, discount: order.discount },
      after: { state: 'settled', number: settlement.number, ...charges, receivedBefore, due, method: input.method },
    });
    return { id: order.id, version: input.version + 1, settlementNumber: settlement.number, total: charges.total, due };
  },
});

async function chargesAfter(ctx: CommandContext, order: WorkOrder, discount: number): Promise<Charges> {
  return chargesOf({ ...order, ...(await workDoneOf(ctx.trx, order.id)), discount });
}

async function moveMoney(
  ctx: CommandContext,
  order: WorkOrder,
  amount: number,
  method: PaymentMethod | null,
  settlementId: string,
): Promise<void> {
  if (method === null) throw new DomainError('input.invalid', { faults: [{ path: 'method', rule: 'required' }] });
  await enterMoney(ctx, order, { kind: amount > 0 ? 'payment' : 'refund', method, amount, settlementId });
}

async function writeSettlement(
  ctx: CommandContext,
  order: WorkOrder,
  charges: Charges,
  receivedBefore: number,
): Promise<{ id: string; number: string }> {
  const head = { id: ctx.newId(), number: await ctx.nextNumber('ST') };
  await insertSettlement(ctx.trx, {
    ...head,
    ...charges,
    unitId: ctx.station.unitId,
    workOrderId: order.id,
    receivedBefore,
    due: charges.total - receivedBefore,
    settledOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
    reversesId: null,
  });
  return head;
}
