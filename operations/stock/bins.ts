import { z } from 'zod';
import { binsOf } from '#db/repositories/stock-places.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** The bins of a warehouse, with how many parts have their place in each. */
export const stockBins = defineQuery({
  name: 'stock.bins',
  right: 'stock.view',
  input: z.object({ warehouseId: id() }),
  run: async (ctx, { warehouseId }) => ({ bins: await binsOf(ctx.sql, warehouseId) }),
});
