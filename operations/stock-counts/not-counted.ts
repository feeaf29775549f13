import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import { partsNotCounted, type StockCount } from '#db/repositories/stock-counts.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** The parts of a count that lie there and have no line yet, by their numbers: what a blank count sheet lists. */
export const notCounted = defineQuery({
  name: 'stockCounts.notCounted',
  right: 'stock.count',
  input: z.object({
    id: id(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(2000).default(100),
  }),

  async run(ctx, { id: countId, ...page }) {
    const count = await requireRow<StockCount>(ctx.sql, 'stock_counts', countId, 'stockCount');
    return partsNotCounted(ctx.sql, count, page);
  },
});
