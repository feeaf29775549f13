import { z } from 'zod';
import { warehousesOfCompany } from '#db/repositories/transfers.ts';
import { defineQuery } from '../operation.ts';

/** Where parts can be sent from and to: all warehouses of the company, this unit's own first. */
export const transferWarehouses = defineQuery({
  name: 'transfers.warehouses',
  right: 'stock.transfer',
  reach: 'company',
  input: z.object({}),

  async run(ctx) {
    const all = await warehousesOfCompany(ctx.sql, ctx.station.unitId);
    return { warehouses: all.map((one) => ({ ...one, isOwn: one.unitId === ctx.station.unitId })) };
  },
});
