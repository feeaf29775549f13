import { z } from 'zod';
import { listRows, sumOf } from '#db/listing.ts';
import { ON_HAND, type OnHandRow } from '#db/repositories/stock-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Quantity, value and average cost of each part in each warehouse, and the value of all that is listed. */
export const onHand = defineQuery({
  name: 'stock.onHand',
  right: 'stock.view',
  input: z.object({ ...listInput, withEmpty: z.boolean().default(false) }),

  async run(ctx, { withEmpty, ...page }) {
    const narrow: Parameters<typeof listRows>[4] = (query) => {
      if (!withEmpty) query.where('b.quantity', '>', 0);
    };
    const listed = await listRows<OnHandRow>(ctx.sql, ON_HAND, page, ctx.station.timeZone, narrow);
    const value = await sumOf(ctx.sql, ON_HAND, 'value', page, ctx.station.timeZone, narrow);
    return { ...listed, value };
  },
});
