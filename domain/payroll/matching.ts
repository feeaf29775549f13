import type { DeadlineRule, PayComponent, PayConditions, PayFamily, PayRule } from './types.ts';

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

/** The first of ranked rules that is in force on a date and whose conditions all hold. Undefined if none does. */
export type Chooser<R extends Rule> = (facts: Conditions, on: string) => R | undefined;

/**
 * What is asked of work, one condition after the other, until one rule is left that wins. Each answer is followed up once and
 * kept: a month has much work of the same kind.
 */
export function chooserOf<R extends Rule>(rules: Ranked<R>): Chooser<R> {
  const byDay = new Map<string, Question<R>>();
  const byRules = new Map<string, Question<R>>();
  const firstOn = (on: string): Question<R> => {
    const inForce = rules.filter((rule) => isInForce(rule, on));
    const first = kept(byRules, inForce.map(({ id }) => id).join(' '), () => questionAbout(inForce, []));
    byDay.set(on, first);
    return first;
  };
  return (facts, on) => {
    let question = byDay.get(on) ?? firstOn(on);
    while (question.condition !== null) {
      const value = facts[question.condition] ?? null;
      question = question.answers.get(value) ?? answered(question, question.condition, value);
    }
    return question.rules[0];
  };
}

/** `condition`: null where the first of the rules wins, or there is none. */
type Question<R extends Rule> = Readonly<{
  rules: Ranked<R>;
  asked: readonly string[];
  condition: string | null;
  answers: Map<string | null, Question<R>>;
}>;

function questionAbout<R extends Rule>(rules: Ranked<R>, asked: readonly string[]): Question<R> {
  const [first] = rules;
  const open = Object.entries(first?.conditions ?? {}).find(
    ([name, wanted]) => (wanted ?? null) !== null && !asked.includes(name),
  );
  return { rules, asked, condition: open?.[0] ?? null, answers: new Map() };
}

/** Values that no rule names, of which there may be many, are all the same answer: null. */
function answered<R extends Rule>(
  { rules, asked, answers }: Question<R>,
  condition: string,
  value: string | null,
): Question<R> {
  const isNamed = value !== null && rules.some(({ conditions }) => conditions[condition] === value);
  const next = kept(answers, isNamed ? value : null, () => {
    const left = rules.filter(({ conditions }) => {
      const wanted = conditions[condition] ?? null;
      return wanted === null || (isNamed && wanted === value);
    });
    return questionAbout(left, [...asked, condition]);
  });
  answers.set(value, next);
  return next;
}

function kept<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

export function isInForce(rule: Rule, on: string): boolean {
  return (rule.validFrom === null || rule.validFrom <= on) && (rule.validTo === null || on <= rule.validTo);
}

export function specificity(conditions: Conditions, weights: Weights): number {
  return weights.reduce((sum, [name, weight]) => sum + ((conditions[name] ?? null) === null ? 0 : weight), 0);
}

/** The rules of commission by family. */
export type RulesByFamily = Readonly<Record<PayFamily, Chooser<PayRule>>>;

export function rankRules(rules: readonly PayRule[]): RulesByFamily {
  const ofFamily = (family: PayFamily) =>
    chooserOf(
      ranked(
        rules.filter((rule) => FAMILY_OF[rule.component] === family),
        COMMISSION_WEIGHTS,
      ),
    );
  return { labour: ofFamily('labour'), parts: ofFamily('parts'), job: ofFamily('job') };
}

export const rankDeadlines = (rules: readonly DeadlineRule[]): Chooser<DeadlineRule> =>
  chooserOf(ranked(rules, DEADLINE_WEIGHTS));
