import { z } from 'zod';
import { verifyStock as verify } from '#db/repositories/stock-verify.ts';
import { defineQuery } from '../operation.ts';

/** Works the whole ledger through again: numbers without a gap, every average, every balance. Names the first difference. */
export const verifyStock = defineQuery({
  name: 'stock.verify',
  right: 'stock.view',
  input: z.object({}),

  async run(ctx) {
    const { moves, balances, differences } = await verify(ctx.sql);
    return { moves, balances, difference: differences[0] ?? null };
  },
});
