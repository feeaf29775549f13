import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { createDatabase, DIALECTS, isAvailable } from '../helpers/databases.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** One part in two warehouses, with a bin in one of them, and another part of which nothing is left. */
const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO warehouses (id, unit_id, code, name, kind, version, created_at) VALUES
    ('w-1', 'u-1', 'W1', '主仓', 'parts', 1, 0), ('w-2', 'u-1', 'W2', '旧仓', 'parts', 1, 0);
  INSERT INTO parts (id, unit_id, number, name, measure, barcode, sale_price, is_active, search_text, version, created_at) VALUES
    ('p-1', 'u-1', 'C-50', '电容', '', '', 0, 1, '', 1, 0), ('p-2', 'u-1', 'C-60', '电容', '', '', 0, 1, '', 1, 0);
  INSERT INTO stock_places (id, unit_id, warehouse_id, part_id, bin, min_quantity, max_quantity, version, created_at)
    VALUES ('x-1', 'u-1', 'w-1', 'p-1', 'A-01', 0, 0, 1, 0);
  INSERT INTO stock_balances (warehouse_id, part_id, quantity, value, moves) VALUES
    ('w-1', 'p-1', 5000, 50, 3), ('w-2', 'p-1', 1000, 10, 1), ('w-1', 'p-2', 0, 0, 2);`;

test('schema 20 keeps every balance, as strict as before, and finds what lies where by the part', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 19);
  const before = new Database(filename);
  before.exec(BEFORE);
  const all = 'SELECT warehouse_id, part_id, quantity, value, moves FROM stock_balances ORDER BY 1, 2';
  const kept = before.prepare(all).all();
  before.close();

  await migrateSqlite(filename, 20);
  const after = new Database(filename);
  try {
    expect(kept).toHaveLength(3);
    expect(after.prepare(all).all()).toEqual(kept);
    const put = (values: string) =>
      after.exec(`INSERT INTO stock_balances (warehouse_id, part_id, quantity, value, moves) VALUES (${values})`);
    expect(() => put("'w-1', 'p-1', 1, 1, 1")).toThrow('UNIQUE');
    expect(() => put("'w-2', 'p-2', -1, 0, 1")).toThrow('CHECK');
    expect(() => put("'w-2', 'p-2', 0, 1, 1")).toThrow('CHECK');
    expect(() => put("'w-2', 'p-2', 'x', 0, 1")).toThrow('INTEGER');
    // A move that comes from another database still changes the balance.
    after.exec(`UPDATE sync_session SET origin = 'server';
      INSERT INTO stock_documents (id, unit_id, number, kind, recipient, note, moved_on, at, employee_id)
        VALUES ('s-1', 'u-1', 'RC-1', 'receipt', '', '', '2026-03-15', 0, 'e-1');
      INSERT INTO stock_moves (id, unit_id, document_id, line_no, warehouse_id, part_id, quantity, value, price, moved_on, at, move_no)
        VALUES ('m-1', 'u-1', 's-1', 1, 'w-2', 'p-1', 500, 5, 10, '2026-03-15', 0, 2);`);
    const moved = "SELECT quantity, value, moves FROM stock_balances WHERE warehouse_id = 'w-2' AND part_id = 'p-1'";
    expect(after.prepare(moved).get()).toEqual({ quantity: 1500, value: 15, moves: 2 });
    const ways = (text: string) =>
      (after.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map(({ detail }) => detail).join();
    expect(ways("SELECT value FROM stock_balances WHERE part_id = 'p-1'")).toContain('PRIMARY KEY (part_id=?)');
    expect(ways("SELECT bin FROM stock_places WHERE part_id = 'p-1'")).toContain('COVERING INDEX');
    expect(ways("SELECT value FROM stock_balances WHERE warehouse_id = 'w-1'")).toContain('warehouse_id=?');
  } finally {
    after.close();
    folder.remove();
  }
});

test.each(DIALECTS.filter(isAvailable))('a part has one balance in each warehouse on %s', async (dialect) => {
  const { store, close } = await createDatabase(dialect);
  const put = (warehouseId: string) =>
    store.write((trx) => trx.insert('stock_balances', { warehouseId, partId: 'p-1', quantity: 1, value: 1, moves: 1 }));
  try {
    await put('w-1');
    await put('w-2');
    await expect(put('w-1')).rejects.toThrow();
    expect(await store.read((sql) => sql.all('SELECT warehouse_id FROM stock_balances ORDER BY 1'))).toEqual([
      { warehouseId: 'w-1' },
      { warehouseId: 'w-2' },
    ]);
  } finally {
    await close();
  }
});
