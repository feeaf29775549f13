import { z } from 'zod';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, requireOrderToWorkOn } from './own-work.ts';

/** Work begins, at the bench or at the customer's. */
export const startOrder = defineCommand({
  name: 'workOrders.start',
  right: 'work.view',
  input: z.object({ id: id(), version: version() }),

  async run(ctx, { id, version }) {
    const order = await requireOrderToWorkOn(ctx, id, version);
    return moveOn(ctx, order, { to: 'in-progress', changes: { startedAt: order.startedAt ?? ctx.now } });
  },
});
