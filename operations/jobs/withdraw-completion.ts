import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { canBeAudited } from '#domain/work-orders/states.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, requireOrderToWorkOn } from '../work-orders/own-work.ts';

/** Work called done, or given up, goes on: its sheet stays as it was filled in, to be completed again. */
export const withdrawCompletion = defineCommand({
  name: 'jobs.withdrawCompletion',
  right: 'work.view', // and it has to be one's own work, or one's to dispatch
  input: z.object({ id: id(), version: version(), reason: text(500) }),

  async run(ctx, { id, version, reason }) {
    const order = await requireOrderToWorkOn(ctx, id, version);
    if (!canBeAudited(order.state))
      throw new DomainError('work-order.wrong-state', { from: order.state, to: 'in-progress' });
    return moveOn(ctx, order, { to: 'in-progress', reason, changes: { completedAt: null, completedOn: null } });
  },
});
