import { z } from 'zod';
import { chargedFor } from '#db/repositories/deposits.ts';
import { closureSheets } from '#db/repositories/transfers.ts';
import { transferContent } from '../handshakes/content.ts';
import { requireHandshake, sheetOf } from '../handshakes/lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { transitOf } from './transit.ts';

/** A transfer with its lines, where it stands, what differs and what was decided about that. */
export const transfer = defineQuery({
  name: 'transfers.get',
  right: 'stock.view',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const handshake = await requireHandshake(ctx, 'transfer', id);
    const closures = await closureSheets(ctx.sql, id);
    return {
      ...sheetOf({ stationUnitId: ctx.station.unitId }, handshake),
      content: transferContent(handshake.request),
      lines: transitOf(handshake.request, handshake.answer, closures),
      closures,
      isCharged: (await chargedFor(ctx.sql, id)) !== undefined,
    };
  },
});
