import { z } from 'zod';
import { originOfOrder, referralsOfOrder, type Request } from '#db/repositories/handshakes.ts';
import { referralContent, saleContent } from '../handshakes/content.ts';
import { sheetOf } from '../handshakes/lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { requireVisible } from '../work-orders/own-work.ts';

/** What a work order came of, and whom else it was referred to. */
export const handshakesOfOrder = defineQuery({
  name: 'referrals.ofOrder',
  right: 'work.view',
  input: z.object({ workOrderId: id() }),

  async run(ctx, { workOrderId }) {
    await requireVisible(ctx.sql, ctx.actor, workOrderId);
    const here = { stationUnitId: ctx.station.unitId };
    const origin = await originOfOrder(ctx.sql, workOrderId);
    return {
      origin: origin ? { ...sheetOf(here, origin), ...toldOf(origin.request) } : null,
      asked: (await referralsOfOrder(ctx.sql, workOrderId)).map((handshake) => ({
        ...sheetOf(here, handshake),
        reason: referralContent(handshake.request).reason,
      })),
    };
  },
});

/** Of a referral the asker's own number and his reason; of a sale where it was made and its invoice. */
function toldOf(request: Request): Readonly<{ theirNumber: string; reason: string }> {
  if (request.kind === 'sale') {
    const { invoice, store } = saleContent(request);
    return { theirNumber: invoice, reason: store };
  }
  const { order, reason } = referralContent(request);
  return { theirNumber: order.number, reason };
}
