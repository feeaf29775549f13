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
    VALUES ('w-1', 'u-1', 'W1', '主仓', 'parts', 1, 0);
  INSERT INTO parts (id, unit_id, number, name, measure, barcode, sale_price, is_active, search_text, version, created_at)
    VALUES ('p-1', 'u-1', 'P-1', '电容', '个', '', 0, 1, '', 1, 0);
  INSERT INTO stock_places (id, unit_id, warehouse_id, part_id, bin, min_quantity, max_quantity, version, created_at)
    VALUES ('s-1', 'u-1', 'w-1', 'p-1', 'A-1', 0, 0, 1, 0);`;

test('schema 23 finds what lies in a bin by the bin, and leaves places as they are', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 22);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 23);
  const after = new Database(filename);
  try {
    const places = "SELECT part_id, warehouse_id FROM stock_places WHERE bin = 'A-1'";
    expect(after.prepare(places).all()).toEqual([{ part_id: 'p-1', warehouse_id: 'w-1' }]);
    const [way] = after.prepare(`EXPLAIN QUERY PLAN ${places}`).all() as { detail: string }[];
    expect(way?.detail).toMatch(/COVERING INDEX .*\(bin=\?\)/);
    expect(after.pragma('foreign_key_check')).toEqual([]);
  } finally {
    after.close();
    folder.remove();
  }
});
