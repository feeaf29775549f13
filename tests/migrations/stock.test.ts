import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

type Row = Readonly<Record<string, unknown>>;

/** What there was before further kinds of stock documents: a receipt with a move, and one that reverses it. */
const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO warehouses (id, unit_id, code, name, kind, version, created_at) VALUES ('w-1', 'u-1', 'W1', '主仓', 'parts', 1, 0);
  INSERT INTO parts (id, unit_id, number, name, measure, barcode, sale_price, is_active, search_text, version, created_at)
    VALUES ('p-1', 'u-1', 'C-50', '电容', '', '', 0, 1, '', 1, 0);
  INSERT INTO stock_documents (id, unit_id, number, kind, recipient, note, moved_on, at, employee_id)
    VALUES ('s-1', 'u-1', 'RC-SH01-260315-0001', 'receipt', '', '', '2026-03-15', 0, 'e-1');
  INSERT INTO stock_documents (id, unit_id, number, kind, recipient, note, moved_on, at, employee_id, reverses_id)
    VALUES ('s-2', 'u-1', 'RV-SH01-260315-0001', 'reversal', '', '', '2026-03-15', 0, 'e-1', 's-1');
  INSERT INTO stock_moves (id, unit_id, document_id, line_no, warehouse_id, part_id, quantity, value, price, moved_on, at, move_no)
    VALUES ('m-1', 'u-1', 's-1', 1, 'w-1', 'p-1', 1000, 5, 5, '2026-03-15', 0, 1);`;

test('schema 11 lets stock documents be of more kinds and keeps those there are, with all that guards them', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  const guards = (database: Database.Database) =>
    database
      .prepare(
        "SELECT type, name FROM sqlite_master WHERE tbl_name = 'stock_documents' AND sql IS NOT NULL ORDER BY name",
      )
      .all() as Row[];
  await migrateSqlite(filename, 10);
  const before = new Database(filename);
  before.exec(BEFORE);
  const [guardsBefore, logged] = [guards(before), before.prepare('SELECT COUNT(*) FROM change_log').pluck().get()];
  before.close();

  await migrateSqlite(filename, 11);
  const after = new Database(filename);
  try {
    expect(after.prepare('SELECT number, kind FROM stock_documents ORDER BY number').all()).toEqual([
      { number: 'RC-SH01-260315-0001', kind: 'receipt' },
      { number: 'RV-SH01-260315-0001', kind: 'reversal' },
    ]);
    expect(guards(after)).toEqual(expect.arrayContaining(guardsBefore));
    expect(after.prepare('SELECT COUNT(*) FROM change_log').pluck().get()).toBe(logged);
    expect(after.pragma('foreign_key_check')).toEqual([]);
    expect(() => after.exec("DELETE FROM stock_documents WHERE id = 's-2'")).toThrow('append-only');
    const put = (kind: string) =>
      after.exec(`INSERT INTO stock_documents (id, unit_id, number, kind, recipient, note, moved_on, at, employee_id)
        VALUES ('${kind}', 'u-1', '${kind}', '${kind}', '', '', '2026-03-15', 0, 'e-1')`);
    put('return');
    expect(() => put('other')).toThrow('CHECK');
  } finally {
    after.close();
    folder.remove();
  }
});
