import {
  beginReading,
  changesAfter,
  endReading,
  moveReader,
  readerPosition,
  type LoggedChange,
} from '#db/repositories/change-log.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { eventOf, type EventRow } from '#db/repositories/webhook-events.ts';
import { activeWebhooks, eventsOf, insertDelivery, type Webhook } from '#db/repositories/webhooks.ts';
import { rowIdsOf } from '#db/sync/log.ts';
import { WEBHOOKS_READER } from '#domain/webhooks.ts';
import type { Transaction } from '#db/store.ts';
import type { Environment } from '#operations/operation.ts';
import type { Job } from '../jobs.ts';

const BATCH = 500;

/**
 * Turns the change log into deliveries, one for each event and webhook. How far it has come is kept in the transaction that
 * makes them: cut off anywhere, nothing is left out and nothing is there twice.
 */
export const tellWebhooks: Job = {
  name: 'webhooks-tell',
  everyMs: 2000,

  async isWanted(sql) {
    const position = await readerPosition(sql, WEBHOOKS_READER);
    return position !== undefined && (await changesAfter(sql, position, 1)).length > 0;
  },

  async run(ctx) {
    while (!ctx.signal.aborted && (await ctx.write((trx) => tellSome(trx, ctx.environment))) === BATCH);
  },
};

/** Returns how many changes were read. */
async function tellSome(trx: Transaction, environment: Environment): Promise<number> {
  await takeTurn(trx, WEBHOOKS_READER); // not while the first webhook is being made
  const webhooks = await activeWebhooks(trx);
  const position = await readerPosition(trx, WEBHOOKS_READER);
  if (webhooks.length === 0 || !position) {
    await (webhooks.length === 0 ? endReading : beginReading)(trx, WEBHOOKS_READER);
    return 0;
  }
  const changes = await changesAfter(trx, position, BATCH);
  await tellChanges(trx, environment, changes, webhooks);
  const last = changes.at(-1);
  if (last) await moveReader(trx, WEBHOOKS_READER, last);
  return changes.length;
}

async function tellChanges(
  trx: Transaction,
  environment: Environment,
  changes: readonly LoggedChange[],
  webhooks: readonly Webhook[],
): Promise<void> {
  const wanted = new Set(webhooks.flatMap(eventsOf));
  const told = new Set<string>();
  for (const change of changes)
    for (const rowId of rowIdsOf(change)) {
      const event = await eventOf(trx, { ...change, rowId }, wanted);
      const key = `${change.tableName} ${rowId}`; // what has changed twice by now is told once, as it stands
      if (!event || told.has(key)) continue;
      told.add(key);
      await tellEvent(trx, environment, event, webhooks);
    }
}

async function tellEvent(
  trx: Transaction,
  { newId, now }: Environment,
  { event, at, unit, data }: EventRow,
  webhooks: readonly Webhook[],
): Promise<void> {
  const payload = JSON.stringify({ id: newId(), event, at: new Date(at).toISOString(), unit, data });
  for (const webhook of webhooks)
    if (eventsOf(webhook).includes(event))
      await insertDelivery(trx, { id: newId(), webhookId: webhook.id, event, payload, now: now() });
}
