import { z } from 'zod';
import { instantOfId } from '#domain/sync/instant-of-id.ts';
import { listRows } from '#db/listing.ts';
import { WAITING, type WaitingRow } from '#db/repositories/waiting-documents.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Documents that wait to be sent, the longest waiting first; of a very long queue the first thousands. */
export const listWaiting = defineQuery({
  name: 'sync.waiting',
  right: 'sync.view',
  reach: 'here',
  input: z.object(listInput),

  async run(ctx, page) {
    const { rows, total } = await listRows<WaitingRow>(ctx.sql, WAITING, page, ctx.station.timeZone);
    return { rows: rows.map(withInstant), total };
  },
});

/** The id of what is new in a document says when it was made; for the rest, the change log's own marks. */
function withInstant({ inserted, ...row }: WaitingRow) {
  return { ...row, since: (inserted === null ? undefined : instantOfId(inserted)) ?? row.since };
}
