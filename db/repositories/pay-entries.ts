import type { Explanation } from '#domain/payroll/explanation.ts';
import type { PayEmployee, PayFamily } from '#domain/payroll/types.ts';
import type { Sql, SqlValue, Transaction } from '../store.ts';
import { snakeCase } from '../rows.ts';

/** The append-only ledger of what work has earned. */

export type PayEntryRow = Readonly<{
  id: string;
  unitId: string;
  workOrderId: string;
  employeeId: string;
  family: PayFamily;
  ruleId: string;
  amount: number;
  explanation: string; // JSON of an Explanation
  earnedOn: string;
  at: number;
  reversesId: string | null;
}>;

export async function insertPayEntries(trx: Transaction, entries: readonly PayEntryRow[]): Promise<void> {
  await insertRows(trx, 'pay_entries', entries);
}

/** The entries of an order that no counter-entry has taken back. */
export async function standingEntries(sql: Sql, workOrderId: string): Promise<PayEntryRow[]> {
  return sql.all<PayEntryRow>(
    `SELECT e.* FROM pay_entries e WHERE e.work_order_id = ? AND e.reverses_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM pay_entries r WHERE r.reverses_id = e.id) ORDER BY e.id`,
    [workOrderId],
  );
}

/** People as the commission core takes them, by number; `id` leads back. */
export async function payPeople(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, PersonPaid>> {
  const marks = ids.map(() => '?').join(', ');
  const rows = ids.length === 0 ? [] : await sql.all<PersonPaid>(`${PEOPLE} WHERE id IN (${marks})`, ids);
  return new Map(rows.map((row) => [row.number, row]));
}

export type PersonPaid = PayEmployee & Readonly<{ id: string; name: string }>;

const PEOPLE = `SELECT id, number, name, grade, unit_id AS unit, base_salary, position_pay, grade_allowance, joined_on, left_on
  FROM people`;

const NO_BASE_PAY = { baseSalary: 0, positionPay: 0, gradeAllowance: 0 };

/**
 * The unit's own people employed on a day of the period, and whoever has earned something here that isn't paid yet: somebody
 * of another unit gets his base pay there.
 */
export async function peopleOfPeriod(
  sql: Sql,
  unitId: string,
  period: Readonly<{ from: string; to: string }>,
): Promise<PersonPaid[]> {
  const people = await sql.all<PersonPaid>(
    `${PEOPLE} WHERE (unit_id = ? AND (joined_on IS NULL OR joined_on <= ?) AND (left_on IS NULL OR left_on >= ?))
       OR id IN (SELECT e.employee_id FROM pay_entries e WHERE e.unit_id = ? AND e.earned_on <= ?
                 AND NOT EXISTS (SELECT 1 FROM payslip_lines l WHERE l.pay_entry_id = e.id))
     ORDER BY number`,
    [unitId, period.to, period.from, unitId, period.to],
  );
  return people.map((person) => (person.unit === unitId ? person : { ...person, ...NO_BASE_PAY }));
}

export function explanationOf(json: string): Explanation {
  return JSON.parse(json) as Explanation;
}

const ROWS_AT_ONCE = 500;

/** Many rows of the same keys in few statements: a thousand payslip lines are two round trips, not a thousand. */
export async function insertRows<Row extends Readonly<Record<string, SqlValue>>>(
  trx: Transaction,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  const keys = Object.keys(rows[0] ?? {});
  const marks = `(${keys.map(() => '?').join(', ')})`;
  const head = `INSERT INTO ${table} (${keys.map(snakeCase).join(', ')}) VALUES `;
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    const params = some.flatMap((row) => keys.map((key) => row[key] ?? null));
    await trx.run(head + some.map(() => marks).join(', '), params);
  }
}
