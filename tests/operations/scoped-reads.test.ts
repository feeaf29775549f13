import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scopedSql, scopedTransaction, scopeOf, type Scope } from '#db/scoped.ts';
import type { Sql } from '#db/store.ts';
import { WORK_ORDER_LISTING } from '#db/repositories/work-order-list.ts';
import { customersContaining } from '#db/repositories/customer-search.ts';
import { dispatchQueue } from '#db/repositories/dispatch.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenBusiness, givenCatalogue } from '../helpers/unit-business.ts';
import { openTestCompany, type TestCompany } from '../helpers/units.ts';

/** Tables whose rows the whole company sees though each says whose it is. */
const COMPANY_WIDE = [
  'commission_rules',
  'contract_events',
  'contracts',
  'deadline_rules',
  'departments',
  'installation', // one row
  'part_barcodes',
  'part_models',
  'part_prices',
  'part_suppliers',
  'parts',
  'pay_items',
  'pay_terms',
  'people', // for finding by id whom a row names
  'stores',
  'suppliers',
  'work_types',
];

describe.each(DIALECTS)('reads cut to a scope on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a company', () => {
    let company: TestCompany;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
    });
    afterEach(() => company.close());

    const scopeFor = (unit: keyof TestCompany['ids'], reach: Scope['reach'] = 'unit') =>
      company.store.read((sql) => scopeOf(sql, company.ids[unit], company.ids.HQ, reach));

    const required = (scope: Scope | undefined): Scope => {
      if (!scope) throw new Error('no scope');
      return scope;
    };

    test('every table that says whose its rows are is cut, or stands among those of the whole company', async () => {
      const nobody: Scope = { units: ['nobody'], region: ['nobody'], isHere: false, reach: 'unit' };
      const tables = await company.rows<{ name: string }>(
        dialect === 'sqlite'
          ? `SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c ON c.name = 'unit_id' ORDER BY 1`
          : `SELECT table_name AS name FROM information_schema.columns
             WHERE table_schema = 'public' AND column_name = 'unit_id' ORDER BY 1`,
      );
      expect(tables.length).toBeGreaterThan(30);
      const left = await company.store.read(async (sql) => {
        const seen: string[] = [];
        const scoped = scopedSql({ ...sql, dialect, all: async (text) => [text] as never }, nobody);
        for (const { name } of tables)
          if ((await scoped.all<string>(`SELECT * FROM ${name}`))[0] === `SELECT * FROM ${name}`) seen.push(name);
        return seen;
      });
      expect(left).toEqual(COMPANY_WIDE);
    });

    test('a scope that covers everything costs nothing, and one unit alone has none', async () => {
      expect(await scopeFor('HQ')).toBeUndefined();
      expect(await company.store.read((sql) => scopeOf(sql, '', company.ids.HQ, 'unit'))).toBeUndefined();
      expect(await scopeFor('EA01')).toMatchObject({ units: [company.ids.EA01], isHere: false });
      expect(required(await scopeFor('EA01')).region.toSorted()).toEqual(
        [company.ids.EAST, company.ids.EA01, company.ids.EA02].toSorted(),
      );
    });

    test('texts of every shape are cut alike: with expressions of their own, recursive, in pieces, to be locked', async () => {
      const catalogue = await givenCatalogue(company);
      const east = await givenBusiness(company, 'EA01', catalogue);
      const west = await givenBusiness(company, 'WE01', catalogue);
      const scope = required(await scopeFor('EAST'));
      await company.store.write(async (raw) => {
        const trx = scopedTransaction(raw, scope);
        const count = async (text: string) => (await trx.first<{ n: number }>(text))?.n;
        expect(await count('SELECT COUNT(*) AS n FROM work_orders')).toBe(3);
        expect(await count('select count(*) as n from "work_orders" as w')).toBe(3);
        expect(await count('WITH a AS (SELECT id FROM work_orders) SELECT COUNT(*) AS n FROM a')).toBe(3);
        expect(
          await count(
            `WITH RECURSIVE up AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM up WHERE i < 2)
             SELECT COUNT(*) AS n FROM up, work_orders`,
          ),
        ).toBe(6);
        const pieces: unknown[] = [];
        for await (const piece of trx.chunks('SELECT id FROM work_orders', [], 2)) pieces.push(piece);
        expect(pieces.map((piece) => (piece as unknown[]).length)).toEqual([2, 1]);
        const locking = `SELECT * FROM work_orders WHERE id = ?${trx.forUpdate}`;
        expect(await trx.first(locking, [east.done.id])).toBeDefined();
        expect(await trx.first(locking, [west.done.id])).toBeUndefined();
        expect(await trx.all(locking, [west.done.id])).toEqual([]);
        // What is written isn't looked at here: the database keeps each row to one writer.
        expect(await trx.run("UPDATE employees SET phone = '' WHERE unit_id = ?", [company.ids.WE01])).toBeGreaterThan(
          0,
        );
      });
    });

    test('the log of a database is for those whose unit it serves; others see what their own people did', async () => {
      const head = await company.at('HQ');
      await expect(head.run('session.signIn', { number: 'nobody', password: 'wrong' })).rejects.toThrow();
      await givenBusiness(company, 'EA01', await givenCatalogue(company));
      await company.at('HQ');
      const regional = await company.personOf('EAST', ['manager']);
      const theirs = await head.run('auditLog.list', { limit: 500 }, regional);
      expect(theirs.total).toBeGreaterThan(5);
      expect(theirs.rows.map(({ operation }) => operation)).not.toContain('session.signIn');
      const all = await head.run('auditLog.list', { limit: 500 }, 'manager');
      expect(all.rows.map(({ operation }) => operation)).toContain('session.signIn');
      expect(all.total).toBeGreaterThan(theirs.total);
    });
  });
});

/** `SCAN w USING COVERING INDEX i` and `SCAN main.work_orders USING INDEX i` go the same way. */
const withoutNames = (step: string): string => step.replace(/^(SCAN|SEARCH) \S+/, '$1').replace('COVERING ', '');

describe('on SQLite a scope changes no plan', () => {
  let company: TestCompany;
  beforeEach(async () => {
    company = await openTestCompany();
  });
  afterEach(() => company.close());

  const { from } = WORK_ORDER_LISTING;
  const list = `SELECT w.id, c.name, d.brand FROM ${from} ORDER BY w.received_on DESC, w.number DESC LIMIT 100`;

  test.each<readonly [string, (sql: Sql) => Promise<unknown>]>([
    ['the list of work orders', (sql) => sql.all(list)],
    ['counting them', (sql) => sql.all(`SELECT COUNT(*) AS n FROM ${from}`)],
    ['the dispatch queue', (sql) => dispatchQueue(sql, '', 300)],
    ['the search for customers', (sql) => customersContaining(sql, '99999', 12)],
  ])('%s reads the same indexes', async (_, read) => {
    const scope: Scope = { units: ['a', 'b'], region: ['a', 'b'], isHere: true, reach: 'unit' };
    const plans = await company.store.read(async (sql) => {
      const texts: string[] = [];
      const listening: Sql = { ...sql, dialect: 'sqlite', all: async (text) => (texts.push(text), []) };
      await read(listening);
      await read(scopedSql(listening, scope));
      const explained = [];
      for (const text of texts) {
        const bound = text.split('?').length - 1;
        const rows = await sql.all<{ detail: string }>(
          `EXPLAIN QUERY PLAN ${text}`,
          Array.from({ length: bound }, () => 1),
        );
        explained.push(rows.map(({ detail }) => withoutNames(detail)));
      }
      return explained;
    });
    expect(plans).toHaveLength(2);
    expect(plans[1]).toEqual(plans[0]);
  });
});
