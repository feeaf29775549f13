import type { Period } from '#domain/dates.ts';
import type { AnyExplanation } from '#domain/payroll/explanation.ts';
import type { PayEmployee, PayFamily } from '#domain/payroll/types.ts';
import { insertRows, keysBefore, selectIn } from '../bulk.ts';
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

const IS_EMPLOYED = 'unit_id = ? AND (joined_on IS NULL OR joined_on <= ?) AND (left_on IS NULL OR left_on >= ?)';

/** The unit's own people employed on a day of the time. */
export async function peopleEmployed(sql: Sql, unitId: string, { from, to }: Period): Promise<PersonPaid[]> {
  return sql.all<PersonPaid>(`${PEOPLE} WHERE ${IS_EMPLOYED} ORDER BY number`, [unitId, to, from]);
}

/** The ids of all others. */
export async function peopleNotEmployed(sql: Sql, unitId: string, { from, to }: Period): Promise<string[]> {
  const rows = await sql.values<[id: string]>(`SELECT id FROM people WHERE NOT (${IS_EMPLOYED}) ORDER BY number`, [
    unitId,
    to,
    from,
  ]);
  return rows.map(([id]) => id);
}

/** Of these people those who have earned something in the unit up to the day that isn't paid yet. All of their entries are looked through. */
export async function peopleOwed(sql: Sql, unitId: string, until: string, ids: readonly string[]): Promise<string[]> {
  const rows = await sql.values<[id: string]>(
    `SELECT j.value FROM ${keysBefore(sql.dialect)} people p ON p.id = j.value
     WHERE EXISTS (SELECT 1 FROM pay_entries e WHERE e.employee_id = p.id AND e.unit_id = ? AND e.earned_on <= ? AND ${UNPAID})
     ORDER BY j.key`,
    [JSON.stringify(ids), unitId, until, until],
  );
  return rows.map(([id]) => id);
}

/** Whoever isn't employed here gets his base pay where he is. */
export const withoutBasePay = (person: PersonPaid): PersonPaid => ({ ...person, ...NO_BASE_PAY });

export function explanationOf(json: string): AnyExplanation {
  return JSON.parse(json) as AnyExplanation;
}
