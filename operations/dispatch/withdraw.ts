import { z } from 'zod';
import { id, optionalText, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, requireOrderAt } from '../work-orders/own-work.ts';

/** Takes work back into the queue before its technician has accepted it. */
export const withdraw = defineCommand({
  name: 'dispatch.withdraw',
  right: 'dispatch.assign',
  input: z.object({ id: id(), version: version(), reason: optionalText(200) }),

  async run(ctx, { id, version, reason }) {
    const order = await requireOrderAt(ctx, id, version);
    return moveOn(ctx, order, { to: 'registered', reason, changes: { technicianId: null, appointedAt: null } });
  },
});
