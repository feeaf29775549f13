import { latestClock, type SharedRow } from '#domain/sync/merge.ts';
import { observeClock } from '#db/repositories/clock.ts';
import { serverLink, type ServerLink } from '#db/repositories/server-link.ts';
import { withBatch, withRowsFile, type Batch } from '#db/sync/batch.ts';
import { noteLink, unsentAmong } from '#db/sync/link.ts';
import { dropIncoming, dropRefusal, keepRefusal, refusedContents } from '#db/sync/refusals.ts';
import { merged, objectOf, rowsByKey } from '#db/sync/shared.ts';
import { unitLiteral } from '#db/sync/scope.ts';
import { SYNCED_TABLES, syncedTable, type SyncedTable } from '#db/sync/tables.ts';
import { putNewRows } from '#db/sync/write-new.ts';
import { dropRows, putRows, type WireRow } from '#db/sync/write.ts';
import type { EachOutcome, Transaction } from '#db/store.ts';
import {
  BATCH_ENTRIES,
  CLOCK_TOLERANCE_MS,
  pack,
  pullAnswer,
  scopeSchema,
  unpackWithRows,
  type PullAnswer,
  type Scope,
} from '../protocol.ts';
import { sendOff, type Asked, type Line } from './line.ts';
import type { Station } from './station.ts';

type Rows = Extract<PullAnswer, { state: 'rows' }>;
type SnapshotReason = Extract<PullAnswer, { state: 'snapshot-needed' }>['reason'];

/**
 * Fetches all that others did since. Returns why a new snapshot is needed instead, or null when up to date; also when it
 * has to wait for what was changed here meanwhile to be sent.
 */
export async function pull(station: Station, line: Line, link: ServerLink): Promise<SnapshotReason | null> {
  let asked = await ask(line, link.pullCursor, scopeSchema.parse(JSON.parse(link.scope)));
  for (;;) {
    const content = await asked.content;
    const outcome = await withRowsFile((file) => takeAnswer(station, line, link, content, file));
    if (!outcome.next) return outcome.reason;
    asked = outcome.next;
  }
}

const ask = async (line: Line, cursor: string, scope: Scope): Promise<Asked> =>
  sendOff(line, 'pull', await pack(JSON.stringify({ cursor, scope, limit: BATCH_ENTRIES })));

/** `next`: the question that follows, if one does. */
type Outcome = Readonly<{ next: Asked | null; reason: SnapshotReason | null }>;

async function takeAnswer(
  station: Station,
  line: Line,
  link: ServerLink,
  content: Buffer,
  file: string,
): Promise<Outcome> {
  const answer = await unpackWithRows(pullAnswer, content, file);
  if (answer.state === 'snapshot-needed') return { next: null, reason: answer.reason };
  const { isMore, cursor, scope } = answer;
  // The next ones travel while these are put in.
  const next = isMore ? await ask(line, cursor, scope) : null;
  next?.content.catch(() => undefined); // told when its turn comes
  const isNothing = cursor === link.pullCursor && !isMore;
  const isIn = isNothing || (await withBatch(file, (batch) => takeIn(station, link, answer, batch)));
  return { next: isIn ? next : null, reason: null };
}

/**
 * Rows and cursor in one transaction: after a crash the station goes on where it was. Returns false, and leaves all as it is,
 * when rows would go of which changes have not been sent yet.
 */
async function takeIn(station: Station, link: ServerLink, answer: Rows, batch: Batch): Promise<boolean> {
  const { cursor, scope, deletes } = answer;
  const beside = batch.file === null ? {} : { beside: batch.file };
  return station.store.replicate({ origin: 'server', log: 'keep', ...beside }, async (trx) => {
    if (await takesAwayUnsent(trx, link, deletes)) return false;
    for (const [name, ids] of deletes) {
      const table = syncedTable(name);
      if (!table) continue;
      await dropRows(trx, table, ids, null);
      await dropIncoming(trx, link.stationId, name, ids);
    }
    for (const table of SYNCED_TABLES) {
      const count = batch.counts.get(table.name) ?? 0;
      if (count === 0) continue;
      const taken = await takeNewRows(trx, station, table, count);
      if (taken < count) await takeInTable(trx, station, link, table, batch.rows(table.name, taken));
    }
    if (batch.file !== null) await tryRefusedAgain(trx, link);
    await noteLink(trx, { pullCursor: cursor, scope: JSON.stringify(scope), lastSuccessAt: station.now() });
    return true;
  });
}

/** Of what several write: a row is seen no more, and somebody here has changed it since the last was sent. */
async function takesAwayUnsent(trx: Transaction, link: ServerLink, deletes: Rows['deletes']): Promise<boolean> {
  const pushedSeq = (await serverLink(trx))?.pushedSeq ?? link.pushedSeq; // what was sent meanwhile is sent
  for (const [name, ids] of deletes)
    if (syncedTable(name)?.writer === 'shared' && (await unsentAmong(trx, name, ids, pushedSeq)).size > 0) return true;
  return false;
}

/** Others' rows that are new here, at the beginning. Returns how many. */
async function takeNewRows(trx: Transaction, { unitId }: Station, table: SyncedTable, count: number): Promise<number> {
  if (table.writer !== 'unit') return 0;
  return putNewRows(trx, { table, unitId, count, unlessAny: [`p.unit_id IS ${unitLiteral(unitId)}`], relay: null });
}

async function takeInTable(
  trx: Transaction,
  station: Station,
  link: ServerLink,
  table: SyncedTable,
  rows: readonly WireRow[],
): Promise<void> {
  const wanted = table.writer === 'unit' ? rows.filter((row) => row[1] !== station.unitId) : rows;
  const ready = table.writer === 'shared' ? await withOurChanges(trx, station, link, table, wanted) : wanted;
  if (ready.length > 0)
    await keepFailed(trx, station, link, table, ready, await putRows(trx, table, ready, 'any', null));
}

/** A shared row that was changed here too, and not sent yet, is merged; any other is as the server has it. */
async function withOurChanges(
  trx: Transaction,
  station: Station,
  link: ServerLink,
  table: SyncedTable,
  rows: readonly WireRow[],
): Promise<WireRow[]> {
  const ids = rows.map(([id]) => String(id));
  const current = await serverLink(trx); // what was sent meanwhile is sent
  const unsent = await unsentAmong(trx, table.name, ids, current?.pushedSeq ?? link.pushedSeq);
  const here = unsent.size === 0 ? new Map<string, SharedRow>() : await rowsByKey(trx, table, [...unsent]);
  const ready: WireRow[] = [];
  let latest = '';
  for (const row of rows) {
    const incoming = await objectOf(trx, table, row);
    const clock = latestClock(incoming);
    if (clock > latest) latest = clock;
    const ours = here.get(String(row[0]));
    const limits = { now: station.now(), tolerance: CLOCK_TOLERANCE_MS * 1000 }; // the server has bounded it already
    ready.push(ours ? (await merged(trx, table, ours, incoming, limits)).wire : row);
  }
  if (latest !== '') await observeClock(trx, latest);
  return ready;
}

/** A row that can't be put in is kept with its content and tried again with whatever comes next. */
async function keepFailed(
  trx: Transaction,
  station: Station,
  { stationId }: ServerLink,
  table: SyncedTable,
  rows: readonly WireRow[],
  { failed }: EachOutcome,
): Promise<void> {
  for (const { index, error } of failed) {
    const row = rows[index] ?? [];
    await keepRefusal(trx, {
      id: station.newId(),
      stationId,
      direction: 'in',
      tableName: table.name,
      rowId: String(row[0]),
      code: 'sync.breaks-a-rule',
      detail: JSON.stringify({ detail: error.message }),
      content: JSON.stringify(row),
      at: station.now(),
    });
  }
}

async function tryRefusedAgain(trx: Transaction, link: ServerLink): Promise<void> {
  for (const { id, tableName, content } of await refusedContents(trx, link.stationId)) {
    const table = syncedTable(tableName);
    if (!table) continue;
    const { failed } = await putRows(trx, table, [JSON.parse(content) as WireRow], 'any', null);
    if (failed.length === 0) await dropRefusal(trx, id);
  }
}
