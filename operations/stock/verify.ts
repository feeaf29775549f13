import { z } from 'zod';
import { verifyLedger } from '#db/repositories/stock-ledger.ts';
import { defineQuery } from '../operation.ts';

/** Works the whole ledger through again: numbers without a gap, every average, every balance. Names the first difference. */
export const verifyStock = defineQuery({
  name: 'stock.verify',
  right: 'stock.view',
  input: z.object({}),
  run: async (ctx) => verifyLedger(ctx.sql),
});
