import type { WebhookEvent } from '#domain/webhooks.ts';
import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';

export type Webhook = Readonly<{
  id: string;
  url: string;
  secret: string;
  /** JSON: WebhookEvent[]. */
  events: string;
  isActive: boolean;
  version: number;
  createdAt: number;
}>;

export const eventsOf = ({ events }: Pick<Webhook, 'events'>): WebhookEvent[] => JSON.parse(events) as WebhookEvent[];

export async function activeWebhooks(sql: Sql): Promise<Webhook[]> {
  return sql.all<Webhook>('SELECT * FROM webhooks WHERE is_active = 1 ORDER BY id');
}

export type ListedWebhook = Omit<Webhook, 'secret'> &
  Readonly<{ waitingCount: number; givenUpCount: number; lastDeliveredAt: number | null }>;

export async function listedWebhooks(sql: Sql): Promise<ListedWebhook[]> {
  return sql.all<ListedWebhook>(
    `SELECT w.id, w.url, w.events, w.is_active, w.version, w.created_at,
       (SELECT COUNT(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'waiting') AS waiting_count,
       (SELECT COUNT(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'given-up') AS given_up_count,
       (SELECT MAX(d.delivered_at) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.state = 'delivered')
         AS last_delivered_at
     FROM webhooks w ORDER BY w.is_active DESC, w.url, w.id`,
  );
}

export type DeliveryState = 'waiting' | 'delivered' | 'given-up';

export type Delivery = Readonly<{
  id: string;
  webhookId: string;
  event: string;
  payload: string;
  state: DeliveryState;
  attempts: number;
  nextAt: number;
  deliveredAt: number | null;
  /** '' or a kind of failure, as `status:500`, `timeout`, `connection:ECONNREFUSED`. */
  lastError: string;
  createdAt: number;
}>;

export const DELIVERIES: Listing = {
  from: 'webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id',
  columns: {
    id: { sql: 'd.id', type: 'text' },
    webhookId: { sql: 'd.webhook_id', type: 'text' },
    url: { sql: 'w.url', type: 'text' },
    isActive: { sql: 'w.is_active', type: 'number' },
    event: { sql: 'd.event', type: 'text' },
    payload: { sql: 'd.payload', type: 'text' },
    state: { sql: 'd.state', type: 'text' },
    attempts: { sql: 'd.attempts', type: 'number' },
    nextAt: { sql: "CASE WHEN d.state = 'waiting' THEN d.next_at END", type: 'instant' },
    deliveredAt: { sql: 'd.delivered_at', type: 'instant' },
    lastError: { sql: 'd.last_error', type: 'text' },
    createdAt: { sql: 'd.created_at', type: 'instant' },
  },
  order: [
    ['createdAt', 'desc'],
    ['id', 'desc'],
  ],
};
/** `isActive`: of the webhook. `nextAt`: null unless it waits. */
export type DeliveryRow = Omit<Delivery, 'nextAt'> &
  Readonly<{ url: string; isActive: boolean; nextAt: number | null }>;

type NewDelivery = Readonly<{ id: string; webhookId: string; event: string; payload: string; now: number }>;

/** To be sent at once. */
export async function insertDelivery(trx: Transaction, { now, ...delivery }: NewDelivery): Promise<void> {
  await trx.insert('webhook_deliveries', {
    ...delivery,
    state: 'waiting',
    attempts: 0,
    nextAt: now,
    deliveredAt: null,
    lastError: '',
    createdAt: now,
  });
}

/** Webhooks for which something is due. @param now ms UTC */
export async function webhooksDue(sql: Sql, now: number): Promise<Webhook[]> {
  return sql.all<Webhook>(
    `SELECT * FROM webhooks w WHERE w.is_active = 1 AND EXISTS (SELECT 1 FROM webhook_deliveries d
       WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.next_at <= ?) ORDER BY w.id`,
    [now],
  );
}

/** What is due for a webhook, the longest due first. @param now ms UTC */
export async function dueDeliveries(sql: Sql, webhookId: string, now: number, limit: number): Promise<Delivery[]> {
  return sql.all<Delivery>(
    `SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND state = 'waiting' AND next_at <= ?
     ORDER BY next_at, id LIMIT ?`,
    [webhookId, now, limit],
  );
}

export async function markDelivered(trx: Transaction, id: string, now: number): Promise<void> {
  await trx.run(
    `UPDATE webhook_deliveries SET state = 'delivered', attempts = attempts + 1, delivered_at = ?, last_error = '' WHERE id = ?`,
    [now, id],
  );
}

/** @param nextAt ms UTC; null: given up */
export async function markFailed(
  trx: Transaction,
  { id }: Pick<Delivery, 'id'>,
  error: string,
  nextAt: number | null,
): Promise<void> {
  await trx.run(
    `UPDATE webhook_deliveries SET state = ?, attempts = attempts + 1, next_at = COALESCE(?, next_at), last_error = ?
     WHERE id = ? AND state = 'waiting'`,
    [nextAt === null ? 'given-up' : 'waiting', nextAt, error, id],
  );
}

/** Nobody is to be told any more: what still waits is given up. Returns how many there were. */
export async function giveUpWaiting(trx: Transaction, webhookId: string, error: string): Promise<number> {
  return trx.run(
    `UPDATE webhook_deliveries SET state = 'given-up', last_error = ? WHERE webhook_id = ? AND state = 'waiting'`,
    [error, webhookId],
  );
}

/** To be sent at once, with all attempts before it again. @param now ms UTC */
export async function sendAgain(trx: Transaction, id: string, now: number): Promise<void> {
  await trx.run(
    `UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, next_at = ?, delivered_at = NULL, last_error = '' WHERE id = ?`,
    [now, id],
  );
}

/** Delivered or given up, and made before `before` (ms UTC). Returns how many were deleted, at most `limit`. */
export async function deleteOldDeliveries(trx: Transaction, before: number, limit: number): Promise<number> {
  return trx.run(
    `DELETE FROM webhook_deliveries WHERE id IN
       (SELECT id FROM webhook_deliveries WHERE state <> 'waiting' AND created_at < ? LIMIT ?)`,
    [before, limit],
  );
}
