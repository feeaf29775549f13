import { z } from 'zod';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, requireOrderToWorkOn } from './own-work.ts';

/** The device can't be repaired. That ends the job, as done does, and goes on to the audit. */
export const giveUpOrder = defineCommand({
  name: 'workOrders.giveUp',
  right: 'work.view',
  input: z.object({ id: id(), version: version(), reason: text(200) }),

  async run(ctx, { id, version, reason }) {
    const order = await requireOrderToWorkOn(ctx, id, version);
    await rememberValues(ctx.trx, ctx.newId, { 'give-up-reason': reason });
    const changes = { completedAt: ctx.now, completedOn: ctx.today };
    return moveOn(ctx, order, { to: 'unrepairable', reason, changes });
  },
});
