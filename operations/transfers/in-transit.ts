import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { HANDSHAKES, isUnfinished, type HandshakeRow } from '#db/repositories/handshakes.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What lies in no warehouse: on its way here, on its way from here, or refused and not yet taken back. */
export const transfersInTransit = defineQuery({
  name: 'transfers.inTransit',
  right: 'stock.view',
  input: z.object(listInput),

  async run(ctx, page) {
    const { unitId } = ctx.station;
    const { rows, total } = await listRows<HandshakeRow>(ctx.sql, HANDSHAKES, page, ctx.station.timeZone, (query) => {
      query.where('r.kind', 'transfer').whereRaw(isUnfinished);
      query.where((side) => void side.where('r.unit_id', unitId).orWhere('r.to_unit_id', unitId));
    });
    return { rows: rows.map((row) => ({ ...row, isIncoming: row.toUnitId === unitId })), total };
  },
});
