import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { migrateSqlite } from '#db/migrate.ts';
import type { DatabaseAddress } from '#db/store.ts';
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
    rounds: { type: 'string', default: '2' },
    json: { type: 'boolean' },
  },
});
const ROWS = Number(values.rows);
const POUCH_ROWS = Math.min(Number(values.pouch), ROWS);

// Beside the checkout, not in the temporary folder: that may be memory, where nothing waits for a disk.
const folder = mkdtempSync(path.resolve('out-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const ENV = { MENDWAY_SYNC_INTERVAL_MS: '1000' };

/** Where a round is held, and its server. */
type Central = Readonly<{ place: string; central: string; address: DatabaseAddress }>;
type Station = Readonly<{ outlet: Outlet; folder: string; filename: string; relay: Relay }>;

const serverPort = { now: 0 };

/** One round: everybody moves the rows once, and the limit before and after. */
type Round = Readonly<{
  limits: readonly Moved[];
  push: Moved;
  pull: Moved;
  pouch: Peer;
  tuned: Peer;
}>;
type Peer = Readonly<{ push: Moved; pull: Moved }>;

const rounds: Round[] = [];
for (let n = 1; n <= Number(values.rounds); n++) rounds.push(await contest(path.join(folder, `round-${n}`)));

const rate = ({ rows, seconds }: Moved) => rows / seconds;
/** The machine is not equally fast all the time: each counts by the best it did. */
const best = (of: (round: Round) => Moved) => Math.max(...rounds.map((round) => rate(of(round))));
const limits = rounds.flatMap((round) => round.limits);
const atLimit = Math.max(...limits.map(rate));
reportBench('sync', [
  { name: 'limit', figure: atLimit, unit: 'rows/s' },
  { name: 'limit, CPU', figure: Math.min(...limits.map((one) => one.cpu / one.rows)), unit: 'µs/row' },
  ...figures('push'),
  ...figures('pull'),
]);

function figures(way: 'push' | 'pull'): Figure[] {
  const ours = best((round) => round[way]);
  const [batched, tuned] = [best(({ pouch }) => pouch[way]), best((round) => round.tuned[way])];
  const moved = rounds.map((round) => round[way]);
  const cpu = Math.min(...moved.map((one) => one.cpu / one.rows));
  const bytes = Math.max(...moved.map((one) => one.bytes / one.rows));
  const memory = Math.max(...moved.map(({ rss }) => rss / 1e6));
  return [
    { name: way, figure: ours, unit: 'rows/s' },
    { name: `${way} / limit`, figure: ours / atLimit, unit: '', atLeast: 0.6 },
    { name: `PouchDB ${way}`, figure: batched, unit: 'rows/s' },
    { name: `${way} / PouchDB`, figure: ours / batched, unit: '', atLeast: 12 },
    { name: `PouchDB ${way}, batch 1000`, figure: tuned, unit: 'rows/s' },
    { name: `${way} / PouchDB, batch 1000`, figure: ours / tuned, unit: '', atLeast: 8 },
    { name: `${way}, CPU of both ends`, figure: cpu, unit: 'µs/row', atMost: 45 },
    { name: `${way}, on the wire`, figure: bytes, unit: 'bytes/row', atMost: 95 },
    { name: `${way}, memory of the larger process`, figure: memory, unit: 'MB', atMost: 200 },
  ];
}

async function contest(place: string): Promise<Round> {
  const central = path.join(place, 'server');
  mkdirSync(central, { recursive: true });
  const server = { place, central, address: { kind: 'sqlite', filename: path.join(central, 'mendway.db') } } as const;
  const { outlets } = await createCompany(server.address, { NO: 1 });
  const [second, first] = await enrolled(server, outlets);
  if (!first || !second) throw new Error('two stations are needed');

  const counts = { customers: ROWS * 0.4, devices: ROWS * 0.5, orders: ROWS };
  const rows = companyRows({ unitId: first.outlet.unitId, code: first.outlet.code, seed: 1 }, counts);
  for (const table of ['customers', 'devices'] as const) putRowsInto(first.filename, table, rows[table]);
  await carryOver(server, first, isAllSent(first));
  await carryOver(server, second, has(second, 'devices', rows.devices.at(-1)?.['id']));
  putRowsInto(first.filename, 'work_orders', rows.work_orders);

  const certificate = await certificateIn(place);
  const limit = async (name: string): Promise<Moved> => {
    const target = path.join(place, `limit-${name}.db`);
    await migrateSqlite(target);
    withoutTriggers(target);
    for (const table of ['customers', 'devices'] as const) putRowsInto(target, table, rows[table]);
    return moveAtTheLimit(first.filename, target, certificate);
  };
  const before = await limit('before');
  const push = await carryOver(server, first, isAllSent(first));
  const pull = await carryOver(server, second, has(second, 'work_orders', rows.work_orders.at(-1)?.['id']));
  const after = await limit('after');
  compare(first.filename, second.filename);
  const pouch = await moveByPouch(place, first.filename, certificate, { batch: 'default', count: POUCH_ROWS });
  const tuned = await moveByPouch(place, first.filename, certificate, { batch: 1000, count: POUCH_ROWS });
  for (const { relay } of [first, second]) await relay.close(); // or it would wait for them for ever
  rmSync(place, { recursive: true, force: true });
  return { limits: [before, after], push, pull, pouch, tuned };
}

/** Each with a line of its own to the server, shut until it is measured. */
async function enrolled(central: Central, outlets: readonly Outlet[]): Promise<Station[]> {
  const server = await startServer(central);
  const codes = await enrolmentCodes(central.address, outlets);
  const stations: Station[] = [];
  for (const outlet of outlets) {
    const relay = await openRelay(() => serverPort.now);
    void relay.open();
    const place = path.join(central.place, outlet.code);
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

async function startServer({ central }: Central): Promise<MeteredProcess> {
  const server = startMetered(PROGRAMS.cli, ['server', '--data', central, '--port', '0', '--host', '127.0.0.1'], ENV);
  serverPort.now = Number((await server.line(/https:\/\/[^ ]*:(\d+)/))[1]);
  return server;
}

/** Server and station run, and when both are there the line is opened; until `isDone`. */
async function carryOver(central: Central, station: Station, isDone: () => boolean): Promise<Moved> {
  const server = await startServer(central);
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
