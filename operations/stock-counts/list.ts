import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { COUNTS, type CountRow } from '#db/repositories/stock-count-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Stock counts, the latest first. */
export const listCounts = defineQuery({
  name: 'stockCounts.list',
  right: 'stock.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<CountRow>(ctx.sql, COUNTS, page, ctx.station.timeZone),
});
