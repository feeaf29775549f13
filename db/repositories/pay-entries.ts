import type { AnyExplanation } from '#domain/payroll/explanation.ts';
import type { PayEmployee, PayFamily } from '#domain/payroll/types.ts';
import { insertRows, selectIn } from '../bulk.ts';
import type { Sql, Transaction } from '../store.ts';

/** The append-only ledger of what work has earned. */

export type EntryKind = 'commission' | 'deadline' | 'reward' | 'penalty' | 'satisfaction' | 'clawback';

export type PayEntryRow = Readonly<{
  id: string;
  unitId: string;
  kind: EntryKind;
  /** Null: no order's, a reward or penalty of the person. */
  workOrderId: string | null;
  employeeId: string;
  /** Of commission, as the rule. */
  family: PayFamily | null;
  ruleId: string | null;
  /** Of a reward or penalty. */
  awardId: string | null;
  /** Of commission on labour. */
  workTypeId: string | null;
  amount: number;
  explanation: string; // JSON of an Explanation or OtherExplanation
  earnedOn: string;
  at: number;
  reversesId: string | null;
}>;

export async function insertPayEntries(trx: Transaction, entries: readonly PayEntryRow[]): Promise<void> {
  await insertRows(trx, 'pay_entries', entries);
}

/**
 * An entry that takes nothing back. As an expression: SQLite would think that an index finds it by what it takes back, and read the
 * whole ledger that way.
 */
export const isNoReversal = (entry: string): string => `COALESCE(${entry}.reverses_id, '') = ''`;

const STANDING = `SELECT e.* FROM pay_entries e WHERE ${isNoReversal('e')}
  AND NOT EXISTS (SELECT 1 FROM pay_entries r WHERE r.reverses_id = e.id)`;

/** The entries of an order that no counter-entry has taken back. */
export async function standingEntries(sql: Sql, workOrderId: string): Promise<PayEntryRow[]> {
  return sql.all<PayEntryRow>(`${STANDING} AND e.work_order_id = ? ORDER BY e.id`, [workOrderId]);
}

/** The same of many orders. */
export async function standingOf(sql: Sql, workOrderIds: readonly string[]): Promise<PayEntryRow[]> {
  return selectIn<PayEntryRow>(sql, `${STANDING} AND e.work_order_id IN`, workOrderIds);
}

/** Of a reward or penalty that is no order's. */
export async function standingOfAward(sql: Sql, awardId: string): Promise<PayEntryRow[]> {
  return sql.all<PayEntryRow>(`${STANDING} AND e.work_order_id IS NULL AND e.award_id = ?`, [awardId]);
}

/** People as the commission core takes them. */
export async function peoplePaid(sql: Sql, ids: readonly string[]): Promise<PersonPaid[]> {
  return selectIn<PersonPaid>(sql, `${PEOPLE} WHERE id IN`, ids);
}

export type PersonPaid = PayEmployee & Readonly<{ id: string; name: string }>;

const PEOPLE = `SELECT id, number, name, grade, unit_id AS unit, base_salary, position_pay, grade_allowance, joined_on, left_on
  FROM people`;

const NO_BASE_PAY = { baseSalary: 0, positionPay: 0, gradeAllowance: 0 };

/** An entry `e` that is on no payslip, and not taken back before it came on one: `?` is the last day that counts. */
export const UNPAID = `NOT EXISTS (SELECT 1 FROM payslip_lines x WHERE x.pay_entry_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM pay_entries r WHERE r.reverses_id = e.id AND r.earned_on <= ?)
  AND (e.reverses_id IS NULL OR EXISTS (SELECT 1 FROM payslip_lines x WHERE x.pay_entry_id = e.reverses_id))`;

/**
 * The unit's own people employed on a day of the period, whoever has earned something here that isn't paid yet, and `others`:
 * somebody of another unit gets his base pay there.
 */
export async function peopleOfPeriod(
  sql: Sql,
  unitId: string,
  period: Readonly<{ from: string; to: string }>,
  others: readonly string[],
): Promise<PersonPaid[]> {
  const people = await sql.all<PersonPaid>(
    `${PEOPLE} WHERE (unit_id = ? AND (joined_on IS NULL OR joined_on <= ?) AND (left_on IS NULL OR left_on >= ?))
       OR EXISTS (SELECT 1 FROM pay_entries e WHERE e.employee_id = people.id AND e.unit_id = ? AND e.earned_on <= ? AND ${UNPAID})
     ORDER BY number`,
    [unitId, period.to, period.from, unitId, period.to, period.to],
  );
  const known = new Set(people.map(({ id }) => id));
  const all = [
    ...people,
    ...(await peoplePaid(
      sql,
      others.filter((id) => !known.has(id)),
    )),
  ];
  return all.map((person) => (person.unit === unitId ? person : { ...person, ...NO_BASE_PAY }));
}

export function explanationOf(json: string): AnyExplanation {
  return JSON.parse(json) as AnyExplanation;
}
