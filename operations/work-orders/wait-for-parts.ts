import { z } from 'zod';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, requireOrderToWorkOn } from './own-work.ts';

/** Work rests until a part has come; the reason says which. */
export const waitForParts = defineCommand({
  name: 'workOrders.waitForParts',
  right: 'work.view',
  input: z.object({ id: id(), version: version(), reason: text(200) }),

  async run(ctx, { id, version, reason }) {
    const order = await requireOrderToWorkOn(ctx, id, version);
    await rememberValues(ctx.trx, ctx.newId, { 'wait-reason': reason });
    return moveOn(ctx, order, { to: 'waiting-for-parts', reason });
  },
});
