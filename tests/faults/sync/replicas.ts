import Database from 'better-sqlite3';
import { writeFileSync } from 'node:fs';
import pg from 'pg';
import type { DatabaseAddress } from '#db/open.ts';
import { SYNCED_TABLES, type SyncedTable } from '#db/sync/tables.ts';
import type { Outlet } from './company.ts';
import type { Places, Reach } from './places.ts';

/** What stands in the databases themselves, read by other means than the product's own. */

export type Rows = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export type Reader = Readonly<{
  /** Columns as the database names them, integers as numbers. */
  all<Row>(text: string): Promise<Row[]>;
  close(): Promise<void>;
}>;

export function openDatabase(address: DatabaseAddress): Promise<Reader> {
  return address.kind === 'sqlite' ? Promise.resolve(openFile(address.filename)) : openServer(address.url);
}

/** Sees one moment of the file, that of the first look, until it is closed. */
export function openFile(filename: string): Reader {
  const database = new Database(filename, { readonly: true, fileMustExist: true, timeout: 10_000 });
  database.exec('BEGIN');
  return {
    all: async <Row>(text: string) => database.prepare(text).all() as Row[],
    close: async () => void database.close(),
  };
}

async function openServer(url: string): Promise<Reader> {
  const types = { getTypeParser: (oid: number) => (oid === 20 || oid === 1700 ? Number : String) };
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  return {
    all: async <Row>(text: string) => (await client.query(text)).rows as Row[],
    close: () => client.end(),
  };
}

/** The unit ids whose rows a table shows to whoever has this reach; null: everyone's. */
export function unitsSeen(table: SyncedTable, reach: Reach): readonly string[] | null {
  if (table.audience === 'company') return null;
  return table.audience === 'region' ? reach.regionUnits : reach.units;
}

/** What a station may have as far as it has come. To be asked before its rows are read: see Places. */
export async function reachOf(station: Reader, { unitId }: Outlet, places: Places): Promise<Reach> {
  const [link] = await station.all<{ pull_cursor: string }>('SELECT pull_cursor FROM server_link');
  return places.reach(unitId, link?.pull_cursor);
}

/** Rows at a station that it may not see, in words. */
export async function strangersIn(station: Reader, outlet: Outlet, reach: Reach): Promise<string[]> {
  const found: string[] = [];
  for (const table of SYNCED_TABLES) {
    const seen = unitsSeen(table, reach);
    if (!seen) continue;
    const list = seen.map((unit) => `'${unit}'`).join(', ');
    const other = table.audience === 'parties' ? ` AND to_unit_id NOT IN (${list})` : '';
    const rows = await station.all<{ id: string; unit_id: string }>(
      `SELECT ${table.key} AS id, unit_id FROM ${table.name} WHERE unit_id NOT IN (${list})${other} LIMIT 5`,
    );
    for (const { id, unit_id } of rows)
      found.push(`${outlet.code} has row ${id} of ${table.name}, which is ${unit_id}'s`);
  }
  const below = reach.units.map((unit) => `'${unit}'`).join(', ');
  const paid = await station.all<{ number: string }>(
    `SELECT number FROM employees WHERE base_salary <> 0 AND unit_id NOT IN (${below}) LIMIT 5`,
  );
  for (const { number } of paid) found.push(`${outlet.code} knows what ${number} of another unit earns`);
  return found;
}

/** What differs between the server's rows that an outlet may see and those its station has, in words, a few for each table. */
export async function differences(central: Reader, station: Reader, { code }: Outlet, reach: Reach): Promise<string[]> {
  const found: string[] = [];
  for (const table of SYNCED_TABLES) {
    const [theirs, ours] = await Promise.all([central, station].map((reader) => rowsOf(reader, table, reach)));
    if (theirs && ours)
      found.push(
        ...differing(table, theirs, ours)
          .slice(0, 3)
          .map((text) => `${code}: ${text}`),
      );
  }
  return found;
}

async function rowsOf(reader: Reader, table: SyncedTable, reach: Reach): Promise<Rows> {
  const seen = unitsSeen(table, reach);
  const list = seen?.map((unit) => `'${unit}'`).join(', ');
  const parties = table.audience === 'parties' ? ` OR to_unit_id IN (${list})` : '';
  const where = list === undefined ? '' : ` WHERE unit_id IN (${list})${parties}`;
  const rows = await reader.all<Record<string, unknown>>(`SELECT * FROM ${table.name}${where}`);
  return new Map(rows.map((row) => [String(row[table.key]), cut(table, row, reach)]));
}

function cut(table: SyncedTable, row: Record<string, unknown>, reach: Reach): Record<string, unknown> {
  return reach.units.includes(String(row['unit_id'])) ? row : { ...row, ...table.cut };
}

function differing(table: SyncedTable, central: Rows, station: Rows): string[] {
  const found: string[] = [];
  for (const [id, row] of central) {
    const here = station.get(id);
    if (!here) found.push(`${table.name} ${id} is at the server only`);
    else
      for (const [column, value] of Object.entries(row))
        if (here[column] !== value)
          found.push(`${table.name} ${id}: ${column} is ${String(value)} at the server, ${String(here[column])} here`);
  }
  for (const id of station.keys()) if (!central.has(id)) found.push(`${table.name} ${id} is at the station only`);
  return found;
}

/** A server's database that goes with its cluster stays as JSON, table by table, for whoever looks into a violation. */
export async function keepAsJson(central: Reader, filename: string): Promise<void> {
  const tables: Record<string, unknown[]> = {};
  for (const name of [...SYNCED_TABLES.map((table) => table.name), 'stations', 'sync_refusals', 'change_log'])
    tables[name] = await central.all(`SELECT * FROM ${name}`);
  writeFileSync(filename, JSON.stringify(tables, null, 1));
}
