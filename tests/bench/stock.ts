import Database from 'better-sqlite3';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { migrateSqlite } from '#db/migrate.ts';
import { verifyStock } from '#db/repositories/stock-verify.ts';
import { openSqliteReader, openSqliteStore } from '#db/sqlite-store.ts';
import { operations, type OutputOf } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { environmentOf } from '#server/environment.ts';
import { openReaders } from '#server/station/readers.ts';
import { measured, reportBench } from './lib/bench.ts';
import { binOf, DOCUMENT_COLUMNS, MOVE_COLUMNS, putLedgerInto, takeOut, WORDS, type Shelf } from './lib/stock-rows.ts';

/**
 * With five million stock moves and 200,000 parts in the database: a ten-line issue through the door beside the very same rows by
 * raw prepared statements; the list of what is on hand, filtered, its first page; and the whole ledger worked through again.
 */

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    moves: { type: 'string', default: '5000000' },
    parts: { type: 'string', default: '200000' },
  },
});
const SIZE = { moves: Number(values.moves), parts: Number(values.parts), seed: 7 };
const VERIFIED_WITHIN = 30; // seconds, of five million; a smaller ledger has its share

// Beside the checkout, not in the temporary folder: that may be memory, where nothing waits for a disk.
const folder = mkdtempSync(path.resolve('out-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const filename = path.join(folder, 'stock.db');
const station = { unitId: uuidv7(), code: 'SH01', name: 'bench', timeZone: 'Asia/Shanghai', currency: 'CNY' };
const say = (text: string): void => console.error(text);

type Filters = Readonly<Partial<Record<'number' | 'name' | 'barcode' | 'bin' | 'warehouse', string>>>;

/** What people type into the filters, each kind as often as the others; of 200,000 they find from one part to a third of all. */
const KINDS: readonly ((i: number) => Filters)[] = [
  (i) => ({ number: String(10 + ((i * 7) % 90)) }),
  (i) => ({ number: String(100 + ((i * 37) % 900)) }),
  (i) => ({ number: `p-0${100 + ((i * 37) % 900)}` }),
  (i) => ({ name: `风叶 ${i % 90}` }),
  (i) => ({ name: WORDS[i % WORDS.length] ?? '' }),
  (i) => ({ barcode: String(1000 + i * 37) }),
  (i) => ({ bin: binOf(i * 7919) }),
  (i) => ({ bin: binOf(i).slice(0, 2) }),
  (i) => ({ warehouse: `${1 + (i % 3)} 号` }),
  (i) => ({ warehouse: `${1 + (i % 3)} 号`, name: WORDS[i % WORDS.length] ?? '' }),
  (i) => ({ name: WORDS[i % WORDS.length] ?? '', number: String(10 + (i % 90)) }),
  (i) => ({ bin: binOf(i).slice(0, 4), name: WORDS[i % WORDS.length] ?? '', warehouse: '仓' }),
];
const [WARM_UP, MEASURED] = [1, 12]; // times each kind

await migrateSqlite(filename);
const made = performance.now();
const shelves = putLedgerInto(filename, { unitId: station.unitId, warehouses: [uuidv7(), uuidv7(), uuidv7()] }, SIZE);
say(`${SIZE.moves} moves of ${SIZE.parts} parts made in ${Math.round((performance.now() - made) / 1000)} s`);

const store = openSqliteStore(filename);
const reader = openSqliteReader(filename);
const figures = [...(await issues()), ...(await lists()), ...(await verified())];
await reader.close();
await store.close();
reportBench('stock', figures);

/** Rounds alternate, so that a slow moment of the disk falls on both. */
async function issues() {
  const [rounds, perRound] = [6, 300];
  const env = environmentOf(store, station);
  const raw = rawIssue();
  const [doorTimes, rawTimes]: [number[], number[]] = [[], []];
  // Each side draws from tens of its own, spread over all there are.
  const tens = Math.floor(shelves.length / 10);
  const ten = (n: number) => {
    const first = ((n * 7919) % tens) * 10;
    return shelves.slice(first, first + 10);
  };
  let n = 0;
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < perRound; i++) {
      const drawn = ten(n++);
      const lines = drawn.map(({ partId }) => ({ partId, quantity: 10, price: 4500 }));
      const warehouseId = drawn[0]?.warehouseId ?? '';
      const input = { kind: 'counter-sale', warehouseId, recipient: '', note: '', lines };
      const request = { actor: COMMAND_LINE, commandId: uuidv7(), input };
      const started = performance.now();
      await perform(env, operations['stock.issue'], request);
      if (round > 0) doorTimes.push(performance.now() - started);
      drawn.forEach((shelf) => takeOut(shelf, 10));
    }
    for (let i = 0; i < perRound; i++) {
      const drawn = ten(n++);
      const started = performance.now();
      raw.run(drawn);
      if (round > 0) rawTimes.push(performance.now() - started);
    }
  }
  raw.close();
  const [door, limit] = [measured(doorTimes), measured(rawTimes)];
  return [
    { name: 'ten-line issue, door', figure: door.perSecond, unit: 'tx/s' },
    { name: 'raw prepared statements', figure: limit.perSecond, unit: 'tx/s' },
    { name: 'door / raw', figure: door.perSecond / limit.perSecond, unit: '', atLeast: 0.5 },
    { name: 'door p99', figure: door.p99, unit: 'ms' },
    { name: 'raw p99', figure: limit.p99, unit: 'ms' },
    { name: 'door p99 / raw p99', figure: door.p99 / limit.p99, unit: '', atMost: 2 },
  ];
}

/** The limit: nothing but the writes, by statements prepared once, of rows whose values are at hand. */
function rawIssue(): Readonly<{ run(drawn: readonly Shelf[]): void; close(): void }> {
  const database = new Database(filename, { timeout: 10_000 });
  for (const setting of [
    'synchronous = FULL',
    'foreign_keys = ON',
    'cache_size = -32768',
    'wal_autocheckpoint = 16000',
  ])
    database.pragma(setting);
  const insertInto = (table: string, columns: string) =>
    database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.replace(/[^,]+/g, '?')})`);
  const document = insertInto('stock_documents', DOCUMENT_COLUMNS);
  const move = insertInto('stock_moves', MOVE_COLUMNS);
  const balance = database.prepare(
    'UPDATE stock_balances SET quantity = ?, value = ?, moves = ? WHERE warehouse_id = ? AND part_id = ?',
  );
  const audit = insertInto(
    'audit_log',
    'at,actor_id,actor_name,command_id,operation,event,entity,entity_id,change,lane,hash',
  );
  const command = insertInto('commands', 'id,operation,actor_id,input_hash,result,at');
  const sequence = database.prepare(
    'INSERT INTO sequences (key,last) VALUES (?,1) ON CONFLICT (key) DO UPDATE SET last = last + 1 RETURNING last',
  );
  const [begin, commit] = [database.prepare('BEGIN IMMEDIATE'), database.prepare('COMMIT')];
  const { unitId } = station;
  const run = (drawn: readonly Shelf[]): void => {
    const [id, commandId, now, on] = [uuidv7(), uuidv7(), Date.now(), '2026-03-15'];
    const warehouseId = drawn[0]?.warehouseId ?? '';
    begin.run();
    const { last } = sequence.get('IS-SH01-RAW') as { last: number };
    const number = `IS-SH01-RAW-${String(last).padStart(4, '0')}`;
    document.run(id, unitId, number, 'issue', 'counter-sale', warehouseId, '', '', on, now, 'command-line');
    drawn.forEach((shelf, line) => {
      const { quantity, value } = takeOut(shelf, 10);
      balance.run(shelf.balance.quantity, shelf.balance.value, shelf.moves, warehouseId, shelf.partId);
      move.run([
        uuidv7(),
        unitId,
        id,
        line + 1,
        warehouseId,
        shelf.partId,
        quantity,
        value,
        4500,
        on,
        now,
        shelf.moves,
      ]);
    });
    const change = JSON.stringify({ after: { number, kind: 'counter-sale', lines: 10, cost: 0, total: 0 } });
    const who = [now, 'command-line', 'command-line', commandId, 'stock.issue', 'issued', 'stock-document', id];
    audit.run(...who, change, 1, hash('sha256', id, 'hex'));
    const result = JSON.stringify({ id, number, cost: 0, total: 0 });
    command.run(commandId, 'stock.issue', 'command-line', hash('sha256', id, 'hex'), result, now);
    commit.run();
  };
  return { run, close: () => void database.close() };
}

/**
 * As the screen asks while somebody types into a filter, of the reader threads: another word each time, the first page of what it
 * finds and, beside it, how many there are and what they are worth, which it shows when they have come.
 */
async function lists() {
  const readers = openReaders({ kind: 'sqlite', filename }, station);
  const [pages, sums]: [number[], number[]] = [[], []];
  for (let i = 0; i < KINDS.length * (WARM_UP + MEASURED); i++) {
    const asked = Object.entries(KINDS[i % KINDS.length]?.(i) ?? {});
    const filters = asked.map(([column, value]) => ({ column, op: 'contains', value }) as const);
    const started = performance.now();
    const after = async <T>(answer: Promise<unknown>, times: number[]): Promise<T> => {
      const found = await answer;
      if (i >= KINDS.length * WARM_UP) times.push(performance.now() - started);
      return found as T;
    };
    const page = { operation: 'stock.onHand', actor: COMMAND_LINE, input: { filters, limit: 100 } } as const;
    const all = { operation: 'stock.onHandSums', actor: COMMAND_LINE, input: { filters } } as const;
    const [{ rows }, { total }] = await Promise.all([
      after<OutputOf<'stock.onHand'>>(readers.query(page), pages),
      after<OutputOf<'stock.onHandSums'>>(readers.query(all), sums),
    ]);
    if (rows.length === 0 || rows.length !== Math.min(total, 100))
      throw new Error(`${rows.length} rows of ${total} found for ${JSON.stringify(asked)}`);
  }
  await readers.close();
  const p95 = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  return [
    { name: 'on hand, filtered, median', figure: measured(pages).median, unit: 'ms' },
    { name: 'on hand, filtered, p95', figure: p95(pages), unit: 'ms', atMost: 50 },
    { name: 'its sums, beside, median', figure: measured(sums).median, unit: 'ms' },
    { name: 'its sums, beside, p95', figure: p95(sums), unit: 'ms' },
  ];
}

async function verified() {
  const started = performance.now();
  const { moves, differenceCount } = await reader.read((sql) => verifyStock(sql));
  const seconds = (performance.now() - started) / 1000;
  if (differenceCount !== 0) throw new Error(`${differenceCount} differences in a ledger that is right`);
  const atMost = VERIFIED_WITHIN * Math.min(1, moves / 5_000_000);
  return [
    { name: 'stock verify', figure: seconds, unit: 's', atMost },
    { name: 'moves worked through', figure: moves / seconds, unit: '/s' },
  ];
}
