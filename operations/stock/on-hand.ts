import { z } from 'zod';
import { listRowsWithSum } from '#db/listing.ts';
import { ON_HAND, type OnHandRow } from '#db/repositories/stock-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Quantity, value and average cost of each part in each warehouse, and the value of all that is listed. */
export const onHand = defineQuery({
  name: 'stock.onHand',
  right: 'stock.view',
  input: z.object({ ...listInput, withEmpty: z.boolean().default(false) }),

  async run(ctx, { withEmpty, ...page }) {
    const narrow: Parameters<typeof listRowsWithSum>[5] = (query) => {
      if (!withEmpty) query.where('b.quantity', '>', 0);
    };
    const { timeZone } = ctx.station;
    const { sum: value, ...listed } = await listRowsWithSum<OnHandRow>(
      ctx.sql,
      ON_HAND,
      'value',
      page,
      timeZone,
      narrow,
    );
    return { ...listed, value };
  },
});
