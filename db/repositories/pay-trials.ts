import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';
import type { EntryKind, PersonPaid } from './pay-entries.ts';

/** What has been paid for the orders of a period, to be compared with what other rules would pay. */

/** Fen, of all of one person's entries by one rule. */
export type PaidByRule = Readonly<{ employeeId: string; kind: EntryKind; ruleId: string | null; amount: number }>;

/** Of a unit's orders audited in the time, whatever of it has come on a payslip: also later, as an adjustment. */
export async function paidByRule(sql: Sql, unitId: string, from: string, to: string): Promise<PaidByRule[]> {
  return sql.all<PaidByRule>(
    `SELECT x.employee_id, x.kind, x.rule_id, SUM(x.amount) AS amount
     FROM work_orders o JOIN pay_entries x ON x.work_order_id = o.id
     WHERE o.unit_id = ? AND o.audited_on BETWEEN ? AND ? AND EXISTS (SELECT 1 FROM payslip_lines l WHERE l.pay_entry_id = x.id)
     GROUP BY x.employee_id, x.kind, x.rule_id`,
    [unitId, from, to],
  );
}

/** `explanation`: JSON, names the rule by its code. */
export type PaidTier = Readonly<{ employeeId: string; amount: number; explanation: string }>;

/** On the payslips of the period, and later as an adjustment. */
export async function paidTiers(sql: Sql, periodId: string): Promise<PaidTier[]> {
  return sql.all<PaidTier>(
    `SELECT s.employee_id, l.amount, l.explanation FROM payslips s JOIN payslip_lines l ON l.payslip_id = s.id
     WHERE s.period_id = ? AND l.kind = 'tier'
     UNION ALL SELECT s.employee_id, l.amount, l.explanation FROM payslip_lines l JOIN payslips s ON s.id = l.payslip_id
     WHERE l.for_period_id = ? AND l.adjusts = 'tier'`,
    [periodId, periodId],
  );
}

/** Who has a payslip of the period. */
export async function paidPeople(sql: Sql, periodId: string): Promise<PersonPaid[]> {
  return sql.all<PersonPaid>(
    `SELECT e.id, e.number, e.name, e.grade, e.unit_id AS unit, e.base_salary, e.position_pay, e.grade_allowance, e.joined_on, e.left_on
     FROM payslips s JOIN people e ON e.id = s.employee_id WHERE s.period_id = ? ORDER BY e.number`,
    [periodId],
  );
}

/** Names of people, whether or not they have a payslip. */
export async function namesOf(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, NamedPerson>> {
  const rows = await selectIn<NamedPerson>(sql, 'SELECT id, number, name FROM people WHERE id IN', ids);
  return new Map(rows.map((row) => [row.id, row]));
}

export type NamedPerson = Readonly<{ id: string; number: string; name: string }>;
