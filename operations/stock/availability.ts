import { z } from 'zod';
import { partsInWarehouses } from '#db/repositories/availability.ts';
import { reservedOf } from '#db/repositories/reservations.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { inTransitTo, placeKey } from './in-transit-here.ts';

/** Of parts in this unit's warehouses: on hand, reserved, on their way here, and what can be had, thousandths. */
export const stockAvailability = defineQuery({
  name: 'stock.availability',
  right: 'stock.view',
  input: z.object({
    partIds: z.array(id()).min(1).max(500),
    /** The order that may take what is reserved for it. */
    workOrderId: id().nullable().default(null),
  }),

  async run(ctx, { partIds, workOrderId }) {
    const { unitId } = ctx.station;
    const places = (await partsInWarehouses(ctx.sql, partIds)).filter((place) => place.unitId === unitId);
    const kept = await reservedOf(ctx.sql, partIds, { today: ctx.today, workOrderId: workOrderId ?? '' });
    const reserved = new Map(kept.map((one) => [placeKey(one.warehouseId, one.partId), one.quantity]));
    const coming = await inTransitTo(ctx.sql, [unitId]);
    const rows = places.map(({ partId, warehouseId, warehouse, onHand }) => {
      const key = placeKey(warehouseId, partId);
      const isKept = reserved.get(key) ?? 0;
      const inTransit = coming.get(key) ?? 0;
      return { partId, warehouseId, warehouse, onHand, reserved: isKept, inTransit, available: onHand - isKept };
    });
    return { rows };
  },
});
