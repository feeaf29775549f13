import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO warehouses (id, unit_id, code, name, kind, version, created_at)
    VALUES ('w-1', 'u-1', 'W1', '主仓', 'parts', 1, 0), ('w-2', 'u-1', 'W2', '随车', 'technician', 1, 0);
  INSERT INTO parts (id, unit_id, number, name, measure, barcode, sale_price, is_active, search_text, version, created_at)
    VALUES ('p-1', 'u-1', 'C-50', '电容', '', '6901', 4500, 1, 'c-50', 1, 0);
  INSERT INTO stock_balances (warehouse_id, part_id, quantity, value, moves) VALUES ('w-1', 'p-1', 1000, 5, 1);`;

test('schema 12 keeps parts and warehouses as they are: open, untracked, owing no old part', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 11);
  const before = new Database(filename);
  before.exec(BEFORE);
  const logged = before.prepare('SELECT COUNT(*) FROM change_log').pluck().get();
  before.close();

  await migrateSqlite(filename, 12);
  const after = new Database(filename);
  try {
    expect(after.prepare('SELECT code, is_active, holder_id FROM warehouses ORDER BY code').all()).toEqual([
      { code: 'W1', is_active: 1, holder_id: null },
      { code: 'W2', is_active: 1, holder_id: null },
    ]);
    expect(
      after
        .prepare(
          'SELECT number, barcode, sale_price, category, tracking, is_old_returned, old_due_days, old_amount, merged_into_id FROM parts',
        )
        .all(),
    ).toEqual([
      {
        number: 'C-50',
        barcode: '6901',
        sale_price: 4500,
        category: '',
        tracking: 'none',
        is_old_returned: 0,
        old_due_days: 0,
        old_amount: 0,
        merged_into_id: null,
      },
    ]);
    expect(after.prepare('SELECT COUNT(*) FROM change_log').pluck().get()).toBe(logged);
    expect(after.pragma('foreign_key_check')).toEqual([]);
    const place = (unit: string) =>
      after.exec(`INSERT INTO stock_places (id, unit_id, warehouse_id, part_id, bin, min_quantity, max_quantity, version, created_at)
        VALUES ('s-${unit}', '${unit}', 'w-1', 'p-1', 'A', 0, 0, 1, 0)`);
    after.exec('BEGIN');
    expect(() => place('u-2')).toThrow('document.of-another-unit');
    after.exec('ROLLBACK');
    place('u-1');
  } finally {
    after.close();
    folder.remove();
  }
});
