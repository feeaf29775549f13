import { z } from 'zod';
import { auditQueueRows } from '#db/repositories/audit-queue.ts';
import { fragment, listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Work that is finished or given up and waits for the auditor, the oldest first. */
export const auditQueue = defineQuery({
  name: 'audit.queue',
  right: 'work.audit',
  input: z.object({
    ...listInput,
    /** A fragment of number, customer, phone, device or technician. */
    search: fragment(60).trim().default(''),
  }),
  run: (ctx, input) => auditQueueRows(ctx.sql, input, ctx.station.timeZone),
});
