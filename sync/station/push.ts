import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { serverLink, type ServerLink } from '#db/repositories/server-link.ts';
import { logOwnRowsAgain } from '#db/sync/log-again.ts';
import { firstEntry, forgetEntries, noteLink } from '#db/sync/link.ts';
import { digestOf, logAgain, ownEntries, type OwnEntries } from '#db/sync/log.ts';
import { sizeOfRows, withRowsFile } from '#db/sync/batch.ts';
import { changesOf } from '#db/sync/read.ts';
import { dropRefusal, keepRefusal, refusalsOf } from '#db/sync/refusals.ts';
import type { Store, Transaction } from '#db/store.ts';
import {
  BATCH_BYTES,
  BATCH_ENTRIES,
  packWithRows,
  unpackAs,
  type Position,
  type PushRequest,
  type RowRefusal,
} from '../protocol.ts';
import { sendOff, type Line } from './line.ts';
import type { Station } from './station.ts';

const position = z.object({ seq: z.int(), digest: z.string() });
const refusal = z.object({ table: z.string(), rowId: z.string(), code: z.string(), detail: z.string() });
const answer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('taken'), pushed: position, refused: z.array(refusal) }),
  z.object({ state: z.literal('elsewhere'), pushed: position }),
]);

/** Entries of the change log that stay after they have arrived. */
const KEPT_ENTRIES = 100_000;
/** How often a row that contradicts others at the server is sent again by itself: what it refers to may have come since. */
const ATTEMPTS = 5;

type Batch = Readonly<{ from: Position; to: Position; entries: OwnEntries; size: number; body: Buffer }>;

/** Sends all that was done here since the server last heard of it. Returns how many batches that were. */
export async function push(station: Station, line: Line, link: ServerLink): Promise<number> {
  let from: Position = { seq: link.pushedSeq, digest: link.pushedDigest };
  let batches = 0;
  let next = nextBatch(station.store, from);
  for (;;) {
    const batch = await next;
    if (!batch) break;
    const { content } = await sendOff(line, 'push', batch.body);
    // The one after is read while this one is taken in.
    next = nextBatch(station.store, batch.to);
    next.catch(() => undefined); // told when its turn comes
    const reply = await unpackAs(answer, await content);
    if (reply.state === 'taken') {
      await station.store.write((trx) => noteTaken(trx, station, link.stationId, batch, reply.refused));
      batches += 1;
    } else {
      from = await goOnFrom(station.store, batch.from, reply.pushed);
      next = nextBatch(station.store, from);
    }
  }
  if (batches > 0) await station.store.write((trx) => afterwards(trx, link.stationId));
  return batches;
}

async function nextBatch(store: Store, from: Position, limit = BATCH_ENTRIES): Promise<Batch | null> {
  const batch = await batchOf(store, from, limit);
  const isTooLong = batch !== null && batch.size > BATCH_BYTES && batch.entries.count > 1;
  return isTooLong ? nextBatch(store, from, Math.floor(batch.entries.count / 2)) : batch;
}

function batchOf(store: Store, from: Position, limit: number): Promise<Batch | null> {
  return withRowsFile(async (file) => {
    const found = await store.extract(file, async (extract) => {
      const entries = await ownEntries(extract.sql, from.seq, limit);
      return entries && { entries, deletes: await changesOf(extract, entries.rows, null) };
    });
    if (!found) return null;
    const { entries, deletes } = found;
    const to = { seq: entries.seq, digest: digestOf(from.digest, entries) };
    const head = { from: from.seq, fromDigest: from.digest, to: to.seq, toDigest: to.digest, deletes };
    const size = sizeOfRows(file);
    return { from, to, entries, size, body: await packWithRows(JSON.stringify(head satisfies PushRequest), file) };
  });
}

async function noteTaken(
  trx: Transaction,
  station: Station,
  stationId: string,
  { to, entries }: Batch,
  refused: readonly RowRefusal[],
): Promise<void> {
  await noteLink(trx, { pushedSeq: to.seq, pushedDigest: to.digest, lastSuccessAt: station.now() });
  const before = await refusalsOf(trx, stationId, 'out');
  if (before.length > 0) {
    const sent = new Set([...entries.rows].flatMap(([table, ids]) => ids.map((id) => `${table} ${id}`)));
    for (const { table, rowId } of refused) sent.delete(`${table} ${rowId}`);
    for (const { id, tableName, rowId } of before) if (sent.has(`${tableName} ${rowId}`)) await dropRefusal(trx, id);
  }
  for (const { table: tableName, rowId, code, detail } of refused)
    await keepRefusal(trx, {
      id: station.newId(),
      stationId,
      direction: 'out',
      tableName,
      rowId,
      code,
      detail: JSON.stringify({ detail }),
      content: '',
      at: station.now(),
    });
}

async function afterwards(trx: Transaction, stationId: string): Promise<void> {
  const link = await serverLink(trx);
  await forgetEntries(trx, link?.pushedSeq ?? 0, KEPT_ENTRIES);
  for (const { tableName, rowId, attempts } of await refusalsOf(trx, stationId, 'out'))
    if (attempts < ATTEMPTS) await logAgain(trx, tableName, rowId);
}

/**
 * The server has come to another place than we thought. Ahead of us, because its answer was lost: then what it has is what we
 * sent. Or behind, because it was set back: then what it lost is sent again.
 * @throws DomainError `sync.cloned`: what it has from us is not what we sent
 */
async function goOnFrom(store: Store, ours: Position, theirs: Position): Promise<Position> {
  if (theirs.seq > ours.seq) await requireSent(store, ours, theirs);
  else if (theirs.seq === ours.seq) throw new DomainError('sync.cloned');
  else await requireLogged(store, theirs);
  await store.write((trx) => noteLink(trx, { pushedSeq: theirs.seq, pushedDigest: theirs.digest }));
  return theirs;
}

async function requireSent(store: Store, ours: Position, theirs: Position): Promise<void> {
  const entries = await store.read((sql) => ownEntries(sql, ours.seq, BATCH_ENTRIES, theirs.seq));
  const isOurs = entries?.seq === theirs.seq && digestOf(ours.digest, entries) === theirs.digest;
  if (!isOurs) throw new DomainError('sync.cloned');
}

/** What the server lost is in the log, or is logged anew. */
async function requireLogged(store: Store, theirs: Position): Promise<void> {
  const first = await store.read(firstEntry);
  if (first > theirs.seq + 1 || first === 0) await store.write(logOwnRowsAgain);
}
