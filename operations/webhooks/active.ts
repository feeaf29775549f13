import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { Webhook } from '#db/repositories/webhooks.ts';
import type { CommandContext } from '../operation.ts';

/** @throws DomainError `not-found`, `webhook.removed` */
export async function requireActive(ctx: CommandContext, webhookId: string): Promise<Webhook> {
  const webhook = await requireRow<Webhook>(ctx.trx, 'webhooks', webhookId, 'webhook', ctx.trx.forUpdate);
  if (!webhook.isActive) throw new DomainError('webhook.removed', { url: webhook.url });
  return webhook;
}
