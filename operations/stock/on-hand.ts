import { z } from 'zod';
import { listOnHand, type OnHandRow } from '#db/repositories/on-hand.ts';
import { reservedOf } from '#db/repositories/reservations.ts';
import { listInput } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { inTransitTo, placeKey } from './in-transit-here.ts';

/**
 * Quantity, value and average cost of each part in each warehouse, with its bin and limits, what is reserved of it and on its
 * way there: one page. How many there are in all is asked apart, see `stock.onHandSums`.
 */
export const onHand = defineQuery({
  name: 'stock.onHand',
  right: 'stock.view',
  input: z.object({ ...listInput, withEmpty: z.boolean().default(false) }),

  async run(ctx, { withEmpty, ...page }) {
    const asked = { filters: page.filters, withEmpty, timeZone: ctx.station.timeZone };
    return { rows: await withAvailable(ctx, await listOnHand(ctx.sql, page, asked)) };
  },
});

type Available = Readonly<{ reserved: number; inTransit: number; available: number }>;

/** Of the rows shown only. */
async function withAvailable(ctx: QueryContext, rows: readonly OnHandRow[]): Promise<(OnHandRow & Available)[]> {
  const partIds = rows.map(({ partId }) => partId);
  const reserved = new Map(
    (await reservedOf(ctx.sql, partIds, { today: ctx.today, workOrderId: '' })).map((one) => [
      placeKey(one.warehouseId, one.partId),
      one.quantity,
    ]),
  );
  const coming = await inTransitTo(
    ctx.sql,
    rows.map(({ unitId }) => unitId),
  );
  return rows.map((row) => {
    const key = placeKey(row.warehouseId, row.partId);
    const kept = reserved.get(key) ?? 0;
    return { ...row, reserved: kept, inTransit: coming.get(key) ?? 0, available: row.quantity - kept };
  });
}
