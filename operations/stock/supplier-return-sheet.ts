import { z } from 'zod';
import { returnableLines } from '#db/repositories/supplier-returns.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** The lines of a receipt with what of each has gone back to the supplier, and which serial or batch numbers are left. */
export const supplierReturnSheet = defineQuery({
  name: 'stock.supplierReturnSheet',
  right: 'stock.view',
  input: z.object({ documentId: id() }),
  run: async (ctx, { documentId }) => ({ lines: await returnableLines(ctx.sql, documentId) }),
});
