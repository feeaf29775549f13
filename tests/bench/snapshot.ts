import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { inspectServer } from '#sync/station/enrol.ts';
import { createCompany, enrolmentCodes } from '../faults/sync/company.ts';
import { reportBench } from './lib/bench.ts';
import { startMetered, type Metered } from './lib/processes.ts';
import { certificateIn } from './lib/sync-peers.ts';
import { companyRows, putRowsInto, statesOf } from './lib/sync-rows.ts';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

/**
 * A new station process takes over a million rows from the server process, which prepares a snapshot as soon as a code is out
 * for the unit: from its request to a database that can be worked with. Beside it, in turn, the very same SQLite file copied
 * over HTTPS and opened.
 */

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, json: { type: 'boolean' } } });
const ROWS = Number(values.rows);

// Beside the checkout, not in the temporary folder: that may be memory, where nothing waits for a disk.
const folder = mkdtempSync(path.resolve('out-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const central = path.join(folder, 'server');
mkdirSync(central);
const address = { kind: 'sqlite', filename: path.join(central, 'mendway.db') } as const;
const { outlets } = await createCompany(address, { NO: 1 });
const [centre, outlet] = outlets;
if (!centre || !outlet) throw new Error('two outlets are needed');
fill(address.filename, outlet.unitId, outlet.code);

const server = startMetered(PROGRAMS.cli, ['server', '--data', central, '--port', '0', '--host', '127.0.0.1']);
const there = (await server.line(/https:\/\/[^ "]+/))[0];
const { fingerprint } = await inspectServer(there);

const first = await newStation('first', outlet.code);
const station = path.join(folder, 'first', 'mendway.db');
const file = path.join(folder, 'whole.db');
copyWhole(station, file);
const copied = [await copy('copy-1')];
// Of another unit, so that this one, too, is made for it.
const second = await newStation('second', centre.code);
copied.push(await copy('copy-2'));
const again = await newStation('third', centre.code);
const { rss: serverRss } = await server.used();
await server.stop();

const preparing = Math.min(first.prepared, second.prepared);
const copying = Math.min(...copied.map(({ seconds }) => seconds));
const taking = [first, second].map(({ seconds }) => seconds);
reportBench('snapshot', [
  { name: 'rows', figure: rowsIn(station), unit: '' },
  { name: 'file', figure: statSync(file).size / 1e6, unit: 'MB' },
  { name: 'copied over HTTPS and opened', figure: copying, unit: 's' },
  { name: 'snapshot prepared after its code', figure: preparing, unit: 's' },
  { name: 'new station', figure: Math.min(...taking), unit: 's' },
  { name: 'new station, snapshot kept', figure: again.seconds, unit: 's' },
  { name: 'new station / copied', figure: Math.min(...taking) / copying, unit: '', atMost: 2 },
  { name: 'memory of the server', figure: serverRss / 1e6, unit: 'MB' },
  { name: 'memory of the station', figure: first.used.rss / 1e6, unit: 'MB' },
]);

/** A million rows in all: orders with six states each, their customers and devices. */
function fill(filename: string, unitId: string, code: string): void {
  const orders = Math.round(ROWS / 7.9);
  const counts = { customers: Math.round(orders * 0.4), devices: Math.round(orders * 0.5), orders };
  const rows = companyRows({ unitId, code, seed: 1 }, counts);
  for (const table of ['customers', 'devices', 'work_orders'] as const)
    putRowsInto(filename, table, rows[table], 'bench');
  putRowsInto(filename, 'work_order_states', statesOf(rows.work_orders, 6), 'bench');
}

/** What is still in the log beside the file comes into it before. */
function copyWhole(from: string, to: string): void {
  const database = new Database(from);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  copyFileSync(from, to);
}

type Timed = Readonly<{ seconds: number; used: Metered }>;

/** `prepared`: after how many seconds the snapshot was there. */
async function newStation(name: string, code: string): Promise<Timed & Readonly<{ prepared: number }>> {
  const place = path.join(folder, name);
  mkdirSync(place);
  const codes = await enrolmentCodes(
    address,
    outlets.filter((one) => one.code === code),
  );
  const started = performance.now();
  const unitId = outlets.find((one) => one.code === code)?.unitId ?? '';
  while (!existsSync(path.join(central, 'snapshots', `${unitId}.json`))) await sleep(100);
  const prepared = (performance.now() - started) / 1000;
  const taken = await timed('tests/bench/lib/enrol-station.ts', [place, there, fingerprint, codes.get(code) ?? '']);
  return { ...taken, prepared };
}

async function copy(name: string): Promise<Timed> {
  const certificate = await certificateIn(folder);
  const source = startMetered('tests/bench/lib/copy-server.ts', [file, certificate]);
  const port = (await source.line(/^port (\d+)/))[1] ?? '';
  const args = [path.join(folder, `${name}.db`), port, certificate];
  const result = await timed('tests/bench/lib/copy-station.ts', args);
  await source.stop();
  return result;
}

async function timed(script: string, args: readonly string[]): Promise<Timed> {
  const taker = startMetered(script, args);
  await taker.line(/^ready/);
  const started = performance.now();
  taker.say('go');
  const [, orders] = await taker.line(/^done (\d+)/);
  const seconds = (performance.now() - started) / 1000;
  if (Number(orders) === 0) throw new Error(`${script} brought no orders`);
  const used = await taker.used();
  await taker.stop();
  return { seconds, used };
}

function rowsIn(filename: string): number {
  const database = new Database(filename, { readonly: true });
  const counts = ['customers', 'devices', 'work_orders', 'work_order_states'].map((table) =>
    Number(database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get()),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
