import type { PayComponent, PayConditions, PayFamily } from './types.ts';

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

type Rule = Readonly<{ id: string; conditions: PayConditions; validFrom: string | null; validTo: string | null }>;

/** Powers of two: a rule with a weightier condition wins against any number of lighter ones. */
const WEIGHTS: readonly (readonly [condition: keyof PayConditions, weight: number])[] = [
  ['employee', 64],
  ['workType', 32],
  ['productCategory', 16],
  ['grade', 8],
  ['warrantyClass', 4],
  ['serviceMode', 2],
  ['unit', 1],
];

/**
 * The most specific of the rules in force on a date whose conditions all hold; then the one valid from a later date;
 * then the one with the greater id. Undefined if none matches.
 */
export function bestRule<R extends Rule>(rules: readonly R[], facts: PayFacts, on: string): R | undefined {
  let best: R | undefined;
  for (const rule of rules) {
    if (isInForce(rule, on) && holds(rule.conditions, facts) && (!best || outranks(rule, best))) best = rule;
  }
  return best;
}

function isInForce(rule: Rule, on: string): boolean {
  return (rule.validFrom === null || rule.validFrom <= on) && (rule.validTo === null || on <= rule.validTo);
}

function holds(conditions: PayConditions, facts: PayFacts): boolean {
  return WEIGHTS.every(([name]) => (conditions[name] ?? null) === null || conditions[name] === facts[name]);
}

function outranks(rule: Rule, other: Rule): boolean {
  const bySpecificity = specificity(rule.conditions) - specificity(other.conditions);
  if (bySpecificity !== 0) return bySpecificity > 0;
  const [from, otherFrom] = [rule.validFrom ?? '', other.validFrom ?? ''];
  return from === otherFrom ? rule.id > other.id : from > otherFrom;
}

function specificity(conditions: PayConditions): number {
  return WEIGHTS.reduce((sum, [name, weight]) => sum + ((conditions[name] ?? null) === null ? 0 : weight), 0);
}
