import { z } from 'zod';
import { auditListing, type ListedAuditRow } from '#db/repositories/audit-log.ts';
import { listRows } from '#db/listing.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Every sign-in, change and refusal: who, when, what before, what after; the newest first. */
export const listAuditLog = defineQuery({
  name: 'auditLog.list',
  right: 'audit-log.view',
  input: z.object(listInput),
  run: (ctx, input) => listRows<ListedAuditRow>(ctx.sql, auditListing, input, ctx.station.timeZone),
});
