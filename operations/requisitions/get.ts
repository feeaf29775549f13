import { z } from 'zod';
import { stockOfParts, transfersServing } from '#db/repositories/requisitions.ts';
import { depositWith } from '../deposits/standing.ts';
import { grantOf, requisitionContent } from '../handshakes/content.ts';
import { requireHandshake, sheetOf } from '../handshakes/lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { outletPrices } from './outlet-prices.ts';
import { servedLines } from './progress.ts';

/**
 * A requisition line by line: asked for, granted, shipped; what this unit has of it; its shipments; and the deposit that stands
 * for it, to those who may see deposits.
 */
export const requisition = defineQuery({
  name: 'requisitions.get',
  right: 'stock.view',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const handshake = await requireHandshake(ctx, 'requisition', id);
    const { request, answer } = handshake;
    const servings = await transfersServing(ctx.sql, [id]);
    const served = servedLines(request, answer, servings);
    const partIds = served.map(({ partId }) => partId);
    const parts = await stockOfParts(ctx.sql, ctx.station.unitId, partIds);
    const prices = await outletPrices(ctx.sql, ctx.station, partIds);
    const maySee = ctx.actor.rights.has('deposit.view');
    const account = { unitId: request.toUnitId, toUnitId: request.unitId, technicianId: null };
    return {
      ...sheetOf({ stationUnitId: ctx.station.unitId }, handshake),
      to: requisitionContent(request).to,
      exceeds: grantOf({ request, answer })?.exceeds ?? '',
      lines: served.map((line) => {
        const { onHand: stockHere = 0, salePrice = 0, tracking = 'none' } = parts.get(line.partId) ?? {};
        return { ...line, stockHere, usualPrice: prices.get(line.partId) ?? salePrice, tracking };
      }),
      transfers: servings.map(({ id, number, requestedOn, decision }) => ({ id, number, requestedOn, decision })),
      deposit: maySee ? await depositWith(ctx.sql, account, id) : null,
    };
  },
});
