import type { PayComponent, PayConditions, PayFamily, PayRule } from './types.ts';

// Which rule pays: of those in force whose conditions all hold, the most specific one.

export const FAMILY_OF: Readonly<Record<PayComponent, PayFamily>> = {
  labour: 'labour',
  labour_profit: 'labour',
  per_unit: 'labour',
  part_sales: 'parts',
  part_margin: 'parts',
  per_job: 'job',
};

/** The values of one order, line and technician; null where there is none, which no condition equals. */
export type PayFacts = Readonly<Record<keyof PayConditions, string | null>>;

type Conditions = Readonly<Record<string, string | null | undefined>>;
export type Rule = Readonly<{ id: string; conditions: Conditions; validFrom: string | null; validTo: string | null }>;

/** Powers of two: a rule with a weightier condition wins against any number of lighter ones. */
export type Weights = readonly (readonly [condition: string, weight: number])[];

export const COMMISSION_WEIGHTS: Weights = [
  ['employee', 64],
  ['workType', 32],
  ['productCategory', 16],
  ['grade', 8],
  ['warrantyClass', 4],
  ['serviceMode', 2],
  ['unit', 1],
];

export const DEADLINE_WEIGHTS: Weights = [
  ['urgency', 2],
  ['serviceMode', 1],
];

/** Rules in the order in which they win: the most specific first, then that valid from a later date, then the greater id. */
export type Ranked<R extends Rule> = readonly R[];

export function ranked<R extends Rule>(rules: readonly R[], weights: Weights): Ranked<R> {
  return rules.toSorted((a, b) => {
    const bySpecificity = specificity(b.conditions, weights) - specificity(a.conditions, weights);
    if (bySpecificity !== 0) return bySpecificity;
    const [from, otherFrom] = [a.validFrom ?? '', b.validFrom ?? ''];
    if (from !== otherFrom) return from > otherFrom ? -1 : 1;
    return a.id > b.id ? -1 : 1;
  });
}

/** The first of the ranked rules that is in force on a date and whose conditions all hold. Undefined if none does. */
export function bestRule<R extends Rule>(rules: Ranked<R>, facts: Conditions, on: string): R | undefined {
  return rules.find((rule) => isInForce(rule, on) && holds(rule.conditions, facts));
}

export function isInForce(rule: Rule, on: string): boolean {
  return (rule.validFrom === null || rule.validFrom <= on) && (rule.validTo === null || on <= rule.validTo);
}

function holds(conditions: Conditions, facts: Conditions): boolean {
  for (const name in conditions) {
    const wanted = conditions[name] ?? null;
    if (wanted !== null && wanted !== facts[name]) return false;
  }
  return true;
}

export function specificity(conditions: Conditions, weights: Weights): number {
  return weights.reduce((sum, [name, weight]) => sum + ((conditions[name] ?? null) === null ? 0 : weight), 0);
}

/** The rules of commission by family, each ranked. */
export type RankedRules = Readonly<Record<PayFamily, Ranked<PayRule>>>;

export function rankRules(rules: readonly PayRule[]): RankedRules {
  const ofFamily = (family: PayFamily) =>
    ranked(
      rules.filter((rule) => FAMILY_OF[rule.component] === family),
      COMMISSION_WEIGHTS,
    );
  return { labour: ofFamily('labour'), parts: ofFamily('parts'), job: ofFamily('job') };
}
