import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** A technician's deposit, as it was before old parts were taken from it. */
const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO deposit_entries (id, unit_id, to_unit_id, technician_id, number, kind, amount, reason, booked_on, at, employee_id)
    VALUES ('x-1', 'u-1', 'u-1', 'e-1', 'DP-1', 'pay-in', 500, '', '2026-03-15', 0, 'e-2');`;

test('schema 17 keeps deposits as they are; what is taken for an old part says so, and stays as it was booked', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 16);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 17);
  const after = new Database(filename);
  try {
    after.exec(`INSERT INTO deposit_entries (id, unit_id, to_unit_id, technician_id, number, kind, amount, reason, booked_on, at,
        employee_id, old_part_entry_id)
      VALUES ('x-2', 'u-1', 'u-1', 'e-1', 'DP-2', 'charge', -300, 'OP-1', '2026-03-15', 0, 'e-2', 'y-1')`);
    expect(after.prepare('SELECT number, amount, old_part_entry_id FROM deposit_entries ORDER BY id').all()).toEqual([
      { number: 'DP-1', amount: 500, old_part_entry_id: null },
      { number: 'DP-2', amount: -300, old_part_entry_id: 'y-1' },
    ]);
    expect(() => after.exec('UPDATE deposit_entries SET old_part_entry_id = NULL')).toThrow('append-only');
    const logged = after.prepare(
      "SELECT row_id FROM change_log WHERE table_name = 'deposit_entries' AND row_id = 'x-2'",
    );
    expect(logged.pluck().all()).not.toEqual([]);
    expect(after.pragma('foreign_key_check')).toEqual([]);
  } finally {
    after.close();
    folder.remove();
  }
});
