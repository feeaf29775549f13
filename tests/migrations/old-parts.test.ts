import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** A part with a receipt, as it was before old parts were asked back. */
const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO parts (id, unit_id, number, name, measure, barcode, sale_price, is_active, search_text, version, created_at)
    VALUES ('p-1', 'u-1', 'C-50', '电容', '', '', 0, 1, '', 1, 0);
  INSERT INTO stock_documents (id, unit_id, number, kind, recipient, note, moved_on, at, employee_id)
    VALUES ('s-1', 'u-1', 'RC-SH01-260315-0001', 'receipt', '', '', '2026-03-15', 0, 'e-1');`;

test('schema 15 keeps documents as they are, and takes debts of old parts that nobody changes afterwards', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 14);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 15);
  const after = new Database(filename);
  try {
    expect(after.prepare('SELECT number, customer_class FROM stock_documents').all()).toEqual([
      { number: 'RC-SH01-260315-0001', customer_class: null },
    ]);
    const owe = (id: string, unit: string, move: string) =>
      after.exec(`INSERT INTO old_parts (id, unit_id, to_unit_id, number, part_id, quantity, unit_amount, document_id, move_id,
          owed_on, due_on, at)
        VALUES ('${id}', '${unit}', 'u-1', '${id}', 'p-1', 1000, 5, 's-1', '${move}', '2026-03-15', '2026-04-15', 0)`);
    owe('o-1', 'u-1', 'm-1');
    expect(() => owe('o-2', 'u-1', 'm-1')).toThrow('UNIQUE');
    expect(() => owe('o-3', 'u-2', 'm-3')).toThrow('document.of-another-unit');
    const enter = (kind: string) =>
      after.exec(`INSERT INTO old_part_entries (id, unit_id, to_unit_id, old_part_id, kind, quantity, pieces, amount, credit,
          reason, entered_on, at, employee_id)
        VALUES ('${kind}', 'u-1', 'u-1', 'o-1', '${kind}', 1000, 1000, 5, 0, '', '2026-03-15', 0, 'e-1')`);
    enter('owed');
    expect(() => enter('lost')).toThrow('CHECK');
    expect(() => after.exec('UPDATE old_part_entries SET quantity = 0')).toThrow('append-only');
    expect(() => after.exec('DELETE FROM old_parts')).toThrow('append-only');
    const logged = after.prepare("SELECT table_name FROM change_log WHERE table_name LIKE 'old_part%'").pluck().all();
    expect(new Set(logged)).toEqual(new Set(['old_parts', 'old_part_entries']));
    expect(after.pragma('foreign_key_check')).toEqual([]);
  } finally {
    after.close();
    folder.remove();
  }
});
