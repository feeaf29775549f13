import { z } from 'zod';
import { eventsOf, listedWebhooks } from '#db/repositories/webhooks.ts';
import { defineQuery } from '../operation.ts';

/** Who is told of what, and how that goes. Secrets are never shown again. */
export const listWebhooks = defineQuery({
  name: 'webhooks.list',
  right: 'webhooks.manage',
  reach: 'here',
  input: z.object({}),
  async run(ctx) {
    const webhooks = await listedWebhooks(ctx.sql);
    return { webhooks: webhooks.map((webhook) => ({ ...webhook, events: eventsOf(webhook) })) };
  },
});
