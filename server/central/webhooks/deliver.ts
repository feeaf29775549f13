import {
  dueDeliveries,
  markDelivered,
  markFailed,
  webhooksDue,
  type Delivery,
  type Webhook,
} from '#db/repositories/webhooks.ts';
import { nextAttempt } from '#domain/webhooks.ts';
import type { Job, JobContext } from '../jobs.ts';
import { sendMessage } from './send.ts';

/** In flight to one receiver, and receivers served side by side. */
const AT_ONCE = 4;
const RECEIVERS = 4;

/**
 * Sends what is due. A process that dies between sending and noting it sends again: receivers know by the event's id. Events
 * may come in another order than they happened; each says when that was.
 */
export const deliverToWebhooks: Job = {
  name: 'webhooks-deliver',
  everyMs: 1000,
  isWanted: async (sql, now) => (await webhooksDue(sql, now)).length > 0,

  async run(ctx) {
    const webhooks = await ctx.read((sql) => webhooksDue(sql, ctx.environment.now()));
    await Promise.all(Array.from({ length: RECEIVERS }, () => serveInTurn(ctx, webhooks)));
  },
};

async function serveInTurn(ctx: JobContext, waiting: Webhook[]): Promise<void> {
  for (let next = waiting.shift(); next && !ctx.signal.aborted; next = waiting.shift()) await serve(ctx, next);
}

/** All that is due for one receiver; one that fails is left alone until the next round, so that it isn't hammered. */
async function serve(ctx: JobContext, webhook: Webhook): Promise<void> {
  let isAnswering = true;
  while (isAnswering && !ctx.signal.aborted) {
    const due = await ctx.read((sql) => dueDeliveries(sql, webhook.id, ctx.environment.now(), AT_ONCE));
    if (due.length === 0) return;
    const taken = await Promise.all(due.map((delivery) => deliver(ctx, webhook, delivery)));
    isAnswering = taken.every(Boolean);
  }
}

/** Whether it was taken. */
async function deliver(ctx: JobContext, webhook: Webhook, delivery: Delivery): Promise<boolean> {
  const { url, secret } = webhook;
  const { now } = ctx.environment;
  const message = { url, secret, event: delivery.event, deliveryId: delivery.id, body: delivery.payload };
  const error = await sendMessage(message, now(), ctx.signal);
  await ctx.write(async (trx) => {
    if (error === '') await markDelivered(trx, delivery.id, now());
    else await markFailed(trx, delivery, error, nextAttempt(delivery.attempts + 1, now()));
  });
  return error === '';
}
