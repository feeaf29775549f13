import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { DOCUMENTS, type DocumentRow } from '#db/repositories/stock-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Receipts, issues, material lists and reversals, the latest first. */
export const stockDocuments = defineQuery({
  name: 'stock.documents',
  right: 'stock.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<DocumentRow>(ctx.sql, DOCUMENTS, page, ctx.station.timeZone),
});
