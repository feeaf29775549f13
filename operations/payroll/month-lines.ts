import type { OtherExplanation } from '#domain/payroll/explanation.ts';
import {
  pointsWorking,
  rankTiers,
  tierWorkings,
  type MonthOf,
  type RankedTiers,
  type TierWorking,
} from '#domain/payroll/monthly.ts';
import type { PayEmployee, TierMeasure } from '#domain/payroll/types.ts';
import { rulesWithin, type CodedTierRule } from '#db/repositories/pay-rules.ts';
import { termsOn, type PayTerms } from '#db/repositories/pay-terms.ts';
import type { MonthKind, PayPeriod } from '#db/repositories/payslips.ts';
import type { Sql } from '#db/store.ts';

/** How the months of a period are paid: by the tiers and terms in force on its last day. */
export type MonthRules = Readonly<{
  period: PayPeriod;
  terms: PayTerms;
  tierRules: readonly CodedTierRule[];
  tiers: RankedTiers;
}>;

export async function monthRulesOf(sql: Sql, period: PayPeriod): Promise<MonthRules> {
  const { tierRules } = await rulesWithin(sql, period.toOn, period.toOn);
  return { period, terms: await termsOn(sql, period.toOn), tierRules, tiers: rankTiers(tierRules) };
}

/** Whether anything is paid by the month: otherwise nobody's orders need be read for it. */
export const isPaidByMonth = ({ terms, tierRules }: MonthRules): boolean =>
  tierRules.length > 0 || (terms.satisfaction?.monthly ?? null) !== null;

/** What is paid by the month, with how it came about. */
export type MonthPay = Readonly<{
  kind: MonthKind;
  /** Of a tier; by no rule, it comes to nothing. */
  measure: TierMeasure | null;
  ruleId: string | null;
  amount: number;
  why: OtherExplanation;
}>;

/** Each that could be paid, also where it comes to nothing. @param month undefined: no order counts */
export function monthPay(
  rules: MonthRules,
  person: Pick<PayEmployee, 'number' | 'grade' | 'unit'>,
  month: MonthOf | undefined,
): MonthPay[] {
  const { tiers, tierRules, terms, period } = rules;
  const workings = tierWorkings(person, month, tiers, period.toOn);
  return [...workings.map((working) => tierPay(working, tierRules)), pointsPay(terms, month)];
}

function tierPay({ measure, measured, rule, amount }: TierWorking, rules: readonly CodedTierRule[]): MonthPay {
  const coded = rules.find(({ id }) => id === rule?.id);
  const why: OtherExplanation = {
    ...NOTHING,
    component: 'tier',
    rule: coded?.code ?? '',
    base: measured,
    share: measured,
    capAmount: coded?.capAmount ?? null,
    tiers: { measure, mode: coded?.mode ?? 'step', steps: coded?.tiers ?? [] },
  };
  return { kind: 'tier', measure, ruleId: rule?.id ?? null, amount, why };
}

/** Base: the score; share: the points above the threshold, which is the reason; rate: fen for each. */
function pointsPay({ satisfaction }: PayTerms, month: MonthOf | undefined): MonthPay {
  const monthly = satisfaction?.monthly ?? null;
  const { score, points, amount } = pointsWorking(month, monthly);
  const why: OtherExplanation = {
    ...NOTHING,
    component: 'satisfaction-month',
    subject: `${month?.very ?? 0}/${month?.answered ?? 0}`,
    reason: monthly === null ? '' : String(monthly.threshold),
    base: score,
    share: points,
    rateBp: monthly?.pointAmount ?? null,
  };
  return { kind: 'satisfaction-month', measure: null, ruleId: null, amount, why };
}

const NOTHING = {
  rule: '',
  subject: '',
  reason: '',
  shareBp: null,
  rateBp: null,
  capAmount: null,
  delay: null,
  tiers: null,
} as const;
