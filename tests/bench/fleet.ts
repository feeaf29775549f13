import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { migrateSqlite } from '#db/migrate.ts';
import { openStore, type DatabaseAddress } from '#db/open.ts';
import { createCompanyIn } from '#server/station/create-company.ts';
import { tokenHashOf } from '#sync/central/access.ts';
import { postgresFolder, startPostgres } from '../../build/lib/postgres.mjs';
import { measured, reportBench, type Figure } from './lib/bench.ts';
import type { FleetStation, FleetTask, FleetTold } from './lib/fleet-stations.ts';
import { startMetered, type MeteredProcess } from './lib/processes.ts';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

/**
 * 400 stations in regions of ten send a day's work, 40,000 orders, and fetch what their region did, through one server process
 * on PostgreSQL, then the same through two side by side. Beside it what a push takes when a station is alone with the server.
 * The stations come at random times within a few minutes; the database is durable (fsync on), as in earnest.
 */

const { values } = parseArgs({
  options: {
    stations: { type: 'string', default: '400' },
    orders: { type: 'string', default: '40000' },
    minutes: { type: 'string', default: '3' },
    json: { type: 'boolean' },
  },
});
const STATIONS = Number(values.stations);
const PER_REGION = 10;
const ROUNDS = 10;
const PER_ROUND = Math.round(Number(values.orders) / STATIONS / ROUNDS);
const WINDOW_MS = Number(values.minutes) * 60_000;
const WORKERS = 4;

const folder = mkdtempSync(path.resolve('out-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const bin = postgresFolder();
if (!bin) {
  process.stderr.write('skipped: no PostgreSQL found\n');
  process.exit(0);
}
const cluster = await startPostgres(bin, { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' });
try {
  const template = path.join(folder, 'template.db');
  await migrateSqlite(template);
  const one = await day(template, 1);
  const two = await day(template, 2);
  reportBench('fleet', [
    { name: 'stations', figure: STATIONS, unit: '' },
    { name: 'orders', figure: STATIONS * ROUNDS * PER_ROUND, unit: '' },
    ...figures('1 process', one),
    ...figures('2 processes', two),
    { name: 'time, 2 processes / 1', figure: two.seconds / one.seconds, unit: '' },
  ]);
} finally {
  await cluster.stop();
}

type Day = FleetTold & Readonly<{ seconds: number; idle: number; cpu: number }>;

function figures(name: string, { seconds, pushes, pulls, idle, sent, got, failed, cpu }: Day): Figure[] {
  const p95 = percentile(pushes, 0.95);
  return [
    // The stations come within WINDOW_MS, a hundred times as fast as in earnest; what is over it, the server was behind.
    { name: `${name}: all exchanged`, figure: seconds, unit: 's', atMost: 600 },
    { name: `${name}: rows sent`, figure: sent / seconds, unit: 'rows/s' },
    { name: `${name}: rows fetched`, figure: got / seconds, unit: 'rows/s' },
    { name: `${name}: push alone, p95`, figure: idle, unit: 'ms' },
    { name: `${name}: push, median`, figure: measured(pushes).median, unit: 'ms' },
    { name: `${name}: push, p95`, figure: p95, unit: 'ms' },
    { name: `${name}: p95 / alone`, figure: p95 / idle, unit: '' },
    { name: `${name}: pull, p95`, figure: percentile(pulls, 0.95), unit: 'ms' },
    { name: `${name}: CPU of the server processes`, figure: cpu / 1e6, unit: 's' },
    { name: `${name}: asked again`, figure: failed, unit: 'times' },
  ];
}

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}

async function day(template: string, processes: number): Promise<Day> {
  const address = await databaseFor(`fleet_${processes}`);
  const { stations, workTypeId } = await fleet(address);
  const data = path.join(folder, `server-${processes}`);
  mkdirSync(data);
  const servers: MeteredProcess[] = [];
  const addresses: string[] = [];
  let fingerprint = '';
  for (let n = 0; n < processes; n++) {
    const args = ['server', '--data', data, '--port', '0', '--host', '127.0.0.1', '--json'];
    const server = startMetered(PROGRAMS.cli, args, { DATABASE_URL: address.url });
    const said = JSON.parse((await server.line(/^\{.*/))[0]) as { address: string; fingerprint: string };
    addresses.push(said.address);
    fingerprint = said.fingerprint;
    servers.push(server);
  }
  const common = { servers: addresses, fingerprint, template, workTypeId, ordersPerRound: PER_ROUND };
  const [lone, ...others] = stations;
  if (!lone) throw new Error('no stations');
  const alone = await exchange([{ ...common, stations: [lone], rounds: 40, windowMs: 0 }]);
  const share = Math.ceil(others.length / WORKERS);
  const tasks = Array.from({ length: WORKERS }, (_, n) => others.slice(n * share, (n + 1) * share));
  const began = performance.now();
  const told = await exchange(
    tasks.map((some) => ({ ...common, stations: some, rounds: ROUNDS, windowMs: WINDOW_MS })),
  );
  const seconds = (performance.now() - began) / 1000;
  const used = await Promise.all(servers.map((server) => server.used()));
  for (const server of servers) await server.stop();
  process.stderr.write(`${processes} server processes: all exchanged after ${Math.round(seconds)} s\n`);
  return { ...told, seconds, idle: percentile(alone.pushes, 0.95), cpu: used.reduce((sum, { cpu }) => sum + cpu, 0) };
}

async function exchange(tasks: readonly FleetTask[]): Promise<FleetTold> {
  const workers: MeteredProcess[] = [];
  for (const [n, task] of tasks.entries()) {
    const file = path.join(folder, `task-${n}.json`);
    writeFileSync(file, JSON.stringify(task));
    const worker = startMetered('tests/bench/lib/fleet-stations.ts', [file]);
    workers.push(worker);
    await worker.line(/^ready/);
  }
  for (const worker of workers) worker.say('go');
  const said = await Promise.all(workers.map((worker) => worker.line(/^done (.*)/)));
  for (const worker of workers) await worker.stop();
  const all = said.map(([, text = '']) => JSON.parse(text) as FleetTold);
  const sum = (pick: (told: FleetTold) => number) => all.reduce((total, one) => total + pick(one), 0);
  return {
    pushes: all.flatMap(({ pushes }) => pushes),
    pulls: all.flatMap(({ pulls }) => pulls),
    sent: sum(({ sent }) => sent),
    got: sum(({ got }) => got),
    failed: sum(({ failed }) => failed),
  };
}

async function databaseFor(name: string): Promise<Extract<DatabaseAddress, { kind: 'postgres' }>> {
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  return { kind: 'postgres', url: url.href };
}

/** The company with its regions, outlets, a technician each, and the stations as if they had enrolled. */
async function fleet(address: DatabaseAddress): Promise<{ stations: FleetStation[]; workTypeId: string }> {
  const administrator = { number: 'admin', name: 'admin', password: 'secret2026' };
  const place = { timeZone: 'Asia/Shanghai', currency: 'CNY' };
  const company = { code: 'HQ', name: '总部', kind: 'head-office', ...place, administrator } as const;
  const { unitId: headOffice } = await createCompanyIn(address, company);
  const store = await openStore(address);
  const workTypeId = uuidv7();
  const stations: FleetStation[] = [];
  await store.write(async (trx) => {
    const at = { version: 1, createdAt: Date.now() };
    const unit = async (code: string, kind: string, parentId: string, regionId: string | null) => {
      const id = uuidv7();
      await trx.insert('units', { id, parentId, regionId, code, name: code, kind, ...place, ...at });
      return id;
    };
    const fee = { standardFee: 8000, standardMinutes: 60, isActive: true, ...at };
    await trx.insert('work_types', { id: workTypeId, unitId: headOffice, code: 'W-1', name: '维修', ...fee });
    let region = '';
    for (let n = 0; n < STATIONS; n++) {
      if (n % PER_REGION === 0) region = await unit(`R${n / PER_REGION}`, 'region', headOffice, null);
      const code = `S${n}`;
      const unitId = await unit(code, 'outlet', region, region);
      const technicianId = uuidv7();
      const pay = { grade: 'A', baseSalary: 0, positionPay: 0, gradeAllowance: 0 };
      const person = {
        number: code,
        name: code,
        phone: '',
        position: '',
        ...pay,
        joinedOn: '2020-01-01',
        isActive: true,
      };
      await trx.insert('employees', { id: technicianId, unitId, ...person, ...at });
      const [id, secret] = [uuidv7(), uuidv7()];
      const none = {
        pushedSeq: 0,
        pushedDigest: '',
        pullCursor: '',
        programVersion: '',
        schemaVersion: 0,
        databaseSize: 0,
      };
      const state = { state: 'active', ...none, pendingCount: 0, refusedCount: 0, clockSkew: 0, problem: '' };
      const known = {
        tokenHash: tokenHashOf(secret),
        databaseId: id,
        announced: '[]',
        enrolledAt: Date.now(),
        version: 1,
      };
      await trx.insert('stations', { id, unitId, name: code, ...state, ...known });
      stations.push({ id, token: `${id}.${secret}`, unitId, code, region, technicianId, seed: n * 1000 + 1 });
    }
  });
  await store.close();
  return { stations, workTypeId };
}
