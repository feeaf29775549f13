import { z } from 'zod';
import { findBalance, movesBehind } from '#db/repositories/stock-lists.ts';
import { DomainError } from '#domain/errors.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/**
 * The moves behind what is on hand of a part in a warehouse, or behind what one of its moves cost: the last first, each with
 * what was there after it.
 */
export const stockMoves = defineQuery({
  name: 'stock.moves',
  right: 'stock.view',
  input: z.object({
    partId: id(),
    warehouseId: id(),
    /** The number of a move: those before it and itself; null: all. */
    upTo: z.int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(500).default(100),
  }),

  async run(ctx, input) {
    const balance = await findBalance(ctx.sql, input);
    if (!balance) throw new DomainError('not-found', { entity: 'part', id: input.partId });
    const upTo = Math.min(input.upTo ?? balance.moves, balance.moves);
    return { ...balance, rows: await movesBehind(ctx.sql, input, { ...input, upTo }), total: upTo };
  },
});
