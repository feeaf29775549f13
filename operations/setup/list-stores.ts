import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { STORES, type StoreRow } from '#db/repositories/setup-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Places of sale and groups that work comes from. */
export const listStores = defineQuery({
  name: 'setup.listStores',
  right: 'setup.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<StoreRow>(ctx.sql, STORES, page, ctx.station.timeZone),
});
