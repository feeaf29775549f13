import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { PAY_ITEMS, type PayItemRow } from '#db/repositories/pay-items.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What is rewarded and what is punished. */
export const listPayItems = defineQuery({
  name: 'payroll.listItems',
  right: 'payroll.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<PayItemRow>(ctx.sql, PAY_ITEMS, page, ctx.station.timeZone),
});
