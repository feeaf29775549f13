import { z } from 'zod';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, requireOrderToWorkOn } from './own-work.ts';

/** The fault is larger than this station repairs: a major repair. */
export const escalateOrder = defineCommand({
  name: 'workOrders.escalate',
  right: 'work.view',
  input: z.object({ id: id(), version: version(), reason: text(200) }),

  async run(ctx, { id, version, reason }) {
    const order = await requireOrderToWorkOn(ctx, id, version);
    await rememberValues(ctx.trx, ctx.newId, { 'escalate-reason': reason });
    return moveOn(ctx, order, { to: 'escalated', reason });
  },
});
