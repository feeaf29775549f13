import type { Sql } from '../store.ts';
import type { PayslipSums } from './payslips.ts';

/** The payslips of a period in columns. */

export type PaySheetRow = Readonly<{
  employeeId: string;
  number: string;
  name: string;
  position: string;
  grade: string;
  baseSalary: number;
  positionPay: number;
  gradeAllowance: number;
  labour: number;
  parts: number;
  job: number;
  tierPay: number;
  rewardPay: number;
  satisfactionPay: number;
  /** Penalties, delays, rework and what was carried in, less what is left to the next period. */
  taken: number;
  /** Of whatever kind: what belongs to earlier periods. With it and base pay the columns before add up to net. */
  adjustments: number;
}> &
  PayslipSums;

const SUMS = [
  'base_pay',
  'commission',
  'tiers',
  'rewards',
  'satisfaction',
  'penalties',
  'deadline',
  'clawback',
  'carried_in',
  'deductions',
  'carried_out',
  'net',
].map((column) => `s.${column}`);

export async function paySheet(sql: Sql, periodId: string): Promise<PaySheetRow[]> {
  const sumOf = (condition: string) => `COALESCE(SUM(CASE WHEN ${condition} THEN l.amount END), 0)`;
  return sql.all<PaySheetRow>(
    `SELECT s.employee_id, e.number, e.name, e.position, s.grade, ${SUMS.join(', ')},
       ${sumOf(`l.kind = 'base-salary'`)} AS base_salary,
       ${sumOf(`l.kind = 'position-pay'`)} AS position_pay,
       ${sumOf(`l.kind = 'grade-allowance'`)} AS grade_allowance,
       ${sumOf(`l.kind = 'commission' AND x.family = 'labour'`)} AS labour,
       ${sumOf(`l.kind = 'commission' AND x.family = 'parts'`)} AS parts,
       ${sumOf(`l.kind = 'commission' AND x.family = 'job'`)} AS job,
       ${sumOf(`l.kind = 'tier'`)} AS tier_pay,
       ${sumOf(`l.kind = 'reward'`)} AS reward_pay,
       ${sumOf(`l.kind IN ('satisfaction', 'satisfaction-month')`)} AS satisfaction_pay,
       ${sumOf(`l.kind IN ('penalty', 'deadline', 'clawback', 'carried-in')`)} + s.carried_out AS taken,
       ${sumOf(`l.kind = 'adjustment'`)} AS adjustments
     FROM payslips s JOIN people e ON e.id = s.employee_id
     LEFT JOIN payslip_lines l ON l.payslip_id = s.id LEFT JOIN pay_entries x ON x.id = l.pay_entry_id
     WHERE s.period_id = ?
     GROUP BY s.id, s.employee_id, e.number, e.name, e.position, s.grade, ${SUMS.join(', ')}
     ORDER BY e.number`,
    [periodId],
  );
}
