import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { lotsOfDocument } from '#db/repositories/lots.ts';
import { documentLines, documentSheet } from '#db/repositories/stock-lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** One document with its lines, and the serial or batch numbers of each. */
export const stockDocument = defineQuery({
  name: 'stock.document',
  right: 'stock.view',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const document = await documentSheet(ctx.sql, input.id);
    if (!document) throw new DomainError('not-found', { entity: 'stockDocument', id: input.id });
    const lots = await lotsOfDocument(ctx.sql, input.id);
    const lines = await documentLines(ctx.sql, input.id);
    return { ...document, lines: lines.map(({ moveId, ...line }) => ({ ...line, lots: lots.get(moveId) ?? [] })) };
  },
});
