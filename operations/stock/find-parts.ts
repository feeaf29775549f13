import { z } from 'zod';
import { findParts as partsWith } from '#db/repositories/parts.ts';
import { fragment, id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Parts by any fragment of number, name or barcode, while it is being typed or scanned, with what is on hand. */
export const findParts = defineQuery({
  name: 'stock.findParts',
  right: 'stock.view',
  input: z.object({
    fragment: fragment(100),
    warehouseId: id().nullable().default(null),
    limit: z.int().min(1).max(50).default(12),
  }),
  run: async (ctx, { fragment, warehouseId, limit }) => ({
    parts: await partsWith(ctx.sql, { fragment, warehouseId: warehouseId ?? '', limit }),
  }),
});
