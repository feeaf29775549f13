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
import { sendOff, type Asked, type Line } from './line.ts';
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

/**
 * Batches on their way at once: while the server takes one in, the next comes to it. Only where the server is known to be where
 * we think: the first of a round goes alone.
 */
const ON_THE_WAY = 2;

type Sent = Readonly<{ batch: Batch; isAlone: boolean; asked: Asked }>;

/**
 * Sends all that was done here since the server last heard of it. Returns how many batches that were.
 * @param limit entries in a batch
 */
export async function push(station: Station, line: Line, link: ServerLink, limit = BATCH_ENTRIES): Promise<number> {
  const { store } = station;
  const sent: Sent[] = [];
  let at: Position = { seq: link.pushedSeq, digest: link.pushedDigest };
  let isKnown = false;
  let batches = 0;
  let next = readAhead(store, at, limit);
  for (;;) {
    while (sent.length < (isKnown ? ON_THE_WAY : 1)) {
      const batch = await next;
      if (!batch) break;
      if (sent.length > 0) await noteSent(store, batch.from);
      sent.push({ batch, isAlone: !isKnown, asked: await sendOff(line, 'push', batch.body) });
      next = readAhead(store, batch.to, limit);
    }
    const first = sent.shift();
    if (!first) break;
    const reply = await unpackAs(answer, await first.asked.content);
    if (reply.state === 'taken') {
      await store.write((trx) => noteTaken(trx, station, link.stationId, first.batch, reply.refused));
      at = first.batch.to;
      isKnown = true;
      batches += 1;
    } else {
      // One that overtook another says nothing of where the server is by now: the next that is sent alone does.
      if (first.isAlone) at = await goOnFrom(store, at, reply.pushed);
      isKnown = false;
    }
    if (!isKnown && sent.length === 0) next = readAhead(store, at, limit);
  }
  if (batches > 0) await store.write((trx) => afterwards(trx, link.stationId));
  return batches;
}

/** Read while others are on their way; why it could not be, is told when its turn comes. */
function readAhead(store: Store, from: Position, limit: number): Promise<Batch | null> {
  const batch = nextBatch(store, from, limit);
  batch.catch(() => undefined);
  return batch;
}

/** Where one of two batches ends and the other begins: should both arrive and no answer, what the server has is told by it. */
async function noteSent(store: Store, { seq, digest }: Position): Promise<void> {
  await store.write((trx) => noteLink(trx, { sentSeq: seq, sentDigest: digest }));
}

async function nextBatch(store: Store, from: Position, limit: number): Promise<Batch | null> {
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

/** One batch was sent and not answered, or two; what was noted between them may be of batches that came to nothing. */
async function requireSent(store: Store, ours: Position, theirs: Position): Promise<void> {
  const link = await store.read(serverLink);
  if (await leadsTo(store, ours, theirs)) return;
  const between = { seq: link?.sentSeq ?? 0, digest: link?.sentDigest ?? '' };
  const isBetween = between.seq > ours.seq && between.seq < theirs.seq;
  if (!isBetween || !(await leadsTo(store, between, theirs))) throw new DomainError('sync.cloned');
}

/** What we did in between is what the server has. */
async function leadsTo(store: Store, from: Position, to: Position): Promise<boolean> {
  const entries = await store.read((sql) => ownEntries(sql, from.seq, BATCH_ENTRIES, to.seq));
  return entries?.seq === to.seq && digestOf(from.digest, entries) === to.digest;
}

/** What the server lost is in the log, or is logged anew. */
async function requireLogged(store: Store, theirs: Position): Promise<void> {
  const first = await store.read(firstEntry);
  if (first > theirs.seq + 1 || first === 0) await store.write(logOwnRowsAgain);
}
