import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import { sendAgain, type Delivery } from '#db/repositories/webhooks.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireActive } from './active.ts';

/** Sends the same message once more, now: it has the same id, so the receiver knows whether it had it. */
export const redeliver = defineCommand({
  name: 'webhooks.redeliver',
  right: 'webhooks.manage',
  reach: 'here',
  input: z.object({ id: id() }),

  async run(ctx, { id: deliveryId }) {
    const found = await requireRow<Delivery>(
      ctx.trx,
      'webhook_deliveries',
      deliveryId,
      'webhook-delivery',
      ctx.trx.forUpdate,
    );
    const { url } = await requireActive(ctx, found.webhookId);
    await sendAgain(ctx.trx, deliveryId, ctx.now);
    ctx.audit('sent-again', 'webhook', found.webhookId, { after: { url, deliveryId, event: found.event } });
    return { id: deliveryId };
  },
});
