import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { WAREHOUSES, type WarehouseRow } from '#db/repositories/setup-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** The warehouses with what lies in them. */
export const listWarehouses = defineQuery({
  name: 'setup.listWarehouses',
  right: 'setup.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<WarehouseRow>(ctx.sql, WAREHOUSES, page, ctx.station.timeZone),
});
