import { z } from 'zod';
import { basePay } from '#domain/payroll/base-pay.ts';
import type { MonthOf } from '#domain/payroll/monthly.ts';
import { sumsOfPay } from '#domain/payroll/payslip.ts';
import { DomainError } from '#domain/errors.ts';
import { payBasis } from '#db/repositories/pay-basis.ts';
import { forgetLateChanges, takeLateChanges } from '#db/repositories/late-changes.ts';
import type { EntryKind, PersonPaid } from '#db/repositories/pay-entries.ts';
import { auditedOf } from '#db/repositories/pay-orders.ts';
import { termsOn } from '#db/repositories/pay-terms.ts';
import {
  carriedOutBefore,
  deletePayslips,
  earlierUnlocked,
  FIRST_LATE_LINE,
  insertEntryLines,
  insertPayslips,
  noteCalculated,
  outcomeOf,
  payslipsOf,
  requirePeriod,
  sumsToPay,
  type PayPeriod,
  type PayslipLineRow,
  type PayslipRow,
  type ToPay,
} from '#db/repositories/payslips.ts';
import { id, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { partOf } from '../progress.ts';
import { lateMonths, type LateMonth } from './late-months.ts';
import { isPaidByMonth, monthPay, monthRulesOf, type MonthRules } from './month-lines.ts';
import { monthsOfOrders, ordersOfPeriod } from './months.ts';
import { takeOldParts } from './old-part-charges.ts';
import { peopleOfPeriod } from './people-of-period.ts';
import { takePayTurn } from './pay-turn.ts';
import { requirePeriodState } from './period-state.ts';
import { refreshPay } from './refresh.ts';

/** Of base pay, or reckoned by the month: of this period, or of one whose month was worked out again. */
type Line = Pick<PayslipLineRow, 'kind' | 'forPeriodId' | 'adjusts' | 'ruleId' | 'amount' | 'explanation'>;
type OwnKind = Exclude<PayslipLineRow['kind'], 'adjustment' | EntryKind>;

/**
 * Makes the payslips of a period. First what its orders pay is made what it should be by the rules as they are now; then each
 * gets base pay for the days employed, every entry earned up to its last day that is on no payslip yet, what is reckoned by the
 * month, and what earlier months pay more or less since their orders have changed. So what comes late, and what takes back
 * something paid before, falls into the first period that is still to be locked; for the same reason periods are calculated in
 * their order. Repeated, only the payslips that are no longer right are made anew.
 */
export const calculatePeriod = defineCommand({
  name: 'payroll.calculate',
  right: 'payroll.calculate',
  input: z.object({ periodId: id(), version: version() }),

  async run(ctx, input) {
    await takePayTurn(ctx);
    const period = await requirePeriod(ctx.trx, input.periodId, ctx.trx.forUpdate);
    requirePeriodState(period, ['open', 'calculated']);
    const earlier = await earlierUnlocked(ctx.trx, period);
    if (earlier) throw new DomainError('pay-period.earlier-unlocked', { from: earlier.fromOn, to: earlier.toOn });
    await takeOldParts(ctx, period, await termsOn(ctx.trx, period.toOn));
    const basis = await payBasis(ctx.trx, period);
    const isNew = basis !== period.basis;
    const orders = partOf(ctx, 0, isNew ? SHARE_OF_ORDERS : 0);
    const payslips = partOf(ctx, isNew ? SHARE_OF_ORDERS : 0, 1);
    await orders.tell(0);
    const all = isNew ? await ordersOfPeriod(orders, period) : null;
    if (all) await refreshPay(orders, all, { calculating: period.id });
    await payslips.tell(0);
    await takeLateChanges(ctx.trx, period);
    await makePayslips(payslips, period, all);
    await forgetLateChanges(ctx.trx, period.id);
    await noteCalculated(ctx.trx, period, input.version, basis);
    const outcome = await outcomeOf(ctx.trx, period.id);
    ctx.audit('period-calculated', 'pay-period', period.id, { after: outcome });
    return { id: period.id, version: input.version + 1, ...outcome };
  },
});

/** Of the time a calculation takes: about so much for what the orders pay, the rest for the payslips. */
const SHARE_OF_ORDERS = 0.75;

/** Few enough that others are served in between: each has some hundred lines. */
const PAYSLIPS_AT_ONCE = 20;

/**
 * Those that are missing or no longer right, those of people who have nothing to do with the period go.
 * @param orders of the period, where all payslips are to be made anew
 */
async function makePayslips(ctx: CommandContext, period: PayPeriod, orders: readonly string[] | null): Promise<void> {
  const before = [...(await payslipsOf(ctx.trx, period.id))];
  const isRight = ([, { isStale }]: (typeof before)[number]) => orders === null && !isStale;
  const right = new Set(before.filter(isRight).map(([employeeId]) => employeeId));
  const gone = before.filter(([employeeId]) => !right.has(employeeId)).map(([, payslip]) => payslip.id);
  // First: what they had taken in is to be paid again.
  await deletePayslips(ctx.trx, gone);
  const late = await lateMonths(ctx, period, (employeeId) => !right.has(employeeId));
  const people = await peopleOfPeriod(ctx, period, [...late.keys()]);
  const wrong = people.filter((person) => !right.has(person.id));
  const wrongIds = wrong.map((person) => person.id);
  const counting = async () =>
    orders ??
    (right.size === 0
      ? ordersOfPeriod(ctx, period)
      : auditedOf(ctx.trx, period.unitId, { from: period.fromOn, to: period.toOn }, wrongIds));
  const book = await bookOf(ctx, period, counting, late);
  for (let from = 0; from < wrong.length; from += PAYSLIPS_AT_ONCE) {
    await ctx.tell(from / wrong.length);
    await makeSome(ctx, book, wrong.slice(from, from + PAYSLIPS_AT_ONCE));
  }
  await ctx.tell(1);
}

async function makeSome(ctx: CommandContext, book: Book, people: readonly PersonPaid[]): Promise<void> {
  const { period } = book;
  const employeeIds = people.map((person) => person.id);
  const sums = await sumsToPay(ctx.trx, period.unitId, period.toOn, employeeIds);
  const toPay = Map.groupBy(sums, ({ employeeId }) => employeeId);
  const made = people.map((person) => payslipFor(ctx, book, person, toPay.get(person.id) ?? []));
  await insertPayslips(
    ctx.trx,
    made.map(({ payslip }) => payslip),
    made.flatMap(({ lines: some }) => some),
  );
  const byLate = Map.groupBy(employeeIds, (employeeId) => book.late.get(employeeId)?.length ?? 0);
  for (const [before, some] of byLate) await insertEntryLines(ctx.trx, period, some, before);
}

/** What is reckoned by the month, and how. */
type Book = MonthRules &
  Readonly<{
    months: ReadonlyMap<string, MonthOf>;
    late: ReadonlyMap<string, readonly LateMonth[]>;
    carried: ReadonlyMap<string, number>;
  }>;

/** @param counting reads the ids of the orders that count to the months, which may be very many */
async function bookOf(
  ctx: CommandContext,
  period: PayPeriod,
  counting: () => Promise<readonly string[]>,
  late: Book['late'],
): Promise<Book> {
  const rules = await monthRulesOf(ctx.trx, period);
  const orders = isPaidByMonth(rules) ? await counting() : [];
  const measures = rules.tierRules.map(({ measure }) => measure);
  const months = await monthsOfOrders(ctx.trx, orders, { measures, between: () => ctx.tell(0) });
  return { ...rules, months, late, carried: await carriedOutBefore(ctx.trx, period) };
}

function payslipFor(ctx: CommandContext, book: Book, person: PersonPaid, toPay: readonly ToPay[]) {
  const { unitId, id: periodId } = book.period;
  const own = [...baseLines(book.period, person), ...monthLines(book, person)];
  const late = (book.late.get(person.id) ?? []).map(lateLine);
  const sums = sumsOf([...own, ...late], toPay, book.terms.deductionCapBp);
  const payslip: PayslipRow = {
    id: ctx.newId(),
    unitId,
    periodId,
    employeeId: person.id,
    grade: person.grade ?? '',
    homeUnitId: person.unit ?? '',
    ...sums,
    calculatedAt: ctx.now,
    isStale: false,
  };
  const rowOf = (line: Line, lineNo: number): PayslipLineRow => ({
    id: ctx.newId(),
    unitId,
    payslipId: payslip.id,
    lineNo,
    payEntryId: null,
    ...line,
  });
  const lines = [
    ...own.map((line, index) => rowOf(line, index + 1)),
    ...late.map((line, index) => rowOf(line, FIRST_LATE_LINE + index)),
  ];
  return { payslip, lines };
}

/** An adjustment counts to the sum of what it adjusts. */
function sumsOf(lines: readonly Line[], toPay: readonly ToPay[], capBp: number | null) {
  const ofLines = lines.map(({ kind, adjusts, amount }) => ({ kind: (adjusts ?? kind) as OwnKind, amount }));
  const earned = toPay.flatMap(({ kind, given, taken }) => [
    { kind, amount: given },
    { kind, amount: taken },
  ]);
  const { gross: _, ...sums } = sumsOfPay([...ofLines, ...earned], capBp);
  return sums;
}

/** Each of the three with the monthly amount and the days it was reckoned by; what somebody doesn't get has no line. */
function baseLines(period: PayPeriod, person: PersonPaid): Line[] {
  const base = basePay(person, { from: period.fromOn, to: period.toOn });
  const { daysEmployed, daysOfPeriod } = base;
  const parts = [
    ['base-salary', person.baseSalary, base.baseSalary],
    ['position-pay', person.positionPay, base.positionPay],
    ['grade-allowance', person.gradeAllowance, base.gradeAllowance],
  ] as const;
  return parts
    .filter(([, whole]) => whole !== 0)
    .map(([kind, whole, amount]) => lineOf(kind, amount, { whole, daysEmployed, daysOfPeriod }));
}

const lineOf = (kind: OwnKind, amount: number, explanation: object, ruleId: string | null = null): Line => ({
  kind,
  forPeriodId: null,
  adjusts: null,
  ruleId,
  amount,
  explanation: JSON.stringify(explanation),
});

function lateLine({ forPeriodId, adjusts, ruleId, amount, why, again }: LateMonth): Line {
  return { kind: 'adjustment', forPeriodId, adjusts, ruleId, amount, explanation: JSON.stringify({ why, again }) };
}

function monthLines(book: Book, person: PersonPaid): Line[] {
  const left = book.carried.get(person.id) ?? 0;
  return [
    ...monthPay(book, person, book.months.get(person.number))
      .filter(({ amount }) => amount !== 0)
      .map(({ kind, ruleId, amount, why }) => lineOf(kind, amount, { why }, ruleId)),
    ...(left > 0 ? [lineOf('carried-in', 0 - left, {})] : []),
  ];
}
