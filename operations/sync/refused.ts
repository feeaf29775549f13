import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { REFUSED, type RefusedRow } from '#db/repositories/waiting-documents.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { detailsOf } from './details.ts';

/** What the server refused of ours, and what of its could not be taken in here: each with the reason. */
export const listRefused = defineQuery({
  name: 'sync.refused',
  right: 'sync.view',
  reach: 'here',
  input: z.object(listInput),

  async run(ctx, page) {
    const { rows, total } = await listRows<RefusedRow>(ctx.sql, REFUSED, page, ctx.station.timeZone);
    return { rows: rows.map(({ detail, ...row }) => ({ ...row, details: detailsOf(detail) })), total };
  },
});
