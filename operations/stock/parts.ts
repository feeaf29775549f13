import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { PARTS, type PartListRow } from '#db/repositories/stock-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** The catalogue of parts as the warehouse sees it, with what is on hand of each. */
export const stockParts = defineQuery({
  name: 'stock.parts',
  right: 'stock.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<PartListRow>(ctx.sql, PARTS, page, ctx.station.timeZone),
});
