import { z } from 'zod';
import { updateVersioned } from '#db/repositories/documents.ts';
import { requireCount } from '#db/repositories/stock-counts.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Ends a count of which nothing comes; what was counted stays to be read. */
export const cancelCount = defineCommand({
  name: 'stockCounts.cancel',
  right: 'stock.count',
  input: z.object({ id: id(), version: version(), reason: text(200) }),

  async run(ctx, { id: countId, version, reason }) {
    const count = await requireCount(ctx.trx, countId);
    await updateVersioned(ctx.trx, 'stock_counts', countId, version, {
      state: 'cancelled',
      endedById: ctx.actor.employeeId,
      endedAt: ctx.now,
      endedReason: reason,
    });
    ctx.audit('cancelled', 'stock-count', countId, {
      before: { state: count.state },
      after: { number: count.number, reason },
    });
    return { version: version + 1 };
  },
});
