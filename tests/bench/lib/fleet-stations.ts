import Database from 'better-sqlite3';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { LATEST_VERSION } from '#db/migrate.ts';
import { withBatch, withRowsFile } from '#db/sync/batch.ts';
import { syncedTable } from '#db/sync/tables.ts';
import { seededRandom } from '#server/sample/random.ts';
import {
  BATCH_ENTRIES,
  pack,
  packWithRows,
  PROTOCOL_VERSION,
  pullAnswer,
  unpack,
  unpackWithRows,
} from '#sync/protocol.ts';
import { openClient, type Client } from '#sync/station/https.ts';
import { givenBatch } from '../../helpers/batch.ts';
import { companyRows, statesOf, type Values } from './sync-rows.ts';

/**
 * Many stations in one process, as the server hears them: the protocol with whole batches of real rows, but no database behind,
 * so that the machine they share with the server is the server's.
 */

export type FleetStation = Readonly<{
  id: string;
  token: string;
  unitId: string;
  code: string;
  region: string;
  technicianId: string;
  seed: number;
}>;

export type FleetTask = Readonly<{
  stations: readonly FleetStation[];
  /** https://127.0.0.1:port; stations take them in turn. */
  servers: readonly string[];
  fingerprint: string;
  /** A migrated database, for the columns of its tables. */
  template: string;
  workTypeId: string;
  rounds: number;
  ordersPerRound: number;
  /** The rounds fall at random into so much time. */
  windowMs: number;
}>;

/** ms of every push and pull; how many rows came and went. */
export type FleetTold = Readonly<{ pushes: number[]; pulls: number[]; sent: number; got: number; failed: number }>;

/** Both packed. */
type Ask = (path: string, question: Buffer) => Promise<Buffer>;
type Place = { seq: number; digest: string; cursor: string };

const [file = ''] = process.argv.slice(2);
const task = JSON.parse(readFileSync(file, 'utf8')) as FleetTask;
const told = { pushes: [] as number[], pulls: [] as number[], sent: 0, got: 0, failed: 0 };
const known = new Map<string, readonly Column[]>();
const template = new Database(task.template, { readonly: true });

const lives = task.stations.map((station) => ({ station, days: daysOf(station) }));
console.log('ready');
await once(createInterface({ input: process.stdin }), 'line');
await Promise.all(lives.map(({ station, days }, n) => liveThrough(station, days, n)));
console.log(`done ${JSON.stringify(told satisfies FleetTold)}`);
await new Promise(() => {}); // what it has used is asked for

async function liveThrough(station: FleetStation, days: readonly Upserts[], n: number): Promise<void> {
  const random = seededRandom(station.seed);
  const address = task.servers[n % task.servers.length] ?? '';
  const client = openClient({ address, fingerprint: task.fingerprint, timeoutMs: 120_000 });
  const ask = asking(client, station);
  const place: Place = { seq: 0, digest: '', cursor: '' };
  const times = days.map(() => random.next() * task.windowMs).toSorted((a, b) => a - b);
  const began = performance.now();
  for (const [i, upserts] of days.entries()) {
    await sleep(Math.max(0, (times[i] ?? 0) - (performance.now() - began)));
    await round(ask, station, place, upserts);
  }
  // When everybody has sent, what came last.
  await sleep(Math.max(0, task.windowMs - (performance.now() - began)));
  await fetchAll(ask, station, place);
  client.close();
}

/** What was sent and got no answer is sent again, as a station does. */
function asking(client: Client, { token }: FleetStation): Ask {
  return async (path, packed) => {
    const headers = { 'content-type': 'application/zstd', authorization: `Bearer ${token}` };
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await client.request({ method: 'POST', path: `/sync/v1/${path}`, headers, body: packed });
        const content = await answer.body();
        if (answer.status === 200) return content;
        throw new Error(`${path}: ${answer.status} ${content.toString()}`);
      } catch (error) {
        told.failed += 1;
        if (attempt === 5) throw error;
        await sleep(500 * attempt);
      }
    }
  };
}

type Upserts = readonly (readonly [table: string, rows: readonly (readonly (string | number | null)[])[]])[];

async function round(ask: Ask, station: FleetStation, place: Place, upserts: Upserts): Promise<void> {
  await ask('hello', await pack(JSON.stringify(helloOf(station))));
  const rows = upserts.reduce((sum, [, some]) => sum + some.length, 0);
  const to = { seq: place.seq + rows, digest: `${station.code}-${place.seq + rows}` };
  const head = { from: place.seq, fromDigest: place.digest, to: to.seq, toDigest: to.digest, deletes: [] };
  const tables = upserts.map(([name, some]) => [name, columnsOf(name).map((column) => column.name), some] as const);
  const packed = await withRowsFile(async (file) => {
    await writeFile(file, givenBatch(tables));
    return packWithRows(JSON.stringify(head), file);
  });
  const began = performance.now();
  requireTaken(await unpack(await ask('push', packed)));
  told.pushes.push(performance.now() - began);
  told.sent += rows;
  Object.assign(place, to);
  await fetchAll(ask, station, place);
}

async function fetchAll(ask: Ask, station: FleetStation, place: Place): Promise<void> {
  for (let isMore = true; isMore;) {
    const scope = { region: station.region, units: [station.unitId] };
    const pulled = performance.now();
    const content = await ask(
      'pull',
      await pack(JSON.stringify({ cursor: place.cursor, scope, limit: BATCH_ENTRIES })),
    );
    told.pulls.push(performance.now() - pulled);
    isMore = await withRowsFile((file) => took(content, place, file));
  }
}

/** Only what the next question needs, and how many rows: they are no concern of a station without a database. */
async function took(content: Buffer, place: Place, file: string): Promise<boolean> {
  const head = await unpackWithRows(pullAnswer, content, file);
  if (head.state !== 'rows') throw new Error(`unexpected: ${head.reason}`);
  place.cursor = head.cursor;
  told.got += await withBatch(file, async ({ counts }) => [...counts.values()].reduce((sum, count) => sum + count, 0));
  return head.isMore;
}

function requireTaken(text: string): void {
  const answer = z
    .object({ state: z.literal('taken'), refused: z.array(z.unknown()).max(0) })
    .safeParse(JSON.parse(text));
  if (!answer.success) throw new Error(`a push was not taken: ${text.slice(0, 500)}`);
}

function helloOf({ id }: FleetStation) {
  const state = { databaseSize: 1, pendingCount: 0, refusedCount: 0, problem: '', announced: [] };
  const program = { protocol: PROTOCOL_VERSION, schema: LATEST_VERSION, program: 'bench', databaseId: id };
  return { ...program, now: Date.now(), ...state };
}

/** A day's work of a station in rounds: customers, devices, orders with six states, who did them and for how much. */
function daysOf({ unitId, code, seed, technicianId }: FleetStation): Upserts[] {
  return Array.from({ length: task.rounds }, (_, n) => {
    const orders = task.ordersPerRound;
    const counts = { customers: Math.ceil(orders * 0.7), devices: orders, orders };
    const rows = companyRows({ unitId, code: `${code}${n}`, seed: seed + n }, counts);
    const own = { unit_id: unitId };
    const of = (order: Values) => ({ ...own, work_order_id: order['id'] ?? null });
    const technicians = rows.work_orders.map((order): Values => ({
      id: `${order['id']}-t`,
      ...of(order),
      employee_id: technicianId,
      share_bp: 10_000,
    }));
    const labour = rows.work_orders.map((order): Values => ({
      id: `${order['id']}-l`,
      ...of(order),
      work_type_id: task.workTypeId,
      fee: 8000,
      units: 1000,
    }));
    const states = statesOf(rows.work_orders, 6);
    const tables = {
      ...rows,
      work_order_states: states,
      work_order_technicians: technicians,
      work_order_labour: labour,
    };
    return Object.entries(tables).map(([name, some]) => [name, some.map((row) => wireOf(name, row))] as const);
  });
}

/** In the order of columns that the server expects; what isn't said is as the column has it. */
function wireOf(name: string, row: Values): (string | number | null)[] {
  return columnsOf(name).map(({ name: column, fallback }) => row[column] ?? fallback);
}

type Column = Readonly<{ name: string; fallback: string | number | null }>;

function columnsOf(name: string): readonly Column[] {
  const before = known.get(name);
  if (before) return before;
  type Info = { name: string; type: string; notnull: number; dflt_value: string | null };
  const key = syncedTable(name)?.key;
  const rank = (column: string) => (column === key ? 0 : column === 'unit_id' ? 1 : 2);
  const columns = (template.pragma(`table_info(${name})`) as Info[])
    .toSorted((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1))
    .map(({ name: column, type, notnull, dflt_value }) => {
      const isNumber = type.toLowerCase() === 'integer';
      const given = dflt_value?.replaceAll("'", '') ?? (isNumber ? '0' : '');
      return { name: column, fallback: notnull ? (isNumber ? Number(given) : given) : null };
    });
  known.set(name, columns);
  return columns;
}
