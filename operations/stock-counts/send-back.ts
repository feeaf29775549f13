import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { updateVersioned } from '#db/repositories/documents.ts';
import { askRecount, linesOfCount } from '#db/repositories/stock-count-lines.ts';
import { requireCount } from '#db/repositories/stock-counts.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Who is to confirm a count has lines counted once more: those he doubts, or can't post any longer. */
export const sendBackCount = defineCommand({
  name: 'stockCounts.sendBack',
  right: 'stock.count-confirm',
  input: z.object({ id: id(), version: version(), lineIds: z.array(id()).min(1).max(5000) }),

  async run(ctx, { id: countId, version, lineIds }) {
    const count = await requireCount(ctx.trx, countId, ['counted']);
    const lines = new Map((await linesOfCount(ctx.trx, countId)).map((line) => [line.id, line]));
    const wanted = new Set(lineIds);
    for (const lineId of wanted) {
      if (!lines.has(lineId)) throw new DomainError('not-found', { entity: 'stockCountLine', id: lineId });
      await askRecount(ctx.trx, lineId);
    }
    await updateVersioned(ctx.trx, 'stock_counts', countId, version, { state: 'recounting' });
    const numbers = [...wanted].map((lineId) => lines.get(lineId)?.lineNo);
    ctx.audit('sent-back', 'stock-count', countId, { after: { number: count.number, lines: numbers } });
    return { version: version + 1 };
  },
});
