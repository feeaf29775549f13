import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** A payslip of a locked period, calculated before. */
const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO employees (id, unit_id, number, name, phone, position, grade, base_salary, position_pay,
    grade_allowance, is_active, version, created_at)
    VALUES ('e-1', 'u-1', 'T01', '张伟', '', '', 'A', 0, 0, 0, 1, 1, 0);
  INSERT INTO pay_periods (id, unit_id, from_on, to_on, state, basis, version, created_at)
    VALUES ('p-1', 'u-1', '2026-03-01', '2026-03-31', 'calculated', 'b', 1, 0);
  INSERT INTO payslips (id, unit_id, period_id, employee_id, base_pay, commission, net, calculated_at)
    VALUES ('s-1', 'u-1', 'p-1', 'e-1', 0, 100, 100, 0);
  UPDATE pay_periods SET state = 'locked';`;

test('schema 21 leaves the payslips there are as they are, none of them stale; one of a locked period never becomes so', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 20);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 21);
  const after = new Database(filename);
  try {
    expect(after.prepare('SELECT id, commission, is_stale FROM payslips').all()).toEqual([
      { id: 's-1', commission: 100, is_stale: 0 },
    ]);
    expect(() => after.exec('UPDATE payslips SET is_stale = 1')).toThrow('payslips is locked');
    expect(after.pragma('foreign_key_check')).toEqual([]);
  } finally {
    after.close();
    folder.remove();
  }
});
