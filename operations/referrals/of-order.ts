import { z } from 'zod';
import { originOfOrder, referralsOfOrder } from '#db/repositories/handshakes.ts';
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
      origin: origin ? sheetOf(here, origin) : null,
      asked: (await referralsOfOrder(ctx.sql, workOrderId)).map((handshake) => sheetOf(here, handshake)),
    };
  },
});
