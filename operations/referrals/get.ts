import { z } from 'zod';
import { referralContent } from '../handshakes/content.ts';
import { requireHandshake, sheetOf } from '../handshakes/lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** A referral with all that was told about the work, and where it stands. */
export const referral = defineQuery({
  name: 'referrals.get',
  right: 'dispatch.view',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const handshake = await requireHandshake(ctx, 'referral', id);
    return {
      ...sheetOf({ stationUnitId: ctx.station.unitId }, handshake),
      content: referralContent(handshake.request),
    };
  },
});
