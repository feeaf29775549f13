import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import { thingsOf, type StockCount } from '#db/repositories/stock-counts.ts';
import { fragment, id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What a scanned or typed code means in a count: a part or one of its lots, without saying how much there should be. */
export const findCounted = defineQuery({
  name: 'stockCounts.find',
  right: 'stock.count',
  input: z.object({ id: id(), code: fragment(100) }),

  async run(ctx, { id: countId, code }) {
    const count = await requireRow<StockCount>(ctx.sql, 'stock_counts', countId, 'stockCount');
    return code.trim() === '' ? { things: [], isExact: false } : thingsOf(ctx.sql, count, code);
  },
});
