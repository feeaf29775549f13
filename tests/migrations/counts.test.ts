import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** A warehouse with a batch of a part in it. */
const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO warehouses (id, unit_id, code, name, kind, version, created_at) VALUES ('w-1', 'u-1', 'W1', '主仓', 'parts', 1, 0);
  INSERT INTO parts (id, unit_id, number, name, measure, barcode, sale_price, is_active, search_text, version, created_at, tracking)
    VALUES ('p-1', 'u-1', 'C-50', '电容', '', '', 0, 1, '', 1, 0, 'batch');
  INSERT INTO stock_documents (id, unit_id, number, kind, recipient, note, moved_on, at, employee_id)
    VALUES ('s-1', 'u-1', 'RC-SH01-260315-0001', 'receipt', '', '', '2026-03-15', 0, 'e-1');
  INSERT INTO stock_moves (id, unit_id, document_id, line_no, warehouse_id, part_id, quantity, value, price, moved_on, at, move_no)
    VALUES ('m-1', 'u-1', 's-1', 1, 'w-1', 'p-1', 1000, 5, 5, '2026-03-15', 0, 1);
  INSERT INTO lot_moves (id, unit_id, move_id, warehouse_id, part_id, lot, quantity, at)
    VALUES ('l-1', 'u-1', 'm-1', 'w-1', 'p-1', 'B1', 1000, 0);`;

test('schema 16 lets what there is be counted, by the unit whose warehouse it is, and by no line twice', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 15);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 16);
  const after = new Database(filename);
  try {
    expect(after.prepare('SELECT lot, quantity FROM lot_moves').all()).toEqual([{ lot: 'B1', quantity: 1000 }]);
    const start = (id: string, unitId: string) =>
      after.exec(`INSERT INTO stock_counts (id, unit_id, number, warehouse_id, scope_kind, scope_text, state, note, counter_ids,
        uncounted, started_by_id, started_on, ended_reason, version, created_at) VALUES
        ('${id}', '${unitId}', '${id}', 'w-1', 'warehouse', '', 'counting', '', '[]', '', 'e-1', '2026-03-15', '', 1, 0)`);
    const count = (id: string, lineNo: number, quantity: number) =>
      after.exec(`INSERT INTO stock_count_lines (id, unit_id, count_id, line_no, part_id, lot, counted, counted_expected,
        counted_moves_from, counted_moves_to, counted_by_id, counted_at, is_to_recount, reason) VALUES
        ('${id}', 'u-1', 'c-1', ${lineNo}, 'p-1', 'B1', ${quantity}, 1000, 1, 1, 'e-1', 0, 0, '')`);
    start('c-1', 'u-1');
    count('x-1', 1, 500);
    expect(() => start('c-2', 'u-2')).toThrow('document.of-another-unit');
    expect(() => count('x-2', 2, 500)).toThrow('UNIQUE');
    expect(() => after.exec('UPDATE stock_count_lines SET counted = -1')).toThrow('CHECK');
    const logged = after.prepare("SELECT DISTINCT table_name FROM change_log WHERE table_name LIKE 'stock_count%'");
    expect(logged.pluck().all().map(String).toSorted()).toEqual(['stock_count_lines', 'stock_counts']);
    expect(after.pragma('foreign_key_check')).toEqual([]);
  } finally {
    after.close();
    folder.remove();
  }
});
