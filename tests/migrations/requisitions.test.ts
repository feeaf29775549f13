import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** A transfer that was shipped and taken back, before differences could be decided about. */
const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO requests (id, unit_id, to_unit_id, kind, number, subject, content, note, requested_on, employee_id, employee_name,
      withdrawn_reason, version, created_at)
    VALUES ('r-1', 'u-1', 'u-2', 'transfer', 'TR-SH01-260315-0001', '', '{}', '', '2026-03-15', 'e-1', '', '', 1, 0);
  INSERT INTO stock_documents (id, unit_id, number, kind, recipient, note, moved_on, at, employee_id, request_id)
    VALUES ('s-1', 'u-1', 'IS-SH01-260315-0001', 'issue', '', '', '2026-03-15', 0, 'e-1', 'r-1'),
      ('s-2', 'u-1', 'RC-SH01-260315-0001', 'receipt', '', '', '2026-03-15', 0, 'e-1', 'r-1');`;

test('schema 14 keeps transfers as they are, lets parts of one come back by several decisions, and each of them once', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 13);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 14);
  const after = new Database(filename);
  try {
    expect(after.prepare('SELECT number, for_request_id, closed_at FROM requests').all()).toEqual([
      { number: 'TR-SH01-260315-0001', for_request_id: null, closed_at: null },
    ]);
    const receipt = (id: string, closes: string) =>
      after.exec(`INSERT INTO stock_documents (id, unit_id, number, kind, recipient, note, moved_on, at, employee_id, request_id, closes_id)
        VALUES ('${id}', 'u-1', '${id}', 'receipt', '', '', '2026-03-15', 0, 'e-1', 'r-1', ${closes})`);
    expect(() => receipt('s-3', 'NULL')).toThrow('UNIQUE');
    receipt('s-4', "'c-1'");
    receipt('s-5', "'c-2'");
    expect(() => receipt('s-6', "'c-2'")).toThrow('UNIQUE');
    after.exec(`INSERT INTO deposit_entries (id, unit_id, to_unit_id, number, kind, amount, reason, booked_on, at, employee_id)
      VALUES ('d-1', 'u-1', 'u-2', 'DP-1', 'pay-in', 100, '', '2026-03-15', 0, 'e-1')`);
    expect(
      after
        .prepare("SELECT audience FROM change_log WHERE table_name = 'deposit_entries' ORDER BY audience")
        .pluck()
        .all(),
    ).toEqual(['u:u-1', 'u:u-2']);
    expect(() => after.exec('UPDATE deposit_entries SET amount = 1')).toThrow('append-only');
    expect(() =>
      after.exec(`INSERT INTO deposit_entries (id, unit_id, to_unit_id, number, kind, amount, reason, booked_on, at, employee_id)
        VALUES ('d-2', 'u-2', 'u-1', 'DP-2', 'pay-in', 100, '', '2026-03-15', 0, 'e-1')`),
    ).toThrow('document.of-another-unit');
  } finally {
    after.close();
    folder.remove();
  }
});
