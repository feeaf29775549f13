import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isSettled, requireTransition } from '#domain/work-orders/states.ts';
import { moveWorkOrder, requireWorkOrder } from '#db/repositories/work-orders.ts';
import { id, optionalText, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/**
 * Gives a device back and closes its order, or closes settled work at the customer's place. Both steps of a pick-up stand
 * in the history. Work that is not settled is never handed over.
 */
export const handOver = defineCommand({
  name: 'workOrders.handOver',
  right: 'work.hand-over',
  input: z.object({ id: id(), version: version(), receivedBy: optionalText(100) }),

  async run(ctx, input) {
    const order = await requireWorkOrder(ctx.trx, input.id);
    if (!isSettled(order.state)) throw new DomainError('work-order.not-settled', { number: order.number });
    const step = { reason: input.receivedBy, employeeId: ctx.actor.employeeId, at: ctx.now };
    if (order.mode === 'on-site') {
      requireTransition(order.state, 'closed', order.mode);
      await moveWorkOrder(ctx.trx, order, input.version, { ...step, id: ctx.newId(), to: 'closed' });
    } else {
      requireTransition(order.state, 'picked-up', order.mode);
      const pickedUp = { ...step, id: ctx.newId(), to: 'picked-up' } as const;
      await moveWorkOrder(ctx.trx, order, input.version, pickedUp, { pickedUpAt: ctx.now });
      const closed = { ...step, id: ctx.newId(), to: 'closed', reason: '' } as const;
      await moveWorkOrder(ctx.trx, { ...order, state: 'picked-up' }, input.version + 1, closed);
    }
    ctx.audit('handed-over', 'work-order', order.id, {
      before: { state: order.state },
      after: { state: 'closed', receivedBy: input.receivedBy },
    });
    return { id: order.id, number: order.number };
  },
});
