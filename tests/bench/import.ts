import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { v7 as uuidv7 } from 'uuid';
import { migrateSqlite } from '#db/migrate.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import { startOfBusinessDate } from '#domain/dates.ts';
import { normalizeSearch } from '#domain/search.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { environmentOf } from '#server/environment.ts';
import { BATCH, importOpenRepair, openRepairFile } from '#server/import/open-repair.ts';
import { reportBench } from './lib/bench.ts';

/**
 * The whole import of a real file (reading, checking, the door) beside raw prepared statements that insert the very same rows
 * into the same tables, in transactions of the same size, from rows already parsed. Rounds alternate.
 * (The import may come out ahead: it inserts 32 rows with each statement, and a statement whose triggers fire has its cost.)
 */

const FILE = path.resolve('../shared/data/open-repair/OpenRepairData_v0.3_RepairCafeWales_202507.csv');
const ROUNDS = 3;
const TIMES = 5;

if (!existsSync(FILE)) {
  process.stderr.write(`skipped: ${FILE} is not there\n`);
  process.exit(0);
}

// Beside the checkout, not in the temporary folder: that may be memory, where nothing waits for a disk.
const folder = mkdtempSync(path.resolve('out-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const station = { unitId: uuidv7(), code: 'SH01', name: 'bench', timeZone: 'Europe/London', currency: 'GBP' };

const STATES: Readonly<Record<string, string>> = {
  Fixed: 'closed',
  Repairable: 'waiting-for-parts',
  'End of life': 'unrepairable',
  Unknown: 'registered',
};

const rows = parse<Record<string, string>>(readFileSync(FILE), { columns: true }).map((row) => ({
  id: row['id'] ?? '',
  category: row['product_category'] ?? '',
  partnerCategory: row['partner_product_category']?.trim() ?? '',
  brand: row['brand'] === 'Unknown' ? '' : (row['brand']?.trim() ?? ''),
  state: STATES[row['repair_status'] ?? ''] ?? '',
  barrier: row['repair_barrier_if_end_of_life'] ?? '',
  group: row['group_identifier'] ?? '',
  on: row['event_date'] ?? '',
  problem: row['problem']?.trim() ?? '',
}));
type Row = (typeof rows)[number];

const importRates: number[] = [];
const rawRates: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const imported = await timedImport(path.join(folder, `import-${round}.db`), FILE);
  importRates.push(rows.length / imported.seconds);
  const raw = path.join(folder, `raw-${round}.db`);
  await migrateSqlite(raw);
  rawRates.push(rows.length / rawSeconds(raw));
  compare(path.join(folder, `import-${round}.db`), raw);
}

const small = await peakGrowth(FILE);
const large = path.join(folder, 'large.csv');
await multiply(FILE, large);
const big = await peakGrowth(large);

const importRate = median(importRates);
const rawRate = median(rawRates);
// What grows with the file is SQLite's page cache, up to its 64 MB.
reportBench('import', [
  { name: 'import of a file', figure: importRate, unit: 'rows/s' },
  { name: 'raw prepared statements', figure: rawRate, unit: 'rows/s' },
  { name: 'import / raw', figure: importRate / rawRate, unit: '', atLeast: 0.25 },
  { name: `memory above the start, ${rows.length} rows`, figure: small, unit: 'MB' },
  { name: `memory above the start, ${rows.length * TIMES} rows`, figure: big, unit: 'MB' },
  { name: 'of the larger file beyond the smaller', figure: big - small, unit: 'MB', atMost: 96 },
]);

async function timedImport(database: string, name: string, onBatch = () => {}): Promise<{ seconds: number }> {
  await migrateSqlite(database);
  const store = openSqliteStore(database);
  const refusedRows = { add: async () => {}, place: () => undefined, close: async () => {} };
  const started = performance.now();
  const counts = await importOpenRepair({
    environment: environmentOf(store, station),
    actor: COMMAND_LINE,
    file: await openRepairFile(name),
    refusedRows,
    onProgress: onBatch,
    signal: new AbortController().signal,
  });
  const seconds = (performance.now() - started) / 1000;
  await store.close();
  if (counts.imported !== counts.read) throw new Error(`not everything was imported: ${JSON.stringify(counts)}`);
  return { seconds };
}

/** The most memory the process holds after any batch, above what it holds before, MB. */
async function peakGrowth(name: string): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const onBatch = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  await timedImport(path.join(folder, `${uuidv7()}.db`), name, onBatch);
  return (peak - before) / 1e6;
}

/** The same rows several times, with other ids. */
async function multiply(from: string, to: string): Promise<void> {
  const output = createWriteStream(to);
  for (let copy = 0; copy < TIMES; copy++) {
    let isFirst = true;
    for await (const line of createInterface({ input: createReadStream(from) })) {
      if (!isFirst || copy === 0) output.write(`${line.replace(/^rcwales_/, `copy${copy}_`)}\n`);
      isFirst = false;
    }
  }
  await new Promise((resolve) => output.end(resolve));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Both sides must have written the same rows, or the figures say nothing. */
function compare(imported: string, raw: string): void {
  const [a, b] = [imported, raw].map((name) => new Database(name, { readonly: true }));
  for (const sql of [
    'SELECT COUNT(*) AS n, SUM(LENGTH(search_text)) AS other FROM devices',
    'SELECT COUNT(*) AS n, COUNT(DISTINCT number) AS other FROM work_orders',
    'SELECT COUNT(*) AS n, SUM(LENGTH(symptom)) AS other FROM work_orders',
    'SELECT COUNT(*) AS n, SUM(at) AS other FROM work_order_states',
    'SELECT COUNT(*) AS n, SUM(LENGTH(name)) AS other FROM stores',
  ]) {
    const [ours, theirs] = [a, b].map((database) => JSON.stringify(database?.prepare(sql).get()));
    if (ours !== theirs) throw new Error(`${sql}: ${ours} by the import, ${theirs} by raw statements`);
  }
  a?.close();
  b?.close();
}

/** The limit: nothing but the writes, by statements prepared once, of rows whose values are at hand. */
function rawSeconds(name: string): number {
  const database = new Database(name);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'cache_size = -65536'])
    database.pragma(pragma);
  const insertInto = (table: string, columns: string) =>
    database.prepare(
      `INSERT INTO ${table} (${columns}) VALUES (${columns
        .split(',')
        .map(() => '?')
        .join(',')})`,
    );
  const insertStore = insertInto('stores', 'id,unit_id,name,kind,version,created_at');
  const insertDevice = insertInto(
    'devices',
    'id,unit_id,customer_id,category,brand,model,serial,made_year,bought_on,place_of_purchase,warranty_end_on,note,search_text,version,created_at',
  );
  const insertOrder = insertInto(
    'work_orders',
    'id,unit_id,number,device_id,store_id,origin_key,mode,kind,channel,urgency,warranty_class,symptom,appearance,accessories,visit_address,estimate,state,state_reason,received_on,received_at,received_by_id,completed_at,completed_on,fault,cause,action,travel_fee,discount,audit_note,picked_up_at,version,created_at',
  );
  const insertState = insertInto(
    'work_order_states',
    'id,unit_id,work_order_id,step,from_state,to_state,reason,employee_id,at',
  );
  const { unitId } = station;
  const stores = new Map<string, string>();
  const sequences = new Map<string, number>();
  // Dates are the same few over and over; what they are in milliseconds is at hand, too.
  const instants = new Map(rows.map(({ on }) => [on, 0]));
  for (const on of instants.keys()) instants.set(on, startOfBusinessDate(on, station.timeZone));
  const now = Date.now();

  const storeOf = (group: string) => {
    const known = stores.get(group);
    if (known !== undefined) return known;
    const storeId = uuidv7();
    stores.set(group, storeId);
    insertStore.run(storeId, unitId, group, 'community', 1, now);
    return storeId;
  };
  const numberOf = (on: string) => {
    const sequence = (sequences.get(on) ?? 0) + 1;
    sequences.set(on, sequence);
    return `WO-SH01-${on.slice(2).replaceAll('-', '')}-${String(sequence).padStart(4, '0')}`;
  };

  const insertRow = (row: Row) => {
    const { on, barrier, problem, partnerCategory, brand, state } = row;
    const storeId = storeOf(row.group);
    const [deviceId, orderId] = [uuidv7(), uuidv7()];
    const number = numberOf(on);
    const at = instants.get(on) ?? 0;
    const isFixed = state === 'closed';
    const isCompleted = isFixed || state === 'unrepairable';
    insertDevice.run(
      deviceId,
      unitId,
      null,
      row.category,
      brand,
      '',
      '',
      null,
      null,
      '',
      null,
      partnerCategory,
      normalizeSearch(brand),
      1,
      now,
    );
    insertOrder.run(
      orderId,
      unitId,
      number,
      deviceId,
      storeId,
      `open-repair:${row.id}`,
      'carry-in',
      'repair',
      'counter',
      'normal',
      'out',
      problem || partnerCategory,
      '',
      '',
      '',
      0,
      state,
      barrier,
      on,
      at,
      'command-line',
      isCompleted ? at : null,
      isCompleted ? on : null,
      '',
      '',
      '',
      0,
      0,
      '',
      isFixed ? at : null,
      1,
      now,
    );
    insertState.run(uuidv7(), unitId, orderId, 1, '', 'registered', '', 'command-line', at);
    if (state !== 'registered')
      insertState.run(uuidv7(), unitId, orderId, 2, 'registered', state, barrier, 'command-line', at);
  };
  const insertBatch = database.transaction((batch: readonly Row[]) => batch.forEach(insertRow));

  const started = performance.now();
  for (let i = 0; i < rows.length; i += BATCH) insertBatch.immediate(rows.slice(i, i + BATCH));
  const seconds = (performance.now() - started) / 1000;
  database.close();
  return seconds;
}
