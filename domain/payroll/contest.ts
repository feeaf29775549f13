import { addDays } from '../dates.ts';
import { FAMILY_OF, isInForce, specificity, type Ranked, type Rule, type Weights } from './matching.ts';
import type { PayFamily, PayRule, TierMeasure, TierRule } from './types.ts';

// Why a rule pays and another does not: for one piece of work, and for all work that may ever come.

/** Within one of these a piece of work is paid by one rule alone. */
export type Field = PayFamily | `tier-${TierMeasure}`;

export const FIELDS: readonly Field[] = ['labour', 'parts', 'job', 'tier-labour_base', 'tier-orders'];

export function fieldOf(rule: PayRule | TierRule): Field {
  return 'measure' in rule ? `tier-${rule.measure}` : FAMILY_OF[rule.component];
}

type Facts = Readonly<Record<string, string | null | undefined>>;

/** Against the winner: fewer or lighter conditions, an earlier first day, a smaller id. Against the work: what doesn't fit. */
export type Loss =
  | Readonly<{ why: 'less-specific' | 'earlier' | 'smaller-id' | 'not-yet' | 'ended' }>
  | Readonly<{ why: 'condition'; condition: string }>;

export type Contest<R> = Readonly<{
  winner: R | undefined;
  /** Those that would pay if the winner weren't there, in the sequence in which they would; then those that one thing alone keeps out. */
  others: readonly Readonly<{ rule: R; loss: Loss }>[];
}>;

/** Which of the rules pays on a date, and what keeps the others from it. */
export function contest<R extends Rule>(rules: Ranked<R>, weights: Weights, facts: Facts, on: string): Contest<R> {
  const judged = rules.map((rule) => ({ rule, misfits: misfitsOf(rule, facts, on) }));
  const [first, ...rest] = judged.filter(({ misfits }) => misfits.length === 0).map(({ rule }) => rule);
  const nearly = judged.flatMap(({ rule, misfits: [loss, ...more] }) =>
    loss !== undefined && more.length === 0 ? [{ rule, loss }] : [],
  );
  const beaten = first === undefined ? [] : rest.map((rule) => ({ rule, loss: lossTo(first, rule, weights) }));
  return { winner: first, others: [...beaten, ...nearly] };
}

function misfitsOf(rule: Rule, facts: Facts, on: string): Loss[] {
  const broken = wantedBy(rule).filter(([condition, value]) => facts[condition] !== value);
  return [
    ...(isInForce(rule, on)
      ? []
      : [{ why: rule.validFrom !== null && on < rule.validFrom ? 'not-yet' : 'ended' } as const]),
    ...broken.map(([condition]) => ({ why: 'condition', condition }) as const),
  ];
}

function lossTo(winner: Rule, loser: Rule, weights: Weights): Loss {
  if (specificity(loser.conditions, weights) < specificity(winner.conditions, weights)) return { why: 'less-specific' };
  return { why: (loser.validFrom ?? '') < (winner.validFrom ?? '') ? 'earlier' : 'smaller-id' };
}

/** The conditions a rule has, without those left open. */
function wantedBy({ conditions }: Rule): (readonly [condition: string, value: string])[] {
  return Object.entries(conditions).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, value] as const],
  );
}

/** Two rules pay for exactly the same work if and only if this is the same of both. */
export function workOf(rule: Rule): string {
  return JSON.stringify(wantedBy(rule).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export type Overlap<R> = Readonly<{
  winner: R;
  loser: R;
  /** First and last day on which both are in force; null: open. */
  from: string | null;
  to: string | null;
}>;

/**
 * Pairs of rules of one field that are equally specific and may both match: as every condition has a weight of its own, those
 * are the ones with the same conditions, whose times overlap.
 */
export function overlaps<R extends Rule>(rules: Ranked<R>): Overlap<R>[] {
  const found: Overlap<R>[] = [];
  for (const same of Map.groupBy(rules, workOf).values()) {
    for (const [index, winner] of same.entries())
      for (const loser of same.slice(index + 1)) {
        const from = later(winner.validFrom, loser.validFrom);
        const to = earlier(winner.validTo, loser.validTo);
        if (from === null || to === null || from <= to) found.push({ winner, loser, from, to });
      }
  }
  return found;
}

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);
const earlier = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a);

/** `nobody`: no employee is all that it asks for. `no-work-type`: what it pays for has none. `outdone`: by the others, always. */
export type Vain<R> = Readonly<{ rule: R; why: 'nobody' | 'no-work-type' | 'outdone'; by: readonly R[] }>;

/** What there is to be matched. */
export type World = Readonly<{
  employees: readonly Readonly<{ number: string; grade: string | null; unit: string | null }>[];
  /** Conditions with few values: all of each. Of the others there may always be one that no rule names. */
  closed: Readonly<Record<string, readonly string[]>>;
}>;

/**
 * Rules of one field that never pay.
 * @param day from when on it matters
 */
export function vainRules<R extends Rule>(
  field: Field | 'deadline',
  rules: Ranked<R>,
  world: World,
  day: string,
): Vain<R>[] {
  return rules.flatMap((rule, index): Vain<R>[] => {
    if (rule.validTo !== null && rule.validTo < day) return [];
    const { workType = null } = rule.conditions;
    if (field !== 'labour' && workType !== null) return [{ rule, why: 'no-work-type', by: [] }];
    if (!hasSomebody(rule, world)) return [{ rule, why: 'nobody', by: [] }];
    const by = outdoing(rule, rules.slice(0, index), world, day);
    return by === undefined ? [] : [{ rule, why: 'outdone', by }];
  });
}

function hasSomebody({ conditions }: Rule, { employees }: World): boolean {
  const { employee = null, grade = null, unit = null } = conditions;
  if (employee === null && grade === null && unit === null) return true;
  return employees.some(
    (one) =>
      (employee === null || employee === one.number) &&
      (grade === null || grade === one.grade) &&
      (unit === null || unit === one.unit),
  );
}

/** The better rules that leave this one nothing, on no day from `day` on; undefined: they leave it something. */
function outdoing<R extends Rule>(rule: R, better: readonly R[], world: World, day: string): readonly R[] | undefined {
  const own = factsIn(rule, world);
  const rivals = better.filter((other) =>
    wantedBy(other).every(([name, value]) => own[name] === value || (own[name] === undefined && name in world.closed)),
  );
  if (rivals.length === 0) return undefined;
  const [from, to] = [later(rule.validFrom, day) ?? day, rule.validTo ?? LAST_DAY];
  const cases = casesOf(own, world);
  const winners = new Set<R>();
  for (const on of turningDays(rivals, from, to))
    for (const facts of cases) {
      const winner = rivals.find(
        (other) => isInForce(other, on) && wantedBy(other).every(([name, value]) => facts[name] === value),
      );
      if (winner === undefined) return undefined;
      winners.add(winner);
    }
  return [...winners];
}

/** What is known of all work that a rule matches: its conditions, and grade and unit of the employee it is for. */
function factsIn(rule: Rule, { employees }: World): Facts {
  const named = employees.find(({ number }) => number === rule.conditions['employee']);
  const person = named ? { grade: named.grade, unit: named.unit } : {};
  return { ...person, ...Object.fromEntries(wantedBy(rule)) };
}

/** Every combination of what has few values and is left open. */
function casesOf(own: Facts, { closed }: World): Facts[] {
  let cases: Facts[] = [own];
  for (const [name, values] of Object.entries(closed)) {
    if (own[name] !== undefined) continue;
    cases = cases.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  }
  return cases;
}

const LAST_DAY = '9999-12-31';

/** Days of a time between which the same rules are in force: its first, and each on which one begins or has just ended. */
function turningDays(rules: readonly Rule[], from: string, to: string): string[] {
  const days = rules.flatMap(({ validFrom, validTo }) => [
    ...(validFrom === null ? [] : [validFrom]),
    ...(validTo === null || validTo >= LAST_DAY ? [] : [addDays(validTo, 1)]),
  ]);
  return [from, ...days.filter((day) => from < day && day <= to)];
}

/** Rules as a change would leave them: without the ended ones, and with the drafts, each instead of what pays for the same work. */
export function asTried<R extends PayRule | TierRule>(
  rules: readonly R[],
  ended: ReadonlySet<string>,
  drafts: readonly R[],
): readonly R[] {
  const place = (rule: R) => `${fieldOf(rule)} ${workOf(rule)}`;
  const taken = new Set(drafts.map(place));
  return [...rules.filter((rule) => !ended.has(rule.id) && !taken.has(place(rule))), ...drafts];
}
