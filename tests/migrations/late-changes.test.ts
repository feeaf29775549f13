import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** A payslip of a locked period here, and one of another unit as a central server has it. */
const BEFORE = `
  INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at)
    VALUES ('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0), ('u-2', 'SH02', '二站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0);
  INSERT INTO installation (id, unit_id, database_id, created_at) VALUES (1, 'u-1', 'd-1', 0);
  INSERT INTO employees (id, unit_id, number, name, phone, position, grade, base_salary, position_pay,
    grade_allowance, is_active, version, created_at)
    VALUES ('e-1', 'u-2', 'T01', '张伟', '', '', 'A', 0, 0, 0, 1, 1, 0);
  UPDATE sync_session SET origin = 'elsewhere';
  INSERT INTO pay_periods (id, unit_id, from_on, to_on, state, basis, version, created_at)
    VALUES ('p-1', 'u-1', '2026-03-01', '2026-03-31', 'locked', 'b', 1, 0), ('p-2', 'u-2', '2026-03-01', '2026-03-31', 'locked', 'b', 1, 0);
  INSERT INTO payslips (id, unit_id, period_id, employee_id, base_pay, commission, net, calculated_at)
    VALUES ('s-1', 'u-1', 'p-1', 'e-1', 0, 100, 100, 0), ('s-2', 'u-2', 'p-2', 'e-1', 0, 100, 100, 0);
  INSERT INTO payslip_lines (id, unit_id, payslip_id, line_no, kind, amount, explanation)
    VALUES ('l-1', 'u-1', 's-1', 1, 'tier', 100, '{}');
  UPDATE sync_session SET origin = '';
  DELETE FROM change_log;`;

test('schema 22 gives payslips the grade and unit of their people, here and for the server, and leaves what was locked locked', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 21);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 22);
  const after = new Database(filename);
  try {
    expect(after.prepare('SELECT id, commission, grade, home_unit_id FROM payslips ORDER BY id').all()).toEqual([
      { id: 's-1', commission: 100, grade: 'A', home_unit_id: 'u-2' },
      { id: 's-2', commission: 100, grade: '', home_unit_id: '' },
    ]);
    expect(after.prepare('SELECT table_name, row_id, kind FROM change_log').all()).toEqual([
      { table_name: 'payslips', row_id: 's-1', kind: 'update' },
    ]);
    expect(after.prepare('SELECT amount, for_period_id, adjusts FROM payslip_lines').all()).toEqual([
      { amount: 100, for_period_id: null, adjusts: null },
    ]);
    expect(() => after.exec("UPDATE payslips SET grade = 'B' WHERE id = 's-1'")).toThrow('payslips is locked');
    expect(after.pragma('foreign_key_check')).toEqual([]);
  } finally {
    after.close();
    folder.remove();
  }
});
