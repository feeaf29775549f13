import { z } from 'zod';
import { lotHistory as historyOf, placesOfLot } from '#db/repositories/lots.ts';
import { id, text } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

const MOST = 500;

/** Where a serial or batch number lies, and every move of it, the last first. */
export const lotHistory = defineQuery({
  name: 'stock.lotHistory',
  right: 'stock.view',
  input: z.object({ lot: text(100), partId: id().nullable().default(null) }),

  async run(ctx, { lot, partId }) {
    const of = { lot, partId: partId ?? '' };
    return { places: await placesOfLot(ctx.sql, of), moves: await historyOf(ctx.sql, { ...of, limit: MOST }) };
  },
});
