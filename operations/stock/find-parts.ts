import { z } from 'zod';
import { CUSTOMER_CLASSES } from '#domain/stock/prices.ts';
import { findParts as partsWith } from '#db/repositories/part-search.ts';
import { fragment, id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { levelOf } from './level.ts';

/** Parts by any fragment of number, name, barcode or model, while it is being typed or scanned, with what is on hand. */
export const findParts = defineQuery({
  name: 'stock.findParts',
  right: 'stock.view',
  input: z.object({
    fragment: fragment(100),
    warehouseId: id().nullable().default(null),
    /** For whom the price is. */
    customerClass: z.enum(CUSTOMER_CLASSES).default('person'),
    /** The order that may take what is reserved for it. */
    workOrderId: id().nullable().default(null),
    limit: z.int().min(1).max(50).default(12),
  }),
  run: async (ctx, { fragment, warehouseId, workOrderId, customerClass, limit }) => ({
    parts: await partsWith(ctx.sql, {
      fragment,
      warehouseId: warehouseId ?? '',
      workOrderId: workOrderId ?? '',
      today: ctx.today,
      asked: { level: await levelOf(ctx.sql, ctx.station), customerClass },
      limit,
    }),
  }),
});
