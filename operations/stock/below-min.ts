import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { BELOW_MIN, isBelowMin, type BelowMinRow } from '#db/repositories/stock-places.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Parts of which less lies in a warehouse than should, with what would fill it up. */
export const stockBelowMin = defineQuery({
  name: 'stock.belowMin',
  right: 'stock.view',
  input: z.object(listInput),
  run: (ctx, page) =>
    listRows<BelowMinRow>(ctx.sql, BELOW_MIN, page, ctx.station.timeZone, (query) => {
      query.whereRaw(isBelowMin);
    }),
});
