import { z } from 'zod';
import { insertDelivery } from '#db/repositories/webhooks.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireActive } from './active.ts';

/** Sends an event that says nothing, to see whether it arrives. */
export const testWebhook = defineCommand({
  name: 'webhooks.test',
  right: 'webhooks.manage',
  reach: 'here',
  input: z.object({ id: id() }),

  async run(ctx, { id: webhookId }) {
    const { url } = await requireActive(ctx, webhookId);
    const deliveryId = ctx.newId();
    const { unitId, code } = ctx.station;
    const at = new Date(ctx.now).toISOString();
    const payload = JSON.stringify({ id: ctx.newId(), event: 'test', at, unit: { id: unitId, code }, data: {} });
    await insertDelivery(ctx.trx, { id: deliveryId, webhookId, event: 'test', payload, now: ctx.now });
    ctx.audit('tested', 'webhook', webhookId, { after: { url } });
    return { deliveryId };
  },
});
