import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { lotsOfDocument } from '#db/repositories/lots.ts';
import { oldPartsOfDocument } from '#db/repositories/old-part-lists.ts';
import { codesOfParts } from '#db/repositories/part-search.ts';
import { lotsStillOut } from '#db/repositories/returns.ts';
import { documentLines, documentSheet } from '#db/repositories/stock-lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** One document with its lines, their numbers, what of them can still come back, and the old parts owed for them. */
export const stockDocument = defineQuery({
  name: 'stock.document',
  right: 'stock.view',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const document = await documentSheet(ctx.sql, input.id);
    if (!document) throw new DomainError('not-found', { entity: 'stockDocument', id: input.id });
    const lots = await lotsOfDocument(ctx.sql, input.id);
    const stillOut = document.kind === 'issue' ? await lotsStillOut(ctx.sql, input.id) : lots;
    const moved = await documentLines(ctx.sql, input.id);
    const codes = await codesOfParts(
      ctx.sql,
      moved.map(({ partId }) => partId),
    );
    const lines = moved.map((line) => ({
      ...line,
      codes: codes.get(line.partId) ?? [],
      lots: lots.get(line.moveId) ?? [],
      lotsOut: stillOut.get(line.moveId) ?? [],
    }));
    const { name, code } = ctx.station;
    return { ...document, station: { name, code }, lines, oldParts: await oldPartsOfDocument(ctx.sql, input.id) };
  },
});
