import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { id, optionalText, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, requireOrderToWorkOn } from './own-work.ts';

/** Work that was waiting or escalated goes on; its start stays the first one. */
export const resumeOrder = defineCommand({
  name: 'workOrders.resume',
  right: 'work.view',
  input: z.object({ id: id(), version: version(), reason: optionalText(200) }),

  async run(ctx, { id, version, reason }) {
    const order = await requireOrderToWorkOn(ctx, id, version);
    if (order.state !== 'waiting-for-parts' && order.state !== 'escalated')
      throw new DomainError('work-order.wrong-state', { from: order.state, to: 'in-progress' });
    return moveOn(ctx, order, { to: 'in-progress', reason, changes: { startedAt: order.startedAt ?? ctx.now } });
  },
});
