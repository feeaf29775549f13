import { z } from 'zod';
import { saleContent } from '../handshakes/content.ts';
import { requireHandshake, sheetOf } from '../handshakes/lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** A reported sale with all that was told, and where it stands. */
export const sale = defineQuery({
  name: 'sales.get',
  right: 'sales.report',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const handshake = await requireHandshake(ctx, 'sale', id);
    return { ...sheetOf({ stationUnitId: ctx.station.unitId }, handshake), content: saleContent(handshake.request) };
  },
});
