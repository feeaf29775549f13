import { z } from 'zod';
import { findPlace } from '#db/repositories/stock-places.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Where a part lies in a warehouse, and its limits there; nothing where none was set. */
export const stockPlace = defineQuery({
  name: 'stock.place',
  right: 'stock.view',
  input: z.object({ partId: id(), warehouseId: id() }),

  async run(ctx, of) {
    const place = await findPlace(ctx.sql, of);
    const { bin = '', minQuantity = 0, maxQuantity = 0, version = null } = place ?? {};
    return { bin, minQuantity, maxQuantity, version };
  },
});
