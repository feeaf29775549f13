import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isSettled } from '#domain/work-orders/states.ts';
import { receivedFor } from '#db/repositories/billing.ts';
import { requireWorkOrder } from '#db/repositories/work-orders.ts';
import { PAYMENT_METHODS } from '../customers/fields.ts';
import { id, money } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { enterMoney, requireSeenAmount } from './money.ts';

/** Gives back all that was taken for work that is not settled, as before it is cancelled; settled work gives back by its reversal. */
export const refundDeposit = defineCommand({
  name: 'billing.refundDeposit',
  right: 'billing.settle',
  input: z.object({ workOrderId: id(), method: z.enum(PAYMENT_METHODS), expectedReceived: money().min(1) }),

  async run(ctx, input) {
    const order = await requireWorkOrder(ctx.trx, input.workOrderId);
    if (isSettled(order.state)) throw new DomainError('work-order.settled', { number: order.number });
    const received = await receivedFor(ctx.trx, order.id);
    requireSeenAmount(received, input.expectedReceived);
    await enterMoney(ctx, order, { kind: 'refund', method: input.method, amount: 0 - received });
    ctx.audit('deposit-returned', 'work-order', order.id, { after: { amount: received, method: input.method } });
    return { id: order.id, returned: received };
  },
});
