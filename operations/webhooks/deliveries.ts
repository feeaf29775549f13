import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { DELIVERIES, type DeliveryRow } from '#db/repositories/webhooks.ts';
import { id, listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What was sent or waits to be, with how often it was tried and what went wrong last. */
export const webhookDeliveries = defineQuery({
  name: 'webhooks.deliveries',
  right: 'webhooks.manage',
  reach: 'here',
  input: z.object({ ...listInput, webhookId: id().nullable().default(null) }),
  run: (ctx, { webhookId, ...page }) =>
    listRows<DeliveryRow>(ctx.sql, DELIVERIES, page, ctx.station.timeZone, (query) => {
      if (webhookId !== null) void query.where('d.webhook_id', webhookId);
    }),
});
