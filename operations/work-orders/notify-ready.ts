import { z } from 'zod';
import { requireTransition } from '#domain/work-orders/states.ts';
import { moveWorkOrder, requireWorkOrder } from '#db/repositories/work-orders.ts';
import { id, optionalText, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Records that the customer was told his device can be fetched; `note` says how. */
export const notifyReady = defineCommand({
  name: 'workOrders.notifyReady',
  right: 'work.hand-over',
  input: z.object({ id: id(), version: version(), note: optionalText(500) }),

  async run(ctx, input) {
    const order = await requireWorkOrder(ctx.trx, input.id);
    requireTransition(order.state, 'ready-for-pick-up', order.mode);
    await moveWorkOrder(ctx.trx, order, input.version, {
      id: ctx.newId(),
      to: 'ready-for-pick-up',
      reason: input.note,
      employeeId: ctx.actor.employeeId,
      at: ctx.now,
    });
    ctx.audit('customer-told', 'work-order', order.id, {
      before: { state: order.state },
      after: { state: 'ready-for-pick-up', note: input.note },
    });
    return { id: order.id, version: input.version + 1 };
  },
});
