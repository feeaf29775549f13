import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { SUPPLIERS, type SupplierRow } from '#db/repositories/setup-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Who supplies parts. */
export const listSuppliers = defineQuery({
  name: 'setup.listSuppliers',
  right: 'setup.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<SupplierRow>(ctx.sql, SUPPLIERS, page, ctx.station.timeZone),
});
