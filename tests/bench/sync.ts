import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { migrateSqlite } from '#db/migrate.ts';
import { enrol, inspectServer } from '#sync/station/enrol.ts';
import { createCompany, enrolmentCodes, type Outlet } from '../faults/sync/company.ts';
import { reportBench, type Figure } from './lib/bench.ts';
import { cpuBetween, startMetered, type MeteredProcess } from './lib/processes.ts';
import { openRelay, type Relay } from './lib/relay.ts';
import { certificateIn, moveAtTheLimit, moveByPouch, withoutTriggers, type Moved } from './lib/sync-peers.ts';
import { companyRows, putRowsInto } from './lib/sync-rows.ts';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

/**
 * 100,000 work orders go from a station process to the server process and on to a second station's, over HTTPS on loopback.
 * Their customers and devices are everywhere before. Beside it, with the very same rows: (a) the limit, SQLite to SQLite in
 * batches over HTTPS by prepared statements and nothing else, before and after; (b) PouchDB, LevelDB to LevelDB over HTTPS.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    pouch: { type: 'string', default: '100000' },
    json: { type: 'boolean' },
  },
});
const ROWS = Number(values.rows);
const POUCH_ROWS = Math.min(Number(values.pouch), ROWS);

// Beside the checkout, not in the temporary folder: that may be memory, where nothing waits for a disk.
const folder = mkdtempSync(path.resolve('out-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const ENV = { MENDWAY_SYNC_INTERVAL_MS: '1000' };

type Station = Readonly<{ outlet: Outlet; folder: string; filename: string; relay: Relay }>;

const central = path.join(folder, 'server');
mkdirSync(central);
const serverPort = { now: 0 };
const address = { kind: 'sqlite', filename: path.join(central, 'mendway.db') } as const;
const { outlets } = await createCompany(address, { NO: 1 });
const [second, first] = await enrolled(outlets);
if (!first || !second) throw new Error('two stations are needed');

const counts = { customers: ROWS * 0.4, devices: ROWS * 0.5, orders: ROWS };
const rows = companyRows({ unitId: first.outlet.unitId, code: first.outlet.code, seed: 1 }, counts);
for (const table of ['customers', 'devices'] as const) putRowsInto(first.filename, table, rows[table]);
await carryOver(first, isAllSent(first));
await carryOver(second, has(second, 'devices', rows.devices.at(-1)?.['id']));
putRowsInto(first.filename, 'work_orders', rows.work_orders);

const certificate = await certificateIn(folder);
const limits = [await limit('before')];
const push = await carryOver(first, isAllSent(first));
const pull = await carryOver(second, has(second, 'work_orders', rows.work_orders.at(-1)?.['id']));
limits.push(await limit('after'));
compare(first.filename, second.filename);
const pouch = await moveByPouch(folder, first.filename, certificate, { batch: 'default', count: POUCH_ROWS });
const tuned = await moveByPouch(folder, first.filename, certificate, { batch: 1000, count: POUCH_ROWS });
for (const { relay } of [first, second]) await relay.close(); // or it would wait for them for ever

const rate = ({ rows, seconds }: Moved) => rows / seconds;
const atLimit = limits.reduce((sum, one) => sum + rate(one), 0) / limits.length;
reportBench('sync', [
  { name: 'limit', figure: atLimit, unit: 'rows/s' },
  { name: 'limit, CPU', figure: Math.min(...limits.map((one) => one.cpu / one.rows)), unit: 'µs/row' },
  ...figures('push', push, { batched: rate(pouch.push), tuned: rate(tuned.push) }),
  ...figures('pull', pull, { batched: rate(pouch.pull), tuned: rate(tuned.pull) }),
]);

function figures(name: string, moved: Moved, peer: Readonly<{ batched: number; tuned: number }>): Figure[] {
  return [
    { name, figure: rate(moved), unit: 'rows/s' },
    { name: `${name} / limit`, figure: rate(moved) / atLimit, unit: '', atLeast: 0.6 },
    { name: `PouchDB ${name}`, figure: peer.batched, unit: 'rows/s' },
    { name: `${name} / PouchDB`, figure: rate(moved) / peer.batched, unit: '', atLeast: 12 },
    { name: `PouchDB ${name}, batch 1000`, figure: peer.tuned, unit: 'rows/s' },
    { name: `${name} / PouchDB, batch 1000`, figure: rate(moved) / peer.tuned, unit: '', atLeast: 8 },
    { name: `${name}, CPU of both ends`, figure: moved.cpu / moved.rows, unit: 'µs/row', atMost: 45 },
    { name: `${name}, on the wire`, figure: moved.bytes / moved.rows, unit: 'bytes/row', atMost: 95 },
    { name: `${name}, memory of the larger process`, figure: moved.rss / 1e6, unit: 'MB', atMost: 200 },
  ];
}

async function limit(name: string): Promise<Moved> {
  const target = path.join(folder, `limit-${name}.db`);
  await migrateSqlite(target);
  withoutTriggers(target);
  for (const table of ['customers', 'devices'] as const) putRowsInto(target, table, rows[table]);
  return moveAtTheLimit(first?.filename ?? '', target, certificate);
}

/** Each with a line of its own to the server, shut until it is measured. */
async function enrolled(outlets: readonly Outlet[]): Promise<Station[]> {
  const server = await startServer();
  const codes = await enrolmentCodes(address, outlets);
  const stations: Station[] = [];
  for (const outlet of outlets) {
    const relay = await openRelay(() => serverPort.now);
    void relay.open();
    const place = path.join(folder, outlet.code);
    mkdirSync(place);
    const there = `https://127.0.0.1:${relay.port}`;
    const { fingerprint } = await inspectServer(there);
    const code = codes.get(outlet.code) ?? '';
    await enrol({ dataFolder: place, address: there, code, fingerprint, name: outlet.code });
    relay.shut();
    stations.push({ outlet, relay, folder: place, filename: path.join(place, 'mendway.db') });
  }
  await server.stop();
  return stations;
}

async function startServer(): Promise<MeteredProcess> {
  const server = startMetered(PROGRAMS.cli, ['server', '--data', central, '--port', '0', '--host', '127.0.0.1'], ENV);
  serverPort.now = Number((await server.line(/https:\/\/[^ ]*:(\d+)/))[1]);
  return server;
}

/** Server and station run, and when both are there the line is opened; until `isDone`. */
async function carryOver(station: Station, isDone: () => boolean): Promise<Moved> {
  const server = await startServer();
  const process = startMetered(PROGRAMS.station, ['--data', station.folder, '--port', '0'], ENV);
  await process.line(/http:\/\//);
  await sleep(2000); // its own start is over, and it has found the line shut
  const ends = [server, process];
  const before = await Promise.all(ends.map((one) => one.used()));
  const started = await station.relay.open();
  while (!isDone()) await sleep(20);
  const seconds = (performance.now() - started) / 1000;
  const after = await Promise.all(ends.map((one) => one.used()));
  const bytes = station.relay.bytes();
  station.relay.shut();
  for (const one of ends.toReversed()) await one.stop();
  const rss = Math.max(...after.map((one) => one.rss));
  return { rows: ROWS, seconds, cpu: cpuBetween(before, after), bytes, rss };
}

function isAllSent({ filename }: Station): () => boolean {
  const database = new Database(filename, { readonly: true });
  const sent = database.prepare('SELECT pushed_seq >= (SELECT MAX(seq) FROM change_log) FROM server_link').pluck();
  return () => sent.get() === 1;
}

function has({ filename }: Station, table: string, id: unknown): () => boolean {
  const there = new Database(filename, { readonly: true }).prepare(`SELECT 1 FROM ${table} WHERE id = ?`).pluck();
  return () => there.get(id) === 1;
}

/** Both ends must have the same rows, or the figures say nothing. */
function compare(a: string, b: string): void {
  const sql = `SELECT COUNT(*) AS n, SUM(LENGTH(symptom)) AS symptoms, SUM(estimate + version + received_at % 1000) AS sum,
    COUNT(DISTINCT number) AS numbers, SUM(LENGTH(COALESCE(device_id, ''))) AS devices FROM work_orders`;
  const [ours, theirs] = [a, b].map((name) =>
    JSON.stringify(new Database(name, { readonly: true }).prepare(sql).get()),
  );
  if (ours !== theirs) throw new Error(`${ours} at the first station, ${theirs} at the second`);
}
