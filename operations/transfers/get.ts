import { z } from 'zod';
import { transferContent } from '../handshakes/content.ts';
import { requireHandshake, sheetOf } from '../handshakes/lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** A transfer with its lines, and where it stands. */
export const transfer = defineQuery({
  name: 'transfers.get',
  right: 'stock.view',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const handshake = await requireHandshake(ctx, 'transfer', id);
    return {
      ...sheetOf({ stationUnitId: ctx.station.unitId }, handshake),
      content: transferContent(handshake.request),
    };
  },
});
