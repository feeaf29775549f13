import { z } from 'zod';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, requireOrderToWorkOn } from './own-work.ts';

/** The technician takes the work on. */
export const acceptOrder = defineCommand({
  name: 'workOrders.accept',
  right: 'work.view',
  input: z.object({ id: id(), version: version() }),
  run: async (ctx, { id, version }) => moveOn(ctx, await requireOrderToWorkOn(ctx, id, version), { to: 'accepted' }),
});
