import { z } from 'zod';
import { basePay } from '#domain/payroll/base-pay.ts';
import type { AnyExplanation } from '#domain/payroll/explanation.ts';
import { monthlySatisfaction, rankTiers, tierEntries, type MonthOf } from '#domain/payroll/monthly.ts';
import { sumsOfPay } from '#domain/payroll/payslip.ts';
import type { OtherEntry } from '#domain/payroll/types.ts';
import type { Period } from '#domain/dates.ts';
import { DomainError } from '#domain/errors.ts';
import { payBasis } from '#db/repositories/pay-basis.ts';
import { peopleOfPeriod, type EntryKind, type PersonPaid } from '#db/repositories/pay-entries.ts';
import { auditedOf, auditedWithin } from '#db/repositories/pay-orders.ts';
import { rulesWithin, type CodedTierRule } from '#db/repositories/pay-rules.ts';
import { termsOn, type PayTerms } from '#db/repositories/pay-terms.ts';
import {
  carriedOutBefore,
  deletePayslips,
  earlierUnlocked,
  insertEntryLines,
  insertPayslips,
  noteCalculated,
  outcomeOf,
  payslipsOf,
  requirePeriod,
  sumsToPay,
  type PayPeriod,
  type PayslipLineRow,
  type ToPay,
} from '#db/repositories/payslips.ts';
import type { Sql } from '#db/store.ts';
import { id, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { partOf } from '../progress.ts';
import { monthsOfOrders } from './months.ts';
import { takeOldParts } from './old-part-charges.ts';
import { requirePeriodState } from './period-state.ts';
import { refreshPay } from './refresh.ts';

/** Of base pay, or reckoned by the month. */
type Line = Readonly<{ kind: MonthlyKind; amount: number; explanation: string }>;
type MonthlyKind = Exclude<PayslipLineRow['kind'], 'adjustment' | EntryKind>;

/**
 * Makes the payslips of a period. First what its orders pay is made what it should be by the rules as they are now; then each
 * gets base pay for the days employed, every entry earned up to its last day that is on no payslip yet, and what is reckoned by
 * the month. So what comes late, and what takes back something paid before, falls into the first period that is still to be
 * locked; for the same reason periods are calculated in their order. Repeated, only the payslips that are no longer right are
 * made anew.
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
    await takeOldParts(ctx, period, await termsOn(ctx.trx, period.toOn));
    const basis = await payBasis(ctx.trx, period);
    const isNew = basis !== period.basis;
    const orders = partOf(ctx, 0, isNew ? SHARE_OF_ORDERS : 0);
    const payslips = partOf(ctx, isNew ? SHARE_OF_ORDERS : 0, 1);
    await orders.tell(0);
    if (isNew) await refreshPay(orders, await auditedWithin(ctx.trx, period.unitId, daysOf(period)));
    await payslips.tell(0);
    await makePayslips(payslips, period, isNew);
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

/** Those that are missing or no longer right, or all of them; those of people who have nothing to do with the period go. */
async function makePayslips(ctx: CommandContext, period: PayPeriod, isForAll: boolean): Promise<void> {
  const people = await peopleOfPeriod(ctx.trx, period.unitId, daysOf(period));
  const before = await payslipsOf(ctx.trx, period.id);
  const isRight = ({ id: employeeId }: PersonPaid) => !isForAll && before.get(employeeId)?.isStale === false;
  const right = new Set(people.filter(isRight).map((person) => person.id));
  const wrong = people.filter((person) => !right.has(person.id));
  const wrongIds = wrong.map((person) => person.id);
  const gone = [...before].filter(([employeeId]) => !right.has(employeeId)).map(([, payslip]) => payslip.id);
  await deletePayslips(ctx.trx, gone);
  const book = await bookOf(ctx.trx, period, right.size === 0 ? 'all' : wrongIds);
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
  const made = people.map((person) =>
    payslipFor(ctx, book, draftsFor(book, person), person, toPay.get(person.id) ?? []),
  );
  await insertPayslips(
    ctx.trx,
    made.map(({ payslip }) => payslip),
    made.flatMap(({ lines: some }) => some),
  );
  await insertEntryLines(ctx.trx, period, employeeIds);
}

const daysOf = ({ fromOn: from, toOn: to }: PayPeriod): Period => ({ from, to });

/** What is reckoned by the month, and how. */
type Book = Readonly<{
  period: PayPeriod;
  terms: PayTerms;
  tierRules: readonly CodedTierRule[];
  months: ReadonlyMap<string, MonthOf>;
  carried: ReadonlyMap<string, number>;
}>;

async function bookOf(sql: Sql, period: PayPeriod, employeeIds: readonly string[] | 'all'): Promise<Book> {
  const terms = await termsOn(sql, period.toOn);
  const { tierRules } = await rulesWithin(sql, period.toOn, period.toOn);
  const isMeasured = tierRules.length > 0 || terms.satisfaction?.monthly;
  const audited = () =>
    employeeIds === 'all'
      ? auditedWithin(sql, period.unitId, daysOf(period))
      : auditedOf(sql, period.unitId, daysOf(period), employeeIds);
  const months = await monthsOfOrders(sql, isMeasured ? await audited() : []);
  return { period, terms, tierRules, months, carried: await carriedOutBefore(sql, period) };
}

const draftsFor = (book: Book, person: PersonPaid): Line[] => [
  ...baseLines(book.period, person),
  ...monthLines(book, person),
];

function payslipFor(
  ctx: CommandContext,
  { period, terms }: Book,
  drafts: readonly Line[],
  person: PersonPaid,
  toPay: readonly ToPay[],
) {
  const { unitId, id: periodId } = period;
  const earned = toPay.flatMap(({ kind, given, taken }) => [
    { kind, amount: given },
    { kind, amount: taken },
  ]);
  const { gross: _, ...sums } = sumsOfPay([...drafts, ...earned], terms.deductionCapBp);
  const payslip = {
    id: ctx.newId(),
    unitId,
    periodId,
    employeeId: person.id,
    ...sums,
    calculatedAt: ctx.now,
    isStale: false,
  };
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
