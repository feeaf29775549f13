import { z } from 'zod';
import { hasOutcome } from '#domain/work-orders/states.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { earlierOrdersOfCustomerOrDevice } from '#db/repositories/work-order-details.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Earlier orders whose work this one may have done again, the latest first. */
export const reworkChoices = defineQuery({
  name: 'workOrders.reworkChoices',
  right: 'work.audit',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const order = await requireRow<WorkOrder>(ctx.sql, 'work_orders', input.id, 'workOrder');
    const earlier = await earlierOrdersOfCustomerOrDevice(ctx.sql, order, 50);
    return { rows: earlier.filter(({ state }) => hasOutcome(state)) };
  },
});
