import { z } from 'zod';
import { isWebhookAddress, WEBHOOK_EVENTS, WEBHOOKS_READER } from '#domain/webhooks.ts';
import { beginReading } from '#db/repositories/change-log.ts';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { eventsOf, type Webhook } from '#db/repositories/webhooks.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

const fields = z.object({
  url: text(500).refine(isWebhookAddress, { params: { rule: 'notHttps' } }),
  events: z
    .array(z.enum(WEBHOOK_EVENTS))
    .min(1)
    .max(WEBHOOK_EVENTS.length)
    .transform((events) => [...new Set(events)].toSorted()),
});

/** Another system is to be told, from now on; or of something else, or elsewhere. A removed one that is saved is told again. */
export const saveWebhook = defineCommand({
  name: 'webhooks.save',
  right: 'webhooks.manage',
  reach: 'here',
  input: z.object({ existing: z.object({ id: id(), version: version() }).nullable().default(null), fields }),

  async run(ctx, { existing, fields: { url, events } }) {
    await takeTurn(ctx.trx, WEBHOOKS_READER);
    await beginReading(ctx.trx, WEBHOOKS_READER);
    const columns = { url, events: JSON.stringify(events), isActive: true };
    if (existing === null) {
      const webhookId = ctx.newId();
      const secret = ctx.newToken(); // nobody has seen it: `newSecret` makes the one that is shown
      await ctx.trx.insert('webhooks', { id: webhookId, ...columns, secret, version: 1, createdAt: ctx.now });
      ctx.audit('created', 'webhook', webhookId, { after: { url, events } });
      return { id: webhookId, version: 1 };
    }
    const before = await requireRow<Webhook>(ctx.trx, 'webhooks', existing.id, 'webhook', ctx.trx.forUpdate);
    await updateVersioned(ctx.trx, 'webhooks', existing.id, existing.version, columns);
    ctx.audit('changed', 'webhook', existing.id, {
      before: { url: before.url, events: eventsOf(before), isActive: before.isActive },
      after: { url, events, isActive: true },
    });
    return { id: existing.id, version: existing.version + 1 };
  },
});
