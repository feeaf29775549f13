import { DomainError } from '#domain/errors.ts';
import type { Period } from '#domain/dates.ts';
import type { Sql, SqlValue, Transaction } from '../store.ts';
import { requireRow, updateVersioned } from './documents.ts';
import { insertRows, keysBefore } from '../bulk.ts';
import { IS_ABOUT, type AppealState } from './pay-appeals.ts';
import { UNPAID, type EntryKind } from './pay-entries.ts';

/**
 * Lines before these are base pay and what is reckoned by the month. From there on stands what the months of closed periods pay
 * more or less now, and after it the entries.
 */
export const FIRST_LATE_LINE = 10;

const PERIOD_STATES = ['open', 'calculated', 'reviewed', 'locked', 'paid'] as const;
export type PeriodState = (typeof PERIOD_STATES)[number];

export type PayPeriod = Readonly<{
  id: string;
  unitId: string;
  fromOn: string;
  toOn: string;
  state: PeriodState;
  /** What it was calculated by, see payBasis; '' before the first calculation. */
  basis: string;
  version: number;
  createdAt: number;
}>;

export type PayslipRow = Readonly<{
  id: string;
  unitId: string;
  periodId: string;
  employeeId: string;
  /** The person's own, as they were when it was calculated: rules may ask for them. */
  grade: string;
  homeUnitId: string;
  calculatedAt: number;
  /** What it was made from has changed since. */
  isStale: boolean;
}> &
  PayslipSums;

/** Fen, as they change the pay; `carriedOut` is what is left to the next period, 0 or more, and no part of net. */
export type PayslipSums = Readonly<{
  basePay: number;
  commission: number;
  tiers: number;
  rewards: number;
  satisfaction: number;
  penalties: number;
  deadline: number;
  clawback: number;
  carriedIn: number;
  deductions: number;
  carriedOut: number;
  net: number;
}>;

/** What is reckoned by the month. */
export type MonthKind = 'tier' | 'satisfaction-month';

export type PayslipLineKind =
  | EntryKind
  | MonthKind
  | 'base-salary'
  | 'position-pay'
  | 'grade-allowance'
  | 'carried-in'
  | 'adjustment';

export type PayslipLineRow = Readonly<{
  id: string;
  unitId: string;
  payslipId: string;
  lineNo: number;
  kind: PayslipLineKind;
  payEntryId: string | null;
  /** Of an adjustment of no entry: the period whose month was worked out again, and what of it. */
  forPeriodId: string | null;
  adjusts: MonthKind | null;
  /** Of a tier, or what adjusts one. */
  ruleId: string | null;
  amount: number;
  explanation: string;
}>;

/** @throws DomainError `not-found` */
export async function requirePeriod(sql: Sql, id: string, suffix = ''): Promise<PayPeriod> {
  return requireRow<PayPeriod>(sql, 'pay_periods', id, 'payPeriod', suffix);
}

export async function insertPeriod(trx: Transaction, period: PayPeriod): Promise<void> {
  await trx.insert('pay_periods', period);
}

/** @throws DomainError `document.changed` */
export async function setPeriodState(trx: Transaction, period: PayPeriod, version: number, state: PeriodState) {
  await updateVersioned(trx, 'pay_periods', period.id, version, { state });
}

/** @throws DomainError `document.changed` */
export async function noteCalculated(trx: Transaction, period: PayPeriod, version: number, basis: string) {
  await updateVersioned(trx, 'pay_periods', period.id, version, { state: 'calculated', basis });
}

export async function overlappingPeriod(sql: Sql, unitId: string, period: Period): Promise<PayPeriod | undefined> {
  return sql.first<PayPeriod>('SELECT * FROM pay_periods WHERE unit_id = ? AND from_on <= ? AND to_on >= ? LIMIT 1', [
    unitId,
    period.to,
    period.from,
  ]);
}

/** The first period before this one that may still change. */
export async function earlierUnlocked(sql: Sql, period: PayPeriod): Promise<PayPeriod | undefined> {
  return sql.first<PayPeriod>(
    `SELECT * FROM pay_periods WHERE unit_id = ? AND from_on < ? AND state IN ('open', 'calculated', 'reviewed') ORDER BY from_on LIMIT 1`,
    [period.unitId, period.fromOn],
  );
}

const IDS_AT_ONCE = 200;

/** With their lines. */
export async function deletePayslips(trx: Transaction, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const some = ids.slice(from, from + IDS_AT_ONCE);
    const marks = some.map(() => '?').join(', ');
    await trx.run(`DELETE FROM payslip_lines WHERE payslip_id IN (${marks})`, some);
    await trx.run(`DELETE FROM payslips WHERE id IN (${marks})`, some);
  }
}

export type PayslipState = Readonly<{ id: string; isStale: boolean }>;

/** Those of a period, by employee. */
export async function payslipsOf(sql: Sql, periodId: string): Promise<ReadonlyMap<string, PayslipState>> {
  const rows = await sql.all<PayslipState & { employeeId: string }>(
    'SELECT id, employee_id, is_stale FROM payslips WHERE period_id = ?',
    [periodId],
  );
  return new Map(rows.map(({ employeeId, ...payslip }) => [employeeId, payslip]));
}

const IS_CALCULATED = `is_stale = 0 AND period_id IN (SELECT p.id FROM pay_periods p WHERE p.unit_id = ? AND p.state = 'calculated')`;

/** The orders have changed: the payslips of whoever worked on them, or was paid for them, are made anew with the next calculation. */
export async function markStaleByOrders(trx: Transaction, unitId: string, workOrderIds: readonly string[]) {
  const keys = JSON.stringify(workOrderIds);
  const from = keysBefore(trx.dialect);
  await trx.run(
    `UPDATE payslips SET is_stale = 1 WHERE ${IS_CALCULATED} AND employee_id IN (
       SELECT t.employee_id FROM ${from} work_order_technicians t ON t.work_order_id = j.value
       UNION SELECT e.employee_id FROM ${from} pay_entries e ON e.work_order_id = j.value)`,
    [unitId, keys, keys],
  );
}

export async function markStale(trx: Transaction, unitId: string, employeeId: string): Promise<void> {
  await trx.run(`UPDATE payslips SET is_stale = 1 WHERE ${IS_CALCULATED} AND employee_id = ?`, [unitId, employeeId]);
}

/** What a calculation came to: payslips, entries and adjustments on them, and net pay in all, fen. */
export async function outcomeOf(
  sql: Sql,
  periodId: string,
): Promise<Readonly<{ payslips: number; entries: number; net: number }>> {
  const sums = await sql.first<{ payslips: number; net: number }>(
    'SELECT COUNT(*) AS payslips, COALESCE(SUM(net), 0) AS net FROM payslips WHERE period_id = ?',
    [periodId],
  );
  const lines = await sql.first<{ entries: number }>(
    `SELECT COUNT(*) AS entries FROM payslips s JOIN payslip_lines l ON l.payslip_id = s.id
     WHERE s.period_id = ? AND l.line_no >= ${FIRST_LATE_LINE}`,
    [periodId],
  );
  return { payslips: sums?.payslips ?? 0, entries: lines?.entries ?? 0, net: sums?.net ?? 0 };
}

export async function insertPayslips(
  trx: Transaction,
  payslips: readonly PayslipRow[],
  lines: readonly PayslipLineRow[],
): Promise<void> {
  await insertRows(trx, 'payslips', payslips);
  await insertRows(trx, 'payslip_lines', lines);
}

/** Of everybody what is still to be paid of each kind, fen; what is taken apart from what is given. */
export type ToPay = Readonly<{ employeeId: string; kind: EntryKind; given: number; taken: number }>;

/** Earned by these people up to the day, and on no payslip yet. */
export async function sumsToPay(
  sql: Sql,
  unitId: string,
  until: string,
  employeeIds: readonly string[],
): Promise<ToPay[]> {
  return sql.all<ToPay>(
    `SELECT e.employee_id, e.kind, SUM(CASE WHEN e.amount > 0 THEN e.amount ELSE 0 END) AS given,
       SUM(CASE WHEN e.amount < 0 THEN e.amount ELSE 0 END) AS taken
     FROM ${keysBefore(sql.dialect)} pay_entries e ON e.employee_id = j.value
     WHERE e.unit_id = ? AND e.earned_on <= ? AND ${UNPAID} GROUP BY e.employee_id, e.kind`,
    [JSON.stringify(employeeIds), unitId, until, until],
  );
}

/**
 * A line for each entry of these people earned up to the period's last day that is on no payslip yet, on its person's. What was earned
 * before the period, or takes back what an earlier one paid, adjusts it, and says where it comes from. A payslip made anew has
 * lines of its own: where they are sent to, the old ones go before it.
 * @param before so many lines of closed periods' months each of them has already
 */
export async function insertEntryLines(
  trx: Transaction,
  { id, unitId, fromOn, toOn }: PayPeriod,
  employeeIds: readonly string[],
  before: number,
): Promise<void> {
  const isAdjustment = '(e.earned_on < ? OR p.from_on IS NOT NULL)';
  const quoted = (column: string) => `COALESCE('"' || ${column} || '"', 'null')`;
  const origin = `'{"origin":{"earnedOn":' || ${quoted('e.earned_on')} || ',"paidFrom":' || ${quoted('p.from_on')} || ',"paidTo":' || ${quoted('p.to_on')} || '}}'`;
  await trx.run(
    `INSERT INTO payslip_lines (id, unit_id, payslip_id, line_no, kind, pay_entry_id, amount, explanation)
     SELECT s.id || ':' || e.id, e.unit_id, s.id,
       ${FIRST_LATE_LINE + before} + ROW_NUMBER() OVER (PARTITION BY e.employee_id ORDER BY e.earned_on, e.at, e.id),
       CASE WHEN ${isAdjustment} THEN 'adjustment' ELSE e.kind END, e.id, e.amount,
       CASE WHEN ${isAdjustment} THEN ${origin} ELSE '{}' END
     FROM pay_entries e JOIN payslips s ON s.period_id = ? AND s.employee_id = e.employee_id
     LEFT JOIN payslip_lines l ON l.pay_entry_id = e.reverses_id
     LEFT JOIN payslips b ON b.id = l.payslip_id LEFT JOIN pay_periods p ON p.id = b.period_id
     WHERE s.employee_id IN (${employeeIds.map(() => '?').join(', ')}) AND e.unit_id = ? AND e.earned_on <= ? AND ${UNPAID}`,
    [fromOn, fromOn, id, ...employeeIds, unitId, toOn, toOn],
  );
}

/** The unit's periods that have been calculated, whether or not they still may be, the earliest first. */
export async function calculatedPeriods(sql: Sql, unitId: string): Promise<PayPeriod[]> {
  return sql.all<PayPeriod>(`SELECT * FROM pay_periods WHERE unit_id = ? AND state <> 'open' ORDER BY from_on`, [
    unitId,
  ]);
}

/** Of these the last day of those that take in nothing more; '' where there is none. */
export const closedUntil = (periods: readonly PayPeriod[]): string =>
  periods.findLast(({ state }) => state !== 'calculated')?.toOn ?? '';

/** What was left over of everybody's deductions in the unit's period before; by employee, fen. */
export async function carriedOutBefore(sql: Sql, period: PayPeriod): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.all<{ employeeId: string; carriedOut: number }>(
    `SELECT s.employee_id, s.carried_out FROM payslips s WHERE s.carried_out > 0 AND s.period_id =
       (SELECT p.id FROM pay_periods p WHERE p.unit_id = ? AND p.from_on < ? ORDER BY p.from_on DESC LIMIT 1)`,
    [period.unitId, period.fromOn],
  );
  return new Map(rows.map(({ employeeId, carriedOut }) => [employeeId, carriedOut]));
}

export type PeriodSummary = PayPeriod &
  Readonly<{
    unitName: string;
    people: number;
    basePay: number;
    commission: number;
    net: number;
    calculatedAt: number | null;
  }>;

const PERIODS = `SELECT p.*, u.name AS unit_name, COALESCE(s.people, 0) AS people, COALESCE(s.base_pay, 0) AS base_pay,
    COALESCE(s.commission, 0) AS commission, COALESCE(s.net, 0) AS net, s.calculated_at
  FROM pay_periods p JOIN units u ON u.id = p.unit_id LEFT JOIN (
    SELECT period_id, COUNT(*) AS people, SUM(base_pay) AS base_pay, SUM(commission) AS commission, SUM(net) AS net,
      MAX(calculated_at) AS calculated_at
    FROM payslips GROUP BY period_id) s ON s.period_id = p.id`;

export async function listPeriods(sql: Sql): Promise<PeriodSummary[]> {
  return sql.all<PeriodSummary>(`${PERIODS} ORDER BY p.from_on DESC, u.code`);
}

/** @throws DomainError `not-found` */
export async function requirePeriodSummary(sql: Sql, id: string): Promise<PeriodSummary> {
  const period = await sql.first<PeriodSummary>(`${PERIODS} WHERE p.id = ?`, [id]);
  if (!period) throw new DomainError('not-found', { entity: 'payPeriod', id });
  return period;
}

/** How many entries earned up to the day are on no payslip. */
export async function countUnpaid(sql: Sql, unitId: string, until: string): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT COUNT(*) AS n FROM pay_entries e WHERE e.unit_id = ? AND e.earned_on <= ? AND ${UNPAID}`,
    [unitId, until, until],
  );
  return row?.n ?? 0;
}

/** `unitName`: of the unit that pays. */
export type PayslipHead = PayslipRow & Readonly<{ number: string; name: string; position: string; unitName: string }>;

export async function payslipOf(sql: Sql, periodId: string, employeeId: string): Promise<PayslipHead | undefined> {
  return sql.first<PayslipHead>(
    `SELECT s.*, e.number, e.name, e.position, u.name AS unit_name
     FROM payslips s JOIN people e ON e.id = s.employee_id JOIN units u ON u.id = s.unit_id
     WHERE s.period_id = ? AND s.employee_id = ?`,
    [periodId, employeeId],
  );
}

export type PayslipLine = Readonly<{
  lineNo: number;
  kind: PayslipLineKind;
  amount: number;
  /** JSON: base pay's working, or where an adjustment comes from. */
  explanation: string;
  earnedOn: string | null;
  /** JSON of the entry's Explanation. */
  entryExplanation: string | null;
  isReversal: boolean;
  /** Of an adjustment: what it adjusts. */
  entryKind: EntryKind | MonthKind | null;
  awardId: string | null;
  /** Of the appeal against it. */
  appealState: AppealState | null;
  workOrderId: string | null;
  workOrderNumber: string | null;
}>;

export async function payslipLines(sql: Sql, payslipId: string): Promise<PayslipLine[]> {
  return sql.all<PayslipLine>(
    `SELECT l.line_no, l.kind, l.amount, l.explanation, x.earned_on, x.explanation AS entry_explanation,
       CASE WHEN x.reverses_id IS NULL THEN 0 ELSE 1 END AS is_reversal, COALESCE(x.kind, l.adjusts) AS entry_kind, x.award_id, a.state AS appeal_state, x.work_order_id, o.number AS work_order_number
     FROM payslip_lines l LEFT JOIN pay_entries x ON x.id = l.pay_entry_id LEFT JOIN work_orders o ON o.id = x.work_order_id
     LEFT JOIN pay_entries e ON e.id = x.id AND e.amount < 0 LEFT JOIN pay_appeals a ON ${IS_ABOUT}
     WHERE l.payslip_id = ? ORDER BY l.line_no`,
    [payslipId],
  );
}

export type OwnPayslip = Pick<PayslipRow, 'periodId' | 'basePay' | 'commission' | 'net' | 'calculatedAt'> &
  Readonly<{ fromOn: string; toOn: string; state: PeriodState }>;

export async function payslipsOfEmployee(sql: Sql, employeeId: SqlValue): Promise<OwnPayslip[]> {
  return sql.all<OwnPayslip>(
    `SELECT s.period_id, p.from_on, p.to_on, p.state, s.base_pay, s.commission, s.net, s.calculated_at
     FROM payslips s JOIN pay_periods p ON p.id = s.period_id
     WHERE s.employee_id = ? AND p.state <> 'open' ORDER BY p.from_on DESC`,
    [employeeId],
  );
}
