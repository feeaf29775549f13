import { z } from 'zod';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import type { Webhook } from '#db/repositories/webhooks.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** A secret to sign with, shown this once; the one before is no longer used. */
export const newWebhookSecret = defineCommand({
  name: 'webhooks.newSecret',
  right: 'webhooks.manage',
  reach: 'here',
  secret: true,
  input: z.object({ id: id(), version: version() }),

  async run(ctx, { id: webhookId, version: seen }) {
    const { url } = await requireRow<Webhook>(ctx.trx, 'webhooks', webhookId, 'webhook', ctx.trx.forUpdate);
    const secret = ctx.newToken();
    await updateVersioned(ctx.trx, 'webhooks', webhookId, seen, { secret });
    ctx.audit('secret-made', 'webhook', webhookId, { after: { url } });
    return { secret, version: seen + 1 };
  },
});
