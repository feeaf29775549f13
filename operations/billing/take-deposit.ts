import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isOpen, isSettled } from '#domain/work-orders/states.ts';
import { receivedFor } from '#db/repositories/billing.ts';
import { requireWorkOrder } from '#db/repositories/work-orders.ts';
import { PAYMENT_METHODS } from '../customers/fields.ts';
import { id, money } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { enterMoney } from './money.ts';

/** Takes money before the work is settled. */
export const takeDeposit = defineCommand({
  name: 'billing.takeDeposit',
  right: 'billing.settle',
  input: z.object({ workOrderId: id(), amount: money().min(1), method: z.enum(PAYMENT_METHODS) }),

  async run(ctx, input) {
    const order = await requireWorkOrder(ctx.trx, input.workOrderId);
    if (isSettled(order.state)) throw new DomainError('work-order.settled', { number: order.number });
    if (!isOpen(order.state)) throw new DomainError('work-order.wrong-state', { from: order.state, to: 'settled' });
    await enterMoney(ctx, order, { kind: 'deposit', method: input.method, amount: input.amount });
    ctx.audit('deposit-taken', 'work-order', order.id, { after: { amount: input.amount, method: input.method } });
    return { id: order.id, received: await receivedFor(ctx.trx, order.id) };
  },
});
