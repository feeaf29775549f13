import type { InputOf, OutputOf } from '#operations/index.ts';
import type { SaidRule } from './rule-sentence.ts';

/** A rule between the form, what is sent, and what is said of it. */

export type RuleInput = InputOf<'payroll.saveRule'>;
type Choices = OutputOf<'payroll.ruleChoices'>;

const OF_AMOUNT: ReadonlySet<string> = new Set(['per_unit', 'per_job']);
const WITH_DISCOUNT: ReadonlySet<string> = new Set(['labour', 'part_sales', 'part_margin']);
const OF_TIERS: ReadonlySet<string> = new Set(['employeeId', 'grade', 'unitId']);

export type Pays = 'rate' | 'amount' | 'tiers';

export function paysBy(component: string): Pays {
  if (component === 'monthly_tier') return 'tiers';
  return OF_AMOUNT.has(component) ? 'amount' : 'rate';
}

export const knowsDiscount = (component: string): boolean => WITH_DISCOUNT.has(component);

/** Tiers go by the person and his month alone. */
export const isCondition = (component: string, name: string): boolean =>
  paysBy(component) !== 'tiers' || OF_TIERS.has(name);

/** Fields that do not belong to the way it pays are not sent. */
export function sent(values: RuleInput): RuleInput {
  const { component, rateBp, amount, discount, measure, mode, tiers = [], conditions = {}, ...rest } = values;
  const pays = paysBy(component);
  const chosen = Object.entries(conditions).filter(
    ([name, value]) => value !== undefined && isCondition(component, name),
  );
  return {
    ...rest,
    component,
    rateBp: pays === 'rate' ? (rateBp ?? null) : null,
    amount: pays === 'amount' ? (amount ?? null) : null,
    ...(knowsDiscount(component) && discount !== undefined ? { discount } : {}),
    ...(pays === 'tiers' ? tiersSent({ measure, mode, tiers }) : {}),
    conditions: Object.fromEntries(chosen),
  };
}

type Tiers = Pick<RuleInput, 'measure' | 'mode' | 'tiers'>;

/** A part of a number of orders has no rate: what is measured by orders pays by steps. */
function tiersSent({ measure = null, mode: chosen = null, tiers = [] }: Tiers): Tiers {
  const mode = measure === 'orders' ? 'step' : chosen;
  return {
    measure,
    mode,
    tiers: tiers.map(({ from, rateBp, amount }) =>
      mode === 'step' ? { from, amount: amount ?? null } : { from, rateBp: rateBp ?? null },
    ),
  };
}

type Kept = Readonly<{
  mode: 'progressive' | 'step';
  tiers: readonly Readonly<{ from: number; rateBp?: number; amount?: number }>[];
}>;

/** @param json of a rule as it is kept */
export function tiersOf(json: string | null): Kept {
  return json === null ? { mode: 'step', tiers: [] } : (JSON.parse(json) as Kept);
}

const named = (rows: readonly Readonly<{ id: string; name: string }>[], id: string | null | undefined): string | null =>
  rows.find((row) => row.id === id)?.name ?? null;

/** What is said of a rule that isn't published. */
export function saidOf(input: RuleInput, choices: Choices): SaidRule {
  const tiers = (input.tiers ?? []).toSorted((a, b) => a.from - b.from);
  return {
    component: input.component,
    rateBp: input.rateBp ?? null,
    amount: input.amount ?? null,
    isAfterDiscount: input.discount === 'after',
    capAmount: input.capAmount ?? null,
    measure: input.measure ?? null,
    tiers: input.component === 'monthly_tier' ? JSON.stringify({ mode: input.mode ?? 'step', tiers }) : null,
    ...saidOfConditions(input.conditions ?? {}, choices),
  };
}

function saidOfConditions(conditions: NonNullable<RuleInput['conditions']>, choices: Choices) {
  return {
    whenEmployee: conditions.employeeId ?? null,
    whenWorkType: conditions.workTypeId ?? null,
    whenProductCategory: conditions.productCategory ?? null,
    whenGrade: conditions.grade ?? null,
    whenWarrantyClass: conditions.warrantyClass ?? null,
    whenServiceMode: conditions.serviceMode ?? null,
    whenUnit: conditions.unitId ?? null,
    employeeName: named(choices.employees, conditions.employeeId),
    workTypeName: named(choices.workTypes, conditions.workTypeId),
    unitName: named(choices.units, conditions.unitId),
  };
}
