import { latestClock, type SharedRow } from '#domain/sync/merge.ts';
import { observeClock } from '#db/repositories/clock.ts';
import { serverLink, type ServerLink } from '#db/repositories/server-link.ts';
import { noteLink, unsentAmong } from '#db/sync/link.ts';
import { dropRefusal, keepRefusal, refusedContents } from '#db/sync/refusals.ts';
import { merged, objectOf, rowsByKey } from '#db/sync/shared.ts';
import { SYNCED_TABLES, syncedTable, type SyncedTable } from '#db/sync/tables.ts';
import { dropRows, putRows, type WireRow } from '#db/sync/write.ts';
import type { EachOutcome, Transaction } from '#db/store.ts';
import {
  BATCH_ENTRIES,
  CLOCK_TOLERANCE_MS,
  pullAnswer,
  scopeSchema,
  type PullAnswer,
  type Scope,
} from '../protocol.ts';
import { ask, type Line } from './line.ts';
import type { Station } from './station.ts';

type Rows = Extract<PullAnswer, { state: 'rows' }>;
type SnapshotReason = Extract<PullAnswer, { state: 'snapshot-needed' }>['reason'];

/** Fetches all that others did since. Returns why a new snapshot is needed instead, or null when up to date. */
export async function pull(station: Station, line: Line, link: ServerLink): Promise<SnapshotReason | null> {
  const from = (cursor: string, scope: Scope) =>
    ask(line, 'pull', JSON.stringify({ cursor, scope, limit: BATCH_ENTRIES }), pullAnswer);
  let next = from(link.pullCursor, scopeSchema.parse(JSON.parse(link.scope)));
  for (;;) {
    const answer = await next;
    if (answer.state === 'snapshot-needed') return answer.reason;
    const { isMore, cursor, scope } = answer;
    if (isMore) {
      // The next ones travel while these are put in.
      next = from(cursor, scope);
      next.catch(() => undefined); // told when its turn comes
    }
    if (cursor !== link.pullCursor || isMore) await takeIn(station, link, answer);
    if (!isMore) return null;
  }
}

/** Rows and cursor in one transaction: after a crash the station goes on where it was. */
async function takeIn(station: Station, link: ServerLink, answer: Rows): Promise<void> {
  const { cursor, scope, deletes, upserts } = answer;
  await station.store.replicate({ origin: 'server', log: 'keep' }, async (trx) => {
    for (const [name, ids] of deletes) {
      const table = syncedTable(name);
      if (table) await dropRows(trx, table, ids, null);
    }
    const byTable = new Map(upserts);
    for (const table of SYNCED_TABLES) {
      const rows = byTable.get(table.name);
      if (rows) await takeInTable(trx, station, link, table, rows);
    }
    if (upserts.length > 0) await tryRefusedAgain(trx, link);
    await noteLink(trx, { pullCursor: cursor, scope: JSON.stringify(scope), lastSuccessAt: station.now() });
  });
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
