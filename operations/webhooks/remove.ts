import { z } from 'zod';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import { giveUpWaiting, type Webhook } from '#db/repositories/webhooks.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Tells somebody no more: what still waits is given up. What was told stays to be seen. */
export const removeWebhook = defineCommand({
  name: 'webhooks.remove',
  right: 'webhooks.manage',
  reach: 'here',
  input: z.object({ id: id(), version: version() }),

  async run(ctx, { id: webhookId, version: seen }) {
    const { url } = await requireRow<Webhook>(ctx.trx, 'webhooks', webhookId, 'webhook', ctx.trx.forUpdate);
    await updateVersioned(ctx.trx, 'webhooks', webhookId, seen, { isActive: false });
    const givenUp = await giveUpWaiting(ctx.trx, webhookId, 'removed');
    ctx.audit('removed', 'webhook', webhookId, { before: { url, isActive: true }, after: { url, isActive: false } });
    return { version: seen + 1, givenUp };
  },
});
