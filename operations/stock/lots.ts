import { z } from 'zod';
import { lotsOnHand } from '#db/repositories/lots.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Which serial or batch numbers of a part lie in a warehouse, the first that came first. */
export const stockLots = defineQuery({
  name: 'stock.lots',
  right: 'stock.view',
  input: z.object({ partId: id(), warehouseId: id() }),
  run: async (ctx, place) => ({ lots: await lotsOnHand(ctx.sql, place) }),
});
