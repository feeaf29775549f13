import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO warehouses (id, unit_id, code, name, kind, version, created_at) VALUES ('w-1', 'u-1', 'W1', '主仓', 'parts', 1, 0);
  INSERT INTO suppliers (id, unit_id, name, phone, version, created_at) VALUES ('f-1', 'u-1', '华东', '', 1, 0);
  INSERT INTO parts (id, unit_id, number, name, measure, barcode, sale_price, is_active, search_text, version, created_at)
    VALUES ('p-1', 'u-1', 'C-50', '电容', '', '', 0, 1, '', 1, 0);
  INSERT INTO stock_documents (id, unit_id, number, kind, supplier_id, recipient, note, moved_on, at, employee_id)
    VALUES ('s-1', 'u-1', 'RC-SH01-260315-0001', 'receipt', 'f-1', '', '', '2026-03-15', 0, 'e-1');`;

const purchase = (id: string, unitId: string, state: string) =>
  `INSERT INTO purchases (id, unit_id, number, supplier_id, warehouse_id, state, note, requested_on, requested_by, version, created_at)
   VALUES ('${id}', '${unitId}', '${id}', 'f-1', 'w-1', '${state}', '', '2026-03-15', 'e-1', 1, 0)`;

test('schema 13 adds purchases to what was received without them', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 12);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 13);
  const after = new Database(filename);
  try {
    expect(after.prepare('SELECT number, supplier_id, purchase_id FROM stock_documents').all()).toEqual([
      { number: 'RC-SH01-260315-0001', supplier_id: 'f-1', purchase_id: null },
    ]);
    after.exec(purchase('o-1', 'u-1', 'requested'));
    after.exec(`INSERT INTO purchase_steps (id, unit_id, purchase_id, step, reason, at, employee_id)
      VALUES ('t-1', 'u-1', 'o-1', 'requested', '', 0, 'e-1')`);
    expect(() => after.exec(purchase('o-2', 'u-1', 'bought'))).toThrow('CHECK');
    expect(() => after.exec(purchase('o-3', 'u-2', 'requested'))).toThrow('document.of-another-unit');
    expect(() => after.exec("DELETE FROM purchase_steps WHERE id = 't-1'")).toThrow('append-only');
    expect(after.prepare("SELECT table_name FROM change_log WHERE table_name LIKE 'purchase%'").pluck().all()).toEqual([
      'purchases',
      'purchase_steps',
    ]);
    expect(after.pragma('foreign_key_check')).toEqual([]);
  } finally {
    after.close();
    folder.remove();
  }
});
