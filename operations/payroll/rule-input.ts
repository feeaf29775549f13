import { z } from 'zod';
import type { FieldFault } from '#domain/errors.ts';
import type { CommissionRule, RuleChoices, TiersKept } from '#db/repositories/pay-rules.ts';
import { basisPoints, businessDay, id, money, text } from '../inputs.ts';

/** A commission rule as it is typed, to be published or only tried. */

export const SERVICE_MODES = [
  'repair',
  'installation',
  'delivery',
  'maintenance',
  'exchange',
  'return',
  'cleaning',
] as const;
export const WARRANTY_CLASSES = ['in', 'out', 'vendor'] as const;

const AMOUNT_COMPONENTS: ReadonlySet<string> = new Set(['per_unit', 'per_job']);

const conditions = z
  .object({
    employeeId: id().nullable().default(null),
    workTypeId: id().nullable().default(null),
    productCategory: text(100).nullable().default(null),
    grade: text(50).nullable().default(null),
    warrantyClass: z.enum(WARRANTY_CLASSES).nullable().default(null),
    /** The kind of work. */
    serviceMode: z.enum(SERVICE_MODES).nullable().default(null),
    unitId: id().nullable().default(null),
  })
  .prefault({});

/** Fen; at most ten million yuan, so that what is earned by it stays exact. */
const amountPaid = () => money().max(1_000_000_000);

const tier = z.object({
  /** Fen of labour fees, or orders. */
  from: money(),
  /** Of a progressive tier. */
  rateBp: basisPoints().nullable().default(null),
  /** Of a step. */
  amount: amountPaid().nullable().default(null),
});

export const ruleFields = z.object({
  code: text(40),
  component: z.enum(['labour', 'labour_profit', 'per_unit', 'part_sales', 'part_margin', 'per_job', 'monthly_tier']),
  rateBp: basisPoints().nullable().default(null),
  amount: amountPaid().nullable().default(null),
  discount: z.enum(['before', 'after']).default('before'),
  /** Of a monthly tier: what is added up, and how the tiers pay. */
  measure: z.enum(['labour_base', 'orders']).nullable().default(null),
  mode: z.enum(['progressive', 'step']).nullable().default(null),
  tiers: z.array(tier).max(20).default([]),
  capAmount: money().nullable().default(null),
  validFrom: businessDay(),
  validTo: businessDay().nullable().default(null),
  conditions,
});

export type RuleInput = z.output<typeof ruleFields>;

/** Everything that is wrong with a rule, by field. */
export function ruleFaults(input: RuleInput, known: RuleChoices): FieldFault[] {
  const { validFrom, validTo } = input;
  return [
    ...(input.component === 'monthly_tier' ? tierFaults(input) : figureFaults(input)),
    ...(validTo !== null && validTo < validFrom ? [{ path: 'validTo', rule: 'beforeFrom' }] : []),
    ...conditionFaults(input, known),
  ];
}

const required = (path: string): FieldFault => ({ path, rule: 'required' });
const notExpected = (path: string): FieldFault => ({ path, rule: 'notExpectedHere' });

/** A rate or an amount, as the component needs it, and not the other. */
function figureFaults({ component, rateBp, amount, measure, mode, tiers }: RuleInput): FieldFault[] {
  const isAmount = AMOUNT_COMPONENTS.has(component);
  const [needed, other] = isAmount ? (['amount', 'rateBp'] as const) : (['rateBp', 'amount'] as const);
  const figures = { rateBp, amount };
  return [
    ...(figures[needed] === null ? [required(needed)] : []),
    ...(figures[other] === null ? [] : [notExpected(other)]),
    ...(measure === null ? [] : [notExpected('measure')]),
    ...(mode === null ? [] : [notExpected('mode')]),
    ...(tiers.length === 0 ? [] : [notExpected('tiers')]),
  ];
}

/** Tiers go by the person and his month; what a single order is about is no condition of theirs. */
const NOT_OF_TIERS = ['workTypeId', 'productCategory', 'warrantyClass', 'serviceMode'] as const;

function tierFaults({ rateBp, amount, measure, mode, tiers, conditions: wanted }: RuleInput): FieldFault[] {
  const [needed, other] = mode === 'step' ? (['amount', 'rateBp'] as const) : (['rateBp', 'amount'] as const);
  const froms = tiers.map(({ from }) => from);
  return [
    ...(rateBp === null ? [] : [notExpected('rateBp')]),
    ...(amount === null ? [] : [notExpected('amount')]),
    ...(measure === null ? [required('measure')] : []),
    ...(mode === null ? [required('mode')] : []),
    ...(tiers.length === 0 ? [required('tiers')] : []),
    ...tiers.flatMap((one, index) => [
      ...(froms.indexOf(one.from) === index ? [] : [{ path: `tiers.${index}.from`, rule: 'duplicate' }]),
      ...(one[needed] === null ? [required(`tiers.${index}.${needed}`)] : []),
      ...(one[other] === null ? [] : [notExpected(`tiers.${index}.${other}`)]),
    ]),
    ...NOT_OF_TIERS.filter((name) => wanted[name] !== null).map((name) => notExpected(`conditions.${name}`)),
  ];
}

function conditionFaults({ conditions: wanted }: RuleInput, known: RuleChoices): FieldFault[] {
  const ids = (rows: readonly Readonly<{ id: string }>[]) => rows.map((row) => row.id);
  const checks = [
    ['employeeId', wanted.employeeId, ids(known.employees)],
    ['workTypeId', wanted.workTypeId, ids(known.workTypes)],
    ['productCategory', wanted.productCategory, known.categories],
    ['grade', wanted.grade, known.grades],
    ['unitId', wanted.unitId, ids(known.units)],
  ] as const;
  return checks
    .filter(([, value, among]) => value !== null && !among.includes(value))
    .map(([name]) => ({ path: `conditions.${name}`, rule: 'doesNotExist' }));
}

/** The rule as it is kept, without what it is given when it is published. */
export function ruleRow(input: RuleInput): Omit<CommissionRule, 'id' | 'unitId' | 'version' | 'createdAt'> {
  const { code, component, rateBp, amount, discount, capAmount, validFrom, validTo, measure } = input;
  return {
    code,
    component,
    rateBp,
    amount,
    isAfterDiscount: discount === 'after',
    capAmount,
    validFrom,
    validTo,
    whenEmployee: input.conditions.employeeId,
    whenWorkType: input.conditions.workTypeId,
    whenProductCategory: input.conditions.productCategory,
    whenGrade: input.conditions.grade,
    whenWarrantyClass: input.conditions.warrantyClass,
    whenServiceMode: input.conditions.serviceMode,
    whenUnit: input.conditions.unitId,
    measure,
    tiers: component === 'monthly_tier' ? JSON.stringify(tiersOf(input)) : null,
  };
}

function tiersOf({ mode, tiers }: RuleInput): TiersKept {
  const sorted = tiers.toSorted((a, b) => a.from - b.from);
  if (mode === 'step') return { mode, tiers: sorted.map(({ from, amount }) => ({ from, amount: amount ?? 0 })) };
  return { mode: 'progressive', tiers: sorted.map(({ from, rateBp }) => ({ from, rateBp: rateBp ?? 0 })) };
}
