import { z } from 'zod';
import { billingQueueRows } from '#db/repositories/billing-queue.ts';
import { fragment, listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Audited work that is not yet paid for or whose device is not yet handed over. */
export const billingQueue = defineQuery({
  name: 'billing.queue',
  right: 'billing.view',
  input: z.object({
    ...listInput,
    /** A fragment of number, customer, phone or serial number. */
    search: fragment(60).trim().default(''),
  }),
  run: (ctx, input) => billingQueueRows(ctx.sql, input, ctx.station.timeZone),
});
