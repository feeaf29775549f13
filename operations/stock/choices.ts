import { z } from 'zod';
import { allSuppliers, allWarehouses } from '#db/repositories/parts.ts';
import { defineQuery } from '../operation.ts';

/** What the forms of the stock offer to choose from. */
export const stockChoices = defineQuery({
  name: 'stock.choices',
  right: 'stock.view',
  input: z.object({}),
  run: async (ctx) => ({ warehouses: await allWarehouses(ctx.sql), suppliers: await allSuppliers(ctx.sql) }),
});
