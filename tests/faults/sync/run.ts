import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseAddress } from '#db/open.ts';
import { seededRandom } from '#server/sample/random.ts';
import { enrol, inspectServer } from '#sync/station/enrol.ts';
import { openBook, type Book } from './book.ts';
import { createCompany, enrolmentCodes, type Company, type Outlet } from './company.ts';
import { headOffice, moveUnits } from './moves.ts';
import type { Ask } from './people.ts';
import { makeTrouble } from './trouble.ts';
import { deskOf, type Desk } from './outlet.ts';
import { openFaultProxy, type FaultProxy } from './proxy.ts';
import { unsettled, violationsAtRest } from './rest.ts';
import { keepAsJson, openDatabase, openFile, reachOf, strangersIn } from './replicas.ts';
import { doScriptedPlan, planAtRest, planOnScreens, type ScriptedPlan, type Sides } from './scripted-plan.ts';
import { killAll, serviceOf, type Service } from './services.ts';
import { verified } from './verify.ts';
import { openWarehouse, workOn, type Shop } from './work.ts';
import { PROGRAMS } from '../../../build/lib/bundles.mjs';

/** One fault test: a company is set up, works while everything goes wrong, comes to rest, and is looked through. */

export type FaultRun = Readonly<{
  seconds: number;
  seed: number;
  database: 'sqlite' | 'postgres';
  /** Address of a PostgreSQL server; a database of the run's own is made on it. */
  postgresUrl?: string | undefined;
  folder: string;
  say(line: string): void;
}>;

export type Outcome = Readonly<{ violations: readonly string[]; summary: readonly string[] }>;

type Station = Readonly<{ outlet: Outlet; service: Service; proxy: FaultProxy; filename: string; folder: string }>;
type Stage = Readonly<{
  run: FaultRun;
  book: Book;
  central: DatabaseAddress;
  company: Company;
  servers: readonly Service[];
  stations: readonly Station[];
  desks: readonly Desk[];
  askHeadOffice: Ask<'admin'>;
  everything: readonly Service[];
}>;

const REGIONS = { NO: 3, SO: 3 } as const;
const SETTLES_WITHIN_MS = 180_000;

export async function runFaults(run: FaultRun): Promise<Outcome> {
  let stage: Stage | undefined;
  try {
    stage = await setUp(run);
    const shops = await openShops(stage);
    const sides = sidesOf(stage, shops);
    const plan = await scripted(stage, sides);
    await work(stage, shops);
    await comeToRest(stage);
    for (const text of await planOnScreens(sides, plan)) stage.book.violation(text);
    for (const { outlet, folder } of stage.stations)
      for (const text of await verified(folder)) stage.book.violation(`${outlet.code}: sync verify: ${text}`);
    for (const service of stage.everything) await service.kill();
    const stations = new Map(stage.stations.map(({ outlet, filename }) => [outlet, filename]));
    const rest = { ...stage, places: stage.company.places, stations };
    const found = [...(await violationsAtRest(rest)), ...(await planAtRest(rest, plan))];
    const violations = [...stage.book.violations(), ...found];
    if (violations.length > 0 && stage.central.kind === 'postgres') await keepServer(stage);
    return { violations, summary: summaryOf(stage) };
  } finally {
    killAll();
    for (const { proxy } of stage?.stations ?? []) await proxy.close();
  }
}

async function setUp(run: FaultRun): Promise<Stage> {
  const book = openBook();
  const random = seededRandom(run.seed);
  const central = await centralDatabase(run);
  const company = await createCompany(central, REGIONS);
  const codes = await enrolmentCodes(central, company.outlets);
  const servers = serversOf(run, central);
  for (const server of servers) await server.start();
  const upstreams = () => servers.flatMap((server) => server.port() ?? []);
  const stations: Station[] = [];
  const shown = new Set<string>();
  for (const outlet of company.outlets) {
    const proxy = await openFaultProxy({ random: seededRandom(random.between(1, 1e9)), upstreams, delay: 30 });
    proxy.heal();
    const folder = path.join(run.folder, outlet.code);
    mkdirSync(folder, { recursive: true });
    const address = `https://127.0.0.1:${proxy.port}`;
    const { fingerprint } = await inspectServer(address);
    shown.add(fingerprint);
    await enrol({ dataFolder: folder, address, code: codes.get(outlet.code) ?? '', fingerprint, name: outlet.code });
    const args = [PROGRAMS.station, '--data', folder, '--port', '0'];
    const service = serviceOf({ name: outlet.code, folder: run.folder, args, env: settings(run) });
    stations.push({ outlet, service, proxy, folder, filename: path.join(folder, 'mendway.db') });
  }
  for (const { service } of stations) await service.start();
  run.say(`${servers.length} server processes on ${run.database}, ${stations.length} stations`);
  const everything = [...servers, ...stations.map(({ service }) => service)];
  const desks = stations.map(({ outlet, service }) => deskOf(outlet, service, book));
  const askHeadOffice = headOffice(servers, [...shown].join(), book);
  return { run, book, central, company, servers, stations, desks, askHeadOffice, everything };
}

async function centralDatabase({ database, postgresUrl, folder, seed }: FaultRun): Promise<DatabaseAddress> {
  if (database === 'sqlite') {
    const server = path.join(folder, 'server');
    mkdirSync(server, { recursive: true });
    return { kind: 'sqlite', filename: path.join(server, 'mendway.db') };
  }
  if (!postgresUrl) throw new Error('no PostgreSQL server given');
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  const name = `faults_${seed}_${Date.now()}`;
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return { kind: 'postgres', url: url.href };
}

/** On PostgreSQL two side by side, with one certificate. */
function serversOf(run: FaultRun, central: DatabaseAddress): Service[] {
  const data = path.join(run.folder, 'server');
  const args = [PROGRAMS.cli, 'server', '--data', data, '--port', '0'];
  const env = { ...settings(run), ...(central.kind === 'postgres' ? { DATABASE_URL: central.url } : {}) };
  const names = central.kind === 'postgres' ? ['server-1', 'server-2'] : ['server-1'];
  return names.map((name) => serviceOf({ name, folder: run.folder, args, env }));
}

/** Asked often; and what is started over and over needn't be compiled each time. */
const settings = ({ folder }: FaultRun) => ({
  NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
  MENDWAY_SYNC_INTERVAL_MS: '1000',
});

/** People work while machines and line fail and head office moves them about; nobody may see a stranger's rows meanwhile. */
async function work(stage: Stage, shops: readonly Shop[]): Promise<void> {
  const { run, book, company, servers, stations } = stage;
  const random = seededRandom(run.seed + 1);
  for (const { proxy } of stations) proxy.worsen();
  const stop = new AbortController();
  const working = shops.map((shop) => workOn(shop, stop.signal));
  const trouble = makeTrouble({ random, servers, stations, book, stop: stop.signal });
  const moving = move(stage, stop.signal);
  const watching = watch(stations, company, book, stop.signal);
  const started = Date.now();
  for (let left = run.seconds; left > 0; left = run.seconds - (Date.now() - started) / 1000) {
    await sleep(Math.min(left, 15) * 1000);
    const done = Object.values(book.notes()).reduce((sum, n) => sum + n, 0);
    const kills = [...servers, ...stations.map(({ service }) => service)].reduce((sum, one) => sum + one.kills(), 0);
    run.say(`${Math.round((Date.now() - started) / 1000)} s: ${done} things done, ${kills} processes killed`);
  }
  stop.abort();
  await trouble;
  await moving;
  await watching;
  for (const { proxy } of stations) proxy.heal();
  for (const service of [...servers, ...stations.map((one) => one.service)]) service.setClock(0);
  await Promise.all(working);
}

/** Every outlet has a warehouse, and every other may ship to it as soon as it knows of it. */
async function openShops({ desks, company, book, run }: Stage): Promise<Shop[]> {
  const warehouses = new Map<string, string>();
  for (const desk of desks) warehouses.set(desk.outlet.unitId, await openWarehouse(desk, company, book));
  const customers = new Map(company.outlets.map(({ unitId }) => [unitId, [] as string[]]));
  return desks.map((desk, n) => ({
    desk,
    desks,
    company,
    random: seededRandom(run.seed + 100 + n),
    book,
    cases: [],
    customers,
    warehouseId: warehouses.get(desk.outlet.unitId) ?? '',
    warehouses,
  }));
}

/** An outlet and the centre above it. */
function sidesOf({ book, company, stations }: Stage, shops: readonly Shop[]): Sides {
  const sides = stations.flatMap(({ outlet: { unitId }, proxy }) => {
    const shop = shops.find(({ desk }) => desk.outlet.unitId === unitId);
    return shop ? [{ desk: shop.desk, proxy, warehouseId: shop.warehouseId }] : [];
  });
  const { centres, regionOf } = company.places;
  const centre = sides.find(({ desk }) => centres.includes(desk.outlet.unitId));
  const above = centre?.desk.outlet.unitId;
  const outlet = sides.find((side) => side !== centre && regionOf(side.desk.outlet.unitId) === above);
  if (!centre || !outlet) throw new Error('a centre with an outlet is needed');
  return { outlet, centre, partIds: company.partIds, book };
}

async function scripted({ run }: Stage, sides: Sides): Promise<ScriptedPlan> {
  const started = Date.now();
  const plan = await doScriptedPlan(sides);
  run.say(`the scripted plan went its way within ${Math.round((Date.now() - started) / 1000)} s`);
  return plan;
}

function move({ run, book, company, central, stations, askHeadOffice: ask }: Stage, stop: AbortSignal): Promise<void> {
  const random = seededRandom(run.seed + 2);
  return moveUnits({ random, company, central, stations, ask, book, stop });
}

async function watch(stations: readonly Station[], { places }: Company, book: Book, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    for (const { outlet, filename } of stations) {
      const station = openFile(filename);
      const reach = await reachOf(station, outlet, places);
      for (const text of await strangersIn(station, outlet, reach)) book.violation(text);
      await station.close();
    }
    await sleep(2000, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Until nothing waits and all replicas are equal, or it takes too long. */
async function comeToRest({ run, central, company, stations, desks, book }: Stage): Promise<void> {
  const files = new Map(stations.map(({ outlet, filename }) => [outlet, filename]));
  const started = Date.now();
  for (;;) {
    for (const desk of desks) await desk.ask('desk', 'sync.now', {});
    const left = await unsettled({ central, stations: files, places: company.places, book });
    const seconds = Math.round((Date.now() - started) / 1000);
    if (left.length === 0) return run.say(`at rest after ${seconds} s`);
    if (Date.now() - started > SETTLES_WITHIN_MS) return run.say(`not at rest after ${seconds} s`);
    await sleep(1000);
  }
}

async function keepServer({ run, central }: Stage): Promise<void> {
  const server = await openDatabase(central);
  await keepAsJson(server, path.join(run.folder, 'server.json'));
  await server.close();
}

function summaryOf({ book, stations, everything }: Stage): string[] {
  const fates = new Map<string, number>();
  for (const { proxy } of stations)
    for (const [fate, n] of Object.entries(proxy.counts)) fates.set(fate, (fates.get(fate) ?? 0) + n);
  return [
    `documents confirmed: ${book.documents().length}`,
    `processes killed: ${everything.map((one) => `${one.name} ${one.kills()}`).join(', ')}`,
    `connections: ${[...fates].map(([fate, n]) => `${fate} ${n}`).join(', ')}`,
    `done: ${Object.entries(book.notes())
      .map(([what, n]) => `${what} ${n}`)
      .join(', ')}`,
  ];
}
