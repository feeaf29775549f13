import type { TierMeasure } from '#domain/payroll/types.ts';
import { insertRows, selectIn } from '../bulk.ts';
import type { Sql, Transaction } from '../store.ts';
import { FIRST_LATE_LINE, type MonthKind, type PayPeriod } from './payslips.ts';

/** Whose month is to be worked out again, because orders that count to it have changed since its payslips were made. */

export type LateChange = Readonly<{
  id: string;
  unitId: string;
  periodId: string;
  employeeId: string;
  /** It is taken in by the period that has this day, or the first after it. */
  notedOn: string;
}>;

export type MonthOfPerson = Pick<LateChange, 'periodId' | 'employeeId'>;

/** The technicians of these orders. */
export async function techniciansOfOrders(
  sql: Sql,
  workOrderIds: readonly string[],
): Promise<Readonly<{ workOrderId: string; employeeId: string }>[]> {
  return selectIn(
    sql,
    'SELECT work_order_id, employee_id FROM work_order_technicians WHERE work_order_id IN',
    workOrderIds,
  );
}

/** Of these people, what waits already to be taken in. */
export async function waitingMonths(sql: Sql, employeeIds: readonly string[]): Promise<MonthOfPerson[]> {
  return selectIn<MonthOfPerson>(
    sql,
    'SELECT period_id, employee_id FROM late_changes WHERE taken_in_id IS NULL AND employee_id IN',
    employeeIds,
  );
}

export async function insertLateChanges(trx: Transaction, changes: readonly LateChange[]): Promise<void> {
  await insertRows(trx, 'late_changes', changes);
}

/** The payslips of a period have been made from its orders as they are now. */
export async function forgetLateChanges(trx: Transaction, periodId: string): Promise<void> {
  await trx.run('DELETE FROM late_changes WHERE period_id = ?', [periodId]);
}

const EARLIER = '(SELECT p.id FROM pay_periods p WHERE p.unit_id = ? AND p.from_on < ?)';

/** What waited until the period's last day is its own from here on, however often it is calculated. */
export async function takeLateChanges(trx: Transaction, { id, unitId, fromOn, toOn }: PayPeriod): Promise<void> {
  await trx.run(
    `UPDATE late_changes SET taken_in_id = ? WHERE taken_in_id IS NULL AND unit_id = ? AND noted_on <= ? AND period_id IN ${EARLIER}`,
    [id, unitId, toOn, unitId, fromOn],
  );
}

/** The months that the period takes in, each once. */
export async function monthsTakenIn(sql: Sql, periodId: string): Promise<MonthOfPerson[]> {
  return sql.all<MonthOfPerson>('SELECT DISTINCT period_id, employee_id FROM late_changes WHERE taken_in_id = ?', [
    periodId,
  ]);
}

/** As whom somebody was paid in a period. */
export type PaidAs = Readonly<{ employeeId: string; grade: string; homeUnitId: string }>;

export async function paidAs(sql: Sql, periodId: string): Promise<PaidAs[]> {
  return sql.all<PaidAs>('SELECT employee_id, grade, home_unit_id FROM payslips WHERE period_id = ?', [periodId]);
}

export type PaidByMonth = Readonly<{
  employeeId: string;
  kind: MonthKind;
  /** Of a tier. */
  measure: TierMeasure | null;
  amount: number;
}>;

/** What was paid by the month for a period, on its own payslips and on those of later ones but `exceptId`; fen. */
export async function paidByMonth(sql: Sql, periodId: string, exceptId: string): Promise<PaidByMonth[]> {
  const rows = await sql.all<Omit<PaidByMonth, 'measure'> & { explanation: string }>(
    `SELECT s.employee_id, l.kind, l.amount, l.explanation FROM payslips s JOIN payslip_lines l ON l.payslip_id = s.id
     WHERE s.period_id = ? AND l.line_no < ? AND l.kind IN ('tier', 'satisfaction-month')
     UNION ALL SELECT s.employee_id, l.adjusts, l.amount, l.explanation FROM payslip_lines l JOIN payslips s ON s.id = l.payslip_id
     WHERE l.for_period_id = ? AND s.period_id <> ?`,
    [periodId, FIRST_LATE_LINE, periodId, exceptId],
  );
  return rows.map(({ explanation, ...paid }) => {
    const { why } = JSON.parse(explanation) as { why?: { tiers?: { measure: TierMeasure } | null } };
    return { ...paid, measure: why?.tiers?.measure ?? null };
  });
}
