import { z } from 'zod';
import { sumOnHand } from '#db/repositories/on-hand.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** How many rows `stock.onHand` has, and what all of them are worth, fen. */
export const onHandSums = defineQuery({
  name: 'stock.onHandSums',
  right: 'stock.view',
  input: z.object({ filters: listInput.filters, withEmpty: z.boolean().default(false) }),

  async run(ctx, asked) {
    const { total, value } = await sumOnHand(ctx.sql, { ...asked, timeZone: ctx.station.timeZone });
    return { total, totals: { value } };
  },
});
