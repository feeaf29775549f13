import { z } from 'zod';
import { findBalance, movesBehind } from '#db/repositories/stock-lists.ts';
import { DomainError } from '#domain/errors.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** The moves behind what is on hand of a part in a warehouse, the last first, each with what was there after it. */
export const stockMoves = defineQuery({
  name: 'stock.moves',
  right: 'stock.view',
  input: z.object({
    partId: id(),
    warehouseId: id(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(500).default(100),
  }),

  async run(ctx, input) {
    const balance = await findBalance(ctx.sql, input);
    if (!balance) throw new DomainError('not-found', { entity: 'part', id: input.partId });
    return { ...balance, rows: await movesBehind(ctx.sql, input, input), total: balance.moves };
  },
});
