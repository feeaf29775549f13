import { halfUpOf, WHOLE_BP } from '../money.ts';
import { techniciansOf } from './commission.ts';
import { chooserOf, COMMISSION_WEIGHTS, ranked, type Chooser } from './matching.ts';
import { partsOf, teamOf } from './sharing.ts';
import type { OtherEntry, PayEmployee, PeriodOrder, SatisfactionPay, TierMeasure, TierRule } from './types.ts';

// What is paid by the month: tiers by how much was done, points by how satisfied the customers were.

/** What a technician's orders of the period add up to. */
export type MonthOf = Readonly<{
  /** His part of all fees, fen. */
  labourBase: number;
  /** Those with him among the order's own technicians, and of these the answered and the very satisfied. */
  orders: number;
  answered: number;
  very: number;
}>;

const NOTHING: MonthOf = { labourBase: 0, orders: 0, answered: 0, very: 0 };

/** What of an order counts by the month. */
export type MonthOrder = Pick<PeriodOrder, 'technicians' | 'followUp'> &
  Readonly<{ labour: readonly Pick<PeriodOrder['labour'][number], 'fee' | 'technicians'>[] }>;

/** By employee number; who did nothing isn't in it. */
export type Months = Map<string, { -readonly [Sum in keyof MonthOf]: MonthOf[Sum] }>;

/** @param months is added to, for orders that come one lot after the other */
export function monthsOf(orders: readonly MonthOrder[], months: Months = new Map()): ReadonlyMap<string, MonthOf> {
  const monthOf = (employee: string) => {
    const month = months.get(employee) ?? { ...NOTHING };
    months.set(employee, month);
    return month;
  };
  for (const order of orders) {
    for (const line of order.labour) {
      const team = teamOf(techniciansOf(order, line));
      if (team.members.length === 0) continue;
      const parts = partsOf(line.fee, team);
      for (const [place, { employee }] of team.members.entries()) monthOf(employee).labourBase += parts[place] ?? 0;
    }
    for (const { employee } of order.technicians) {
      const month = monthOf(employee);
      month.orders += 1;
      if (order.followUp !== null) month.answered += 1;
      if (order.followUp === 'very_satisfied') month.very += 1;
    }
  }
  return months;
}

const MEASURES: readonly TierMeasure[] = ['labour_base', 'orders'];

/** The rules of tiers by measure; those in force on the last day of the period. */
export type RankedTiers = ReadonlyArray<Readonly<{ measure: TierMeasure; choose: Chooser<TierRule> }>>;

export function rankTiers(rules: readonly TierRule[]): RankedTiers {
  return MEASURES.map((measure) => ({
    measure,
    choose: chooserOf(
      ranked(
        rules.filter((rule) => rule.measure === measure),
        COMMISSION_WEIGHTS,
      ),
    ),
  }));
}

/** How a month's measure is paid, also where that is nothing. */
export type TierWorking = Readonly<{
  measure: TierMeasure;
  /** Fen or orders. */
  measured: number;
  /** None matches: nothing is paid. */
  rule: TierRule | null;
  amount: number;
}>;

/** One for each measure. */
export function tierWorkings(
  { number: employee, grade, unit }: Pick<PayEmployee, 'number' | 'grade' | 'unit'>,
  month: MonthOf | undefined,
  tiers: RankedTiers,
  lastDay: string,
): TierWorking[] {
  return tiers.map(({ measure, choose }) => {
    const rule = choose({ employee, grade, unit }, lastDay) ?? null;
    const measured = (measure === 'orders' ? month?.orders : month?.labourBase) ?? 0;
    return { measure, measured, rule, amount: rule === null ? 0 : paidBy(rule, measured) };
  });
}

function paidBy(rule: TierRule, measured: number): number {
  const earned = rule.mode === 'step' ? stepOf(rule.tiers, measured) : bracketsOf(rule.tiers, measured);
  return Math.min(earned, rule.capAmount ?? earned);
}

/** What is paid for a month's measures. */
export function tierEntries(
  person: Pick<PayEmployee, 'number' | 'grade' | 'unit'>,
  month: MonthOf | undefined,
  tiers: RankedTiers,
  lastDay: string,
): OtherEntry[] {
  return tierWorkings(person, month, tiers, lastDay).flatMap(({ measured, rule, amount }) => {
    if (rule === null || amount === 0) return [];
    const entry = { ruleId: rule.id, orderId: null, base: measured, shareBp: null, share: measured, rateBp: null };
    return [{ kind: 'tier', employee: person.number, ...entry, amount }];
  });
}

function stepOf(tiers: readonly Readonly<{ from: number; amount: number }>[], measured: number): number {
  let reached: { from: number; amount: number } | undefined;
  for (const tier of tiers) if (tier.from <= measured && (!reached || tier.from >= reached.from)) reached = tier;
  return reached?.amount ?? 0;
}

/** Each part of the measure at its own bracket's rate, rounded once at the end. */
function bracketsOf(tiers: readonly Readonly<{ from: number; rateBp: number }>[], measured: number): number {
  const sorted = tiers.toSorted((a, b) => a.from - b.from);
  let products = 0n;
  for (const [index, { from, rateBp }] of sorted.entries()) {
    const to = Math.min(measured, sorted[index + 1]?.from ?? measured);
    if (to > from) products += BigInt(to - from) * BigInt(rateBp);
  }
  return halfUpOf(products, WHOLE_BP);
}

/** How the answers of a month are paid, also where that is nothing. */
export type PointsWorking = Readonly<{
  /** Of a hundred. */
  score: number;
  /** Above the threshold. */
  points: number;
  amount: number;
}>;

export function pointsWorking(month: MonthOf | undefined, monthly: SatisfactionPay['monthly']): PointsWorking {
  if (!month || month.answered === 0) return { score: 0, points: 0, amount: 0 };
  const score = Math.floor((100 * month.very) / month.answered);
  const points = monthly === null ? 0 : Math.max(0, score - monthly.threshold);
  return { score, points, amount: points * (monthly?.pointAmount ?? 0) };
}

/** Points of a hundred above the threshold, each worth the same. */
export function monthlySatisfaction(
  employee: string,
  month: MonthOf | undefined,
  { monthly }: SatisfactionPay,
): OtherEntry[] {
  const { score: base, points: share, amount } = pointsWorking(month, monthly);
  if (amount === 0) return [];
  const entry = { employee, ruleId: null, orderId: null, base, shareBp: null, share };
  return [{ kind: 'satisfaction-month', ...entry, rateBp: monthly?.pointAmount ?? 0, amount }];
}
