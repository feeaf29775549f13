import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { makeSnapshotFile } from '#db/sync/snapshot-file.ts';
import { SYNCED_TABLES } from '#db/sync/tables.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestCompany, type TestCompany } from './lib/company.ts';
import { givenMarkers, markerOf } from './lib/markers.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Code = keyof TestCompany['places'];

const REGION: Readonly<Record<Code, string>> = { HQ: 'HQ', N: 'N', N1: 'N', N2: 'N', S: 'S', S1: 'S', S2: 'S' };
const SENDS_TO: Readonly<Record<Code, Code>> = { HQ: 'HQ', N: 'S', N1: 'N2', N2: 'N1', S: 'N1', S1: 'S2', S2: 'S1' };
const CODES = Object.keys(REGION) as Code[];

/** Whose rows of a table the station of a unit sees; `below`: the unit itself and those under it. */
function seenOf(audience: string, unit: Code, below: readonly Code[]): Code[] {
  if (audience === 'company') return CODES;
  if (audience === 'region') return CODES.filter((code) => REGION[code] === REGION[unit]);
  if (audience === 'unit') return [...below];
  return CODES.filter((code) => below.includes(code) || below.includes(SENDS_TO[code]));
}

describe.each(DIALECTS)('a snapshot from a server on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('is a station’s beginning', () => {
    let company: TestCompany;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      const { places } = company;
      const units = CODES.map((code) => ({ id: places[code].id, code, to: places[SENDS_TO[code]].id }));
      await givenMarkers(company.store, units);
      await company.run('stations.makeCode', { unitId: places.N1.id }); // a command, an audit line, a code
    });
    afterEach(() => company.close());

    async function snapshotOf(unit: Code) {
      const file = path.join(company.dataFolder, `${unit}.db`);
      const content = await makeSnapshotFile(company.store.address, company.places[unit].id, file, () => undefined);
      return { file, content };
    }

    test.each<[Code, Code[]]>([
      ['N1', ['N1']],
      ['N', ['N', 'N1', 'N2']],
      ['S2', ['S2']],
    ])('with exactly the rows that the unit %s sees', async (unit, below) => {
      const { file } = await snapshotOf(unit);
      const database = new Database(file, { readonly: true });
      const bytes = readFileSync(file);
      for (const { name, key, audience } of SYNCED_TABLES.filter((table) => table.name !== 'units')) {
        const seen = seenOf(audience, unit, below);
        const rows = database.prepare(`SELECT ${key} FROM ${name}`).pluck().all();
        const parent = key === 'employee_id' ? 'employees' : name;
        expect([name, new Set(rows)]).toEqual([name, new Set(seen.map((code) => markerOf(parent, code)))]);
        // Its key may be named by a request that is seen; what it says, nowhere, not even in a page that was given up.
        const columns = database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name) as string[];
        const isIn = (code: Code) => columns.some((column) => bytes.includes(`${markerOf(name, code)}${column}`));
        const leaked = CODES.filter((code) => !seen.includes(code) && isIn(code));
        expect([name, leaked]).toEqual([name, []]);
      }
      expect(database.prepare('SELECT COUNT(*) FROM units').pluck().get()).toBe(7);
      database.close();
    });

    test('without the pay of people outside the unit', async () => {
      const { file } = await snapshotOf('N1');
      const database = new Database(file, { readonly: true });
      const paid = database.prepare('SELECT id FROM employees WHERE base_salary <> 0').pluck().all();
      expect(paid).toEqual([markerOf('employees', 'N1')]);
      database.close();
    });

    test('with balances that follow from its moves, and nothing of what is the server’s own', async () => {
      const { file, content } = await snapshotOf('N');
      const database = new Database(file, { readonly: true });
      const counts = new Map<string, number>();
      const tables = database
        .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
        .pluck()
        .all() as string[];
      for (const table of tables.filter((name) => !SYNCED_TABLES.some((one) => one.name === name)))
        counts.set(table, database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get() as number);
      const filled = [...counts].filter(([, count]) => count > 0);
      expect(Object.fromEntries(filled)).toEqual({
        sequences: expect.any(Number),
        stock_balances: 3,
        sync_session: 1,
      });
      expect(database.prepare('SELECT DISTINCT quantity, value, moves FROM stock_balances').all()).toEqual([
        { quantity: 3000, value: 700, moves: 1 },
      ]);
      expect(content).toMatchObject({ region: company.places.N.id, cursor: { seq: expect.any(Number) } });
      expect([...content.units].toSorted()).toEqual(
        (['N', 'N1', 'N2'] as const).map((code) => company.places[code].id).toSorted(),
      );
      database.close();
    });

    test('in the very schema that a new database has, with all its indexes and triggers', async () => {
      const { file } = await snapshotOf('N1');
      const plain = path.join(company.dataFolder, 'plain.db');
      await migrateSqlite(plain);
      const schemaIn = (filename: string) => {
        const database = new Database(filename, { readonly: true });
        const parts = database.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all();
        const version = database.pragma('user_version', { simple: true });
        database.close();
        return { parts, version };
      };
      expect(schemaIn(file)).toEqual(schemaIn(plain));
    });
  });
});
