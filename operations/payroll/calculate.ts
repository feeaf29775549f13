import { z } from 'zod';
import { basePay } from '#domain/payroll/base-pay.ts';
import type { AnyExplanation } from '#domain/payroll/explanation.ts';
import { monthlySatisfaction, monthsOf, rankTiers, tierEntries, type MonthOf } from '#domain/payroll/monthly.ts';
import { sumsOfPay } from '#domain/payroll/payslip.ts';
import type { OtherEntry } from '#domain/payroll/types.ts';
import { DomainError } from '#domain/errors.ts';
import { peopleOfPeriod, type EntryKind, type PersonPaid } from '#db/repositories/pay-entries.ts';
import { auditedWithin, monthOrders } from '#db/repositories/pay-orders.ts';
import { rulesWithin, type CodedTierRule } from '#db/repositories/pay-rules.ts';
import { termsOn, type PayTerms } from '#db/repositories/pay-terms.ts';
import {
  carriedOutBefore,
  deletePayslips,
  earlierUnlocked,
  insertEntryLines,
  insertPayslips,
  requirePeriod,
  setPeriodState,
  sumsToPay,
  type PayPeriod,
  type PayslipLineRow,
  type PayslipRow,
  type ToPay,
} from '#db/repositories/payslips.ts';
import type { Sql } from '#db/store.ts';
import { id, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { requirePeriodState } from './period-state.ts';
import { refreshPay } from './refresh.ts';

/** Of base pay, or reckoned by the month. */
type Line = Readonly<{ kind: MonthlyKind; amount: number; explanation: string }>;
type MonthlyKind = Exclude<PayslipLineRow['kind'], 'adjustment' | EntryKind>;

/**
 * Makes the payslips of a period. First what its orders pay is made what it should be by the rules as they are now; then each
 * gets base pay for the days employed, every entry earned up to its last day that is on no payslip yet, and what is reckoned by
 * the month. So what comes late, and what takes back something paid before, falls into the first period that is still to be
 * locked; for the same reason periods are calculated in their order. Repeated, it replaces what it made before.
 */
export const calculatePeriod = defineCommand({
  name: 'payroll.calculate',
  right: 'payroll.calculate',
  input: z.object({ periodId: id(), version: version() }),

  async run(ctx, input) {
    const period = await requirePeriod(ctx.trx, input.periodId, ctx.trx.forUpdate);
    requirePeriodState(period, ['open', 'calculated']);
    const earlier = await earlierUnlocked(ctx.trx, period);
    if (earlier) throw new DomainError('pay-period.earlier-unlocked', { from: earlier.fromOn, to: earlier.toOn });
    await deletePayslips(ctx.trx, period.id);
    await refreshPay(ctx, await auditedWithin(ctx.trx, period.unitId, period.fromOn, period.toOn));
    const toPay = await sumsToPay(ctx.trx, period.unitId, period.toOn);
    const people = await peopleOfPeriod(ctx.trx, period.unitId, { from: period.fromOn, to: period.toOn });
    const { payslips, lines } = payslipsFor(ctx, await bookOf(ctx.trx, period), people, toPay);
    await insertPayslips(ctx.trx, payslips, lines);
    await insertEntryLines(ctx.trx, period);
    await setPeriodState(ctx.trx, period, input.version, 'calculated');
    const entries = toPay.reduce((sum, one) => sum + one.entries, 0);
    const net = payslips.reduce((sum, payslip) => sum + payslip.net, 0);
    ctx.audit('period-calculated', 'pay-period', period.id, {
      after: { payslips: payslips.length, entries, net },
    });
    return { id: period.id, version: input.version + 1, payslips: payslips.length, entries, net };
  },
});

/** What is reckoned by the month, and how. */
type Book = Readonly<{
  period: PayPeriod;
  terms: PayTerms;
  tierRules: readonly CodedTierRule[];
  months: ReadonlyMap<string, MonthOf>;
  carried: ReadonlyMap<string, number>;
}>;

async function bookOf(sql: Sql, period: PayPeriod): Promise<Book> {
  const terms = await termsOn(sql, period.toOn);
  const { tierRules } = await rulesWithin(sql, period.toOn, period.toOn);
  const isMeasured = tierRules.length > 0 || terms.satisfaction?.monthly;
  const orders = isMeasured ? await monthOrders(sql, period.unitId, period.fromOn, period.toOn) : [];
  return { period, terms, tierRules, months: monthsOf(orders), carried: await carriedOutBefore(sql, period) };
}

function payslipsFor(
  ctx: CommandContext,
  book: Book,
  people: readonly PersonPaid[],
  toPay: readonly ToPay[],
): { payslips: PayslipRow[]; lines: PayslipLineRow[] } {
  const byEmployee = Map.groupBy(toPay, ({ employeeId }) => employeeId);
  const made = people.map((person) => payslipFor(ctx, book, person, byEmployee.get(person.id) ?? []));
  return { payslips: made.map(({ payslip }) => payslip), lines: made.flatMap(({ lines }) => lines) };
}

function payslipFor(ctx: CommandContext, book: Book, person: PersonPaid, toPay: readonly ToPay[]) {
  const { unitId, id: periodId } = book.period;
  const drafts = [...baseLines(book.period, person), ...monthLines(book, person)];
  const earned = toPay.flatMap(({ kind, given, taken }) => [
    { kind, amount: given },
    { kind, amount: taken },
  ]);
  const { gross: _, ...sums } = sumsOfPay([...drafts, ...earned], book.terms.deductionCapBp);
  const payslip = { id: ctx.newId(), unitId, periodId, employeeId: person.id, ...sums, calculatedAt: ctx.now };
  const lines = drafts.map((line, index) => ({
    id: ctx.newId(),
    unitId,
    payslipId: payslip.id,
    lineNo: index + 1,
    payEntryId: null,
    ...line,
  }));
  return { payslip, lines };
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

const lineOf = (kind: MonthlyKind, amount: number, explanation: object): Line => ({
  kind,
  amount,
  explanation: JSON.stringify(explanation),
});

function monthLines({ period, terms, tierRules, months, carried }: Book, person: PersonPaid): Line[] {
  const month = months.get(person.number);
  const tiers = tierEntries(person, month, rankTiers(tierRules), period.toOn);
  const points = terms.satisfaction ? monthlySatisfaction(person.number, month, terms.satisfaction) : [];
  const left = carried.get(person.id) ?? 0;
  return [
    ...tiers.map((entry) => lineOf('tier', entry.amount, { why: tierExplained(entry, tierRules) })),
    ...points.map((entry) => lineOf('satisfaction-month', entry.amount, { why: pointsExplained(entry, terms, month) })),
    ...(left > 0 ? [lineOf('carried-in', 0 - left, {})] : []),
  ];
}

function tierExplained(entry: OtherEntry, rules: readonly CodedTierRule[]): AnyExplanation {
  const rule = rules.find(({ id: ruleId }) => ruleId === entry.ruleId);
  const tiers = rule ? { measure: rule.measure, mode: rule.mode, steps: rule.tiers } : null;
  return { ...figuresOf(entry), component: 'tier', rule: rule?.code ?? '', capAmount: rule?.capAmount ?? null, tiers };
}

/** Base: the score; share: the points above the threshold; rate: fen for each. */
function pointsExplained(entry: OtherEntry, { satisfaction }: PayTerms, month: MonthOf | undefined): AnyExplanation {
  const subject = `${month?.very ?? 0}/${month?.answered ?? 0}`;
  const reason = String(satisfaction?.monthly?.threshold ?? '');
  return { ...figuresOf(entry), component: 'satisfaction-month', subject, reason };
}

const figuresOf = ({ base, shareBp, share, rateBp }: OtherEntry) => ({
  rule: '',
  subject: '',
  reason: '',
  base,
  shareBp,
  share,
  rateBp,
  capAmount: null,
  delay: null,
  tiers: null,
});
