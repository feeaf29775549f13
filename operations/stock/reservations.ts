import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { RESERVATIONS, type ReservationRow } from '#db/repositories/reservations.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What is kept back, for whom and until when; those that no longer count only when asked for. */
export const stockReservations = defineQuery({
  name: 'stock.reservations',
  right: 'stock.view',
  input: z.object({ ...listInput, withClosed: z.boolean().default(false) }),

  async run(ctx, { withClosed, ...page }) {
    const { rows, total } = await listRows<ReservationRow>(
      ctx.sql,
      RESERVATIONS,
      page,
      ctx.station.timeZone,
      (query) => {
        if (!withClosed) query.where('r.state', 'open');
      },
    );
    return { rows: rows.map((row) => ({ ...row, isExpired: row.untilOn < ctx.today })), total };
  },
});
