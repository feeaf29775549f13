import { latestClock } from '#domain/sync/merge.ts';
import { readingOf } from '#domain/clock.ts';
import { columnsOf } from '#db/sync/columns.ts';
import type { Batch } from '#db/sync/batch.ts';
import { danglingRows, danglingWhen, misplacedRows, misplacedWhen } from '#db/sync/references.ts';
import type { Relay } from '#db/sync/log.ts';
import { keepOverwritten, merged, objectOf, rowsByKey } from '#db/sync/shared.ts';
import { unitLiteral, type StationScope } from '#db/sync/scope.ts';
import { SYNCED_TABLES, syncedTable, type SyncedTable } from '#db/sync/tables.ts';
import { putNewRows } from '#db/sync/write-new.ts';
import { dropRows, putRows, setOrigin, type WireRow } from '#db/sync/write.ts';
import type { EachOutcome, Transaction } from '#db/store.ts';
import { CLOCK_TOLERANCE_MS, type PushRequest, type RowRefusal } from '../protocol.ts';

/** What a station pushed is judged row by row: whose it is, who may write it, whether it fits. What doesn't is left out and named. */

export type Sender = Readonly<{
  stationId: string;
  unitId: string;
  scope: StationScope;
  /** Units of other regions by now, and of which: it doesn't know yet that they were parted. */
  parted: ReadonlyMap<string, string>;
  now: number;
  newId(): string;
}>;

/** A refused row with what it was, for head office to look at. */
export type RefusedRow = RowRefusal & Readonly<{ content: WireRow }>;

export type TakenIn = Readonly<{
  refused: readonly RefusedRow[];
  /** Rows that stand now, among them some that may have been refused before. */
  taken: number;
  /** ms that the latest stamp of a shared row is ahead of our clock. */
  ahead: number;
}>;

type Basket = { refused: RefusedRow[]; taken: number; ahead: number };

export async function takeIn(
  trx: Transaction,
  sender: Sender,
  deletes: PushRequest['deletes'],
  batch: Batch,
): Promise<TakenIn> {
  const basket: Basket = { refused: [], taken: 0, ahead: 0 };
  for (const [name, ids] of deletes) await takeOut(trx, sender, name, ids, basket);
  for (const name of batch.counts.keys())
    if (!syncedTable(name)) for (const row of batch.rows(name)) refuse(basket, name, row, 'sync.unknown-table');
  for (const table of SYNCED_TABLES) {
    const count = batch.counts.get(table.name) ?? 0;
    if (count === 0) continue;
    const taken = await takeNewRows(trx, sender, table, batch, count);
    basket.taken += taken;
    if (taken < count) await takeInTable(trx, sender, table, batch, taken, basket);
  }
  return basket;
}

/** The rows at the beginning that are as most are: new, the sender's own, and fitting. Returns how many. */
async function takeNewRows(
  trx: Transaction,
  sender: Sender,
  table: SyncedTable,
  batch: Batch,
  count: number,
): Promise<number> {
  if (trx.dialect !== 'sqlite' || table.writer !== 'unit' || table.audience === 'parties') return 0;
  if (!batch.hasColumns(table.name, await columnsOf(trx, table))) return 0;
  const foreign = `p.unit_id IS NOT ${unitLiteral(sender.unitId)}`;
  const unlessAny = [foreign, ...(await danglingWhen(trx, table)), ...misplacedWhen(table)];
  return putNewRows(trx, { table, unitId: sender.unitId, count, unlessAny, relay: relayOf(sender) });
}

async function takeInTable(
  trx: Transaction,
  sender: Sender,
  table: SyncedTable,
  batch: Batch,
  after: number,
  basket: Basket,
): Promise<void> {
  const isFitting = batch.hasColumns(table.name, await columnsOf(trx, table));
  const owned: WireRow[] = [];
  for (const row of batch.rows(table.name, after)) {
    const code = isFitting ? judge(table, row, sender) : 'sync.bad-row';
    if (code) refuse(basket, table.name, row, code);
    else owned.push(row);
  }
  const dangling = await danglingRows(trx, table, owned);
  for (const [index, column] of dangling) refuse(basket, table.name, owned[index] ?? [], 'sync.breaks-a-rule', column);
  const misplaced = await misplacedRows(trx, table, owned, sender.unitId);
  for (const [index, column] of misplaced)
    if (!dangling.has(index)) refuse(basket, table.name, owned[index] ?? [], 'sync.not-the-owner', column);
  const isGood = (index: number) => !dangling.has(index) && !misplaced.has(index);
  const good = dangling.size + misplaced.size === 0 ? owned : owned.filter((_, index) => isGood(index));
  if (good.length === 0) return;
  if (table.writer === 'shared') return takeInByRegion(trx, sender, table, good, basket);
  const outcome = await putRows(trx, table, good, table.writer === 'latest' ? 'any' : 'same-unit', relayOf(sender));
  note(basket, table, good, outcome);
  if (table.writer === 'unit') await refuseForeign(trx, sender, table, good, outcome, basket);
}

/** The code with which a row is refused before it is tried, or null. The unit is every row's second column. */
function judge(table: SyncedTable, row: WireRow, sender: Sender): string | null {
  if (typeof row[0] !== 'string') return 'sync.bad-row';
  if (table.writer === 'head-office') return 'sync.head-office-only';
  if (table.writer === 'shared') return regionOfRow(row, sender) === undefined ? 'sync.not-the-owner' : null;
  return row[1] === sender.unitId ? null : 'sync.not-the-owner';
}

/** In which region a shared row's unit is; undefined: not in one that the sender may write to. */
const regionOfRow = (row: WireRow, { scope, parted }: Sender): string | undefined =>
  scope.regionUnits.includes(String(row[1])) ? scope.region : parted.get(String(row[1]));

/** A row that met another's under the same key changed nothing: only a repetition of one's own may. */
async function refuseForeign(
  trx: Transaction,
  { unitId }: Sender,
  table: SyncedTable,
  rows: readonly WireRow[],
  { unchanged }: EachOutcome,
  basket: Basket,
): Promise<void> {
  for (const index of unchanged) {
    const row = rows[index];
    const there = row && (await rowsByKey(trx, table, [String(row[0])])).get(String(row[0]));
    if (row && there && there['unit_id'] !== unitId) refuse(basket, table.name, row, 'sync.not-the-owner');
  }
}

/** Those are told of a row that see it now, not those with whom the sender sees it. */
async function takeInByRegion(
  trx: Transaction,
  sender: Sender,
  table: SyncedTable,
  rows: readonly WireRow[],
  basket: Basket,
): Promise<void> {
  for (const [region = '', some] of Map.groupBy(rows, (row) => regionOfRow(row, sender)))
    await takeInShared(trx, { ...sender, scope: { ...sender.scope, region } }, table, some, basket);
}

async function takeInShared(
  trx: Transaction,
  sender: Sender,
  table: SyncedTable,
  rows: readonly WireRow[],
  basket: Basket,
): Promise<void> {
  const here = await rowsByKey(
    trx,
    table,
    rows.map(([id]) => String(id)),
  );
  const asCame: WireRow[] = [];
  const changedByUs: WireRow[] = [];
  for (const row of rows) {
    const incoming = await objectOf(trx, table, row);
    const before = here.get(String(row[0])) ?? incoming; // a new one is merged with itself: its clocks are bounded
    basket.ahead = Math.max(basket.ahead, readingOf(latestClock(incoming)).at - sender.now);
    if (before['unit_id'] !== incoming['unit_id']) {
      refuse(basket, table.name, row, 'sync.not-the-owner');
      continue;
    }
    const result = await merged(trx, table, before, incoming, { now: sender.now, tolerance: CLOCK_TOLERANCE_MS });
    if (result.isOtherThanIncoming) changedByUs.push(result.wire);
    else asCame.push(row);
    for (const one of result.overwritten) {
      const place = { unitId: String(before['unit_id']), table: table.name, rowId: String(row[0]), at: sender.now };
      await asMerged(trx, sender, () => keepOverwritten(trx, { id: sender.newId(), ...place }, one));
    }
  }
  if (asCame.length > 0) note(basket, table, asCame, await putRows(trx, table, asCame, 'any', relayOf(sender)));
  if (changedByUs.length === 0) return;
  const relay = { ...relayOf(sender), origin: MERGED };
  note(basket, table, changedByUs, await asMerged(trx, sender, () => putRows(trx, table, changedByUs, 'any', relay)));
}

/** What came of a merge is news to the station that sent its half, too. */
const MERGED = 'merged';

const relayOf = ({ stationId, scope }: Sender): Relay => ({ origin: stationId, region: scope.region });

async function asMerged<T>(trx: Transaction, { stationId }: Sender, work: () => Promise<T>): Promise<T> {
  await setOrigin(trx, MERGED);
  const result = await work();
  await setOrigin(trx, stationId);
  return result;
}

async function takeOut(
  trx: Transaction,
  { unitId }: Sender,
  name: string,
  ids: readonly string[],
  basket: Basket,
): Promise<void> {
  const table = syncedTable(name);
  const code = !table ? 'sync.unknown-table' : table.writer === 'head-office' ? 'sync.head-office-only' : null;
  if (!table || code) {
    for (const id of ids) refuse(basket, name, [id], code ?? 'sync.unknown-table');
    return;
  }
  const { failed } = await dropRows(trx, table, ids, unitId);
  for (const { index, error } of failed) refuse(basket, name, [ids[index] ?? ''], 'sync.breaks-a-rule', error.message);
}

function note(basket: Basket, table: SyncedTable, rows: readonly WireRow[], { failed }: EachOutcome): void {
  basket.taken += rows.length - failed.length;
  for (const { index, error } of failed)
    refuse(basket, table.name, rows[index] ?? [], 'sync.breaks-a-rule', error.message);
}

function refuse(basket: Basket, table: string, row: WireRow, code: string, detail = ''): void {
  basket.refused.push({ table, rowId: String(row[0] ?? '').slice(0, 100), code, detail, content: row });
}
