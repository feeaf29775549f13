import { z } from 'zod';
import { isTimeZone } from '#domain/dates.ts';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { WHOLE_BP } from '#domain/money.ts';
import { ONE_PIECE } from '#domain/quantity.ts';
import type { PayRule, PayScenario, PayShare, PeriodOrder, TierRule } from '#domain/payroll/types.ts';
import { basisPoints, businessDay, faultsOf, money } from '../inputs.ts';

/** A month's pay as a file: what `mendway payroll simulate` reads. Fields that nobody knows are refused, not passed over. */

const name = () => z.string().min(1).max(100);
const nullable = <S extends z.ZodType>(schema: S) => schema.nullable().default(null);
const rate = () => z.int().min(0).max(1_000_000);
const at = () => z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A plain decimal with at most 3 places, as text or number; thousandths. */
const decimal = () =>
  z
    .union([z.number(), z.string()])
    .transform(String)
    .refine((text) => /^\d{1,9}(\.\d+)?$/.test(text), { params: { rule: 'notANumber' } })
    .refine((text) => !/\.\d{4,}$/.test(text), { params: { rule: 'tooManyDecimals' } })
    .transform((text) => Math.round(Number(text) * ONE_PIECE));

const share = z.strictObject({ employee: name(), share: basisPoints() });
const shares = () => z.array(share).default([]);

const employee = z.strictObject({
  number: name(),
  grade: nullable(name()),
  unit: nullable(name()),
  baseSalary: money().default(0),
  positionPay: money().default(0),
  gradeAllowance: money().default(0),
  joinedOn: nullable(businessDay()),
  leftOn: nullable(businessDay()),
  carriedIn: money().default(0),
});

const validity = { validFrom: nullable(businessDay()), validTo: nullable(businessDay()) };
const condition = () => nullable(name());
const conditions = z
  .strictObject({
    employee: condition(),
    workType: condition(),
    productCategory: condition(),
    grade: condition(),
    warrantyClass: condition(),
    serviceMode: condition(),
    unit: condition(),
  })
  .prefault({});
const ruleHead = { id: name(), conditions, ...validity, capAmount: nullable(money()) };

const rateRule = z.strictObject({
  ...ruleHead,
  component: z.enum(['labour', 'labour_profit', 'part_sales', 'part_margin']),
  rateBp: rate(),
  discount: z.enum(['before', 'after']).default('before'),
});
const amountRule = z.strictObject({ ...ruleHead, component: z.enum(['per_unit', 'per_job']), amount: money() });
const tierHead = {
  ...ruleHead,
  conditions: z.strictObject({ employee: condition(), grade: condition(), unit: condition() }).prefault({}),
  component: z.literal('monthly_tier'),
  measure: z.enum(['labour_base', 'orders']),
};
const progressive = z.strictObject({
  ...tierHead,
  mode: z.literal('progressive'),
  tiers: z.array(z.strictObject({ from: money(), rateBp: rate() })).min(1),
});
const step = z.strictObject({
  ...tierHead,
  mode: z.literal('step'),
  tiers: z.array(z.strictObject({ from: money(), amount: money() })).min(1),
});
const monthlyTier = z.discriminatedUnion('mode', [progressive, step]);
const rule = z.discriminatedUnion('component', [rateRule, amountRule, monthlyTier]);

const labourLine = z.strictObject({
  workType: name(),
  fee: money(),
  labourCost: money().default(0),
  units: decimal().default(ONE_PIECE),
  technicians: shares(),
});
const partLine = z.strictObject({
  part: name(),
  quantity: decimal(),
  price: money(),
  cost: money().default(0),
  charge: z.enum(['customer', 'warranty', 'vendor', 'free']),
  soldBy: nullable(name()),
});
const order = z.strictObject({
  id: name(),
  serviceMode: name(),
  warrantyClass: name(),
  productCategory: nullable(name()),
  urgency: name().default('normal'),
  registeredOn: businessDay(),
  completedOn: businessDay(),
  auditedOn: businessDay(),
  technicians: shares(),
  discount: money().default(0),
  labour: z.array(labourLine).default([]),
  parts: z.array(partLine).default([]),
  startAt: nullable(at()),
  doneAt: nullable(at()),
  pauses: z.array(z.tuple([at(), at()])).default([]),
  items: z.array(z.strictObject({ item: name(), employee: nullable(name()) })).default([]),
  followUp: nullable(z.strictObject({ result: z.enum(['very_satisfied', 'satisfied', 'dissatisfied']) })),
  reworkOf: nullable(name()),
});

/** Minutes after midnight. */
const timeOfDay = () =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const workingHours = z
  .strictObject({
    timeZone: z.string().refine(isTimeZone, { params: { rule: 'notATimeZone' } }),
    days: z.array(z.int().min(1).max(7)),
    from: timeOfDay(),
    to: timeOfDay(),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], params: { rule: 'beforeStart' } });
const deadlineRule = z.strictObject({
  id: name(),
  conditions: z.strictObject({ urgency: condition(), serviceMode: condition() }).prefault({}),
  ...validity,
  limitMinutes: z.int().min(0).max(10_000_000),
  graceMinutes: z.int().min(0).max(10_000_000).default(0),
  unitMinutes: z.int().min(1).max(10_000_000),
  amountPerUnit: money(),
  capAmount: nullable(money()),
});
const item = z.xor([
  z.strictObject({ id: name(), kind: z.enum(['reward', 'penalty']), rateBp: rate() }),
  z.strictObject({ id: name(), kind: z.enum(['reward', 'penalty']), amount: money() }),
]);

const signedMoney = () => z.int().min(-1e11).max(1e11);
const satisfaction = z.strictObject({
  perOrder: z
    .strictObject({
      very_satisfied: signedMoney().optional(),
      satisfied: signedMoney().optional(),
      dissatisfied: signedMoney().optional(),
    })
    .prefault({}),
  monthly: nullable(z.strictObject({ threshold: z.int().min(0).max(100), pointAmount: money() })),
});

const scenarioFile = z.strictObject({
  period: z
    .strictObject({ from: businessDay(), to: businessDay() })
    .refine(({ from, to }) => from <= to, { path: ['to'], params: { rule: 'beforeFrom' } }),
  employees: z.array(employee),
  rules: z.array(rule).default([]),
  orders: z.array(order),
  workingHours: nullable(workingHours),
  deadlineRules: z.array(deadlineRule).default([]),
  items: z.array(item).default([]),
  satisfaction: nullable(satisfaction),
  rework: nullable(z.strictObject({ days: z.int().min(0).max(10_000), clawbackBp: rate() })),
  caps: nullable(z.strictObject({ deductionCapBp: nullable(basisPoints()) })),
});

type File = z.output<typeof scenarioFile>;

/**
 * A scenario as it was read from a file.
 * @throws DomainError `input.invalid` with the JSON path of each fault, `pay.shares-not-100-percent` likewise
 */
export function parseScenario(json: unknown): PayScenario {
  const parsed = scenarioFile.safeParse(json, { reportInput: true });
  if (!parsed.success) throw invalid(faultsOf(parsed.error));
  const file = parsed.data;
  const faults = [...doubledIn(file), ...unknownIn(file)];
  if (faults.length > 0) throw invalid(faults);
  requireWholeShares(file);
  return scenarioOf(file);
}

const invalid = (faults: readonly FieldFault[]): DomainError =>
  new DomainError('input.invalid', { faults: faults.map((fault) => ({ ...fault, path: jsonPath(fault.path) })) });

/** `orders.0.labour.1.fee` → `orders[0].labour[1].fee`. */
const jsonPath = (path: string): string => path.replaceAll(/\.?\b(\d+)\b/g, '[$1]');

function doubledIn(file: File): FieldFault[] {
  const doubled = (list: string, field: string, keys: readonly string[]): FieldFault[] =>
    keys.flatMap((key, index) =>
      keys.indexOf(key) === index ? [] : [{ path: `${list}.${index}.${field}`, rule: 'duplicate' }],
    );
  const ids = (rows: readonly Readonly<{ id: string }>[]) => rows.map(({ id }) => id);
  const numbers = file.employees.map(({ number }) => number);
  return [
    ...doubled('employees', 'number', numbers),
    ...doubled('rules', 'id', ids(file.rules)),
    ...doubled('orders', 'id', ids(file.orders)),
    ...doubled('items', 'id', ids(file.items)),
    ...doubled('deadlineRules', 'id', ids(file.deadlineRules)),
    ...sharesIn(file).flatMap(({ path, shares: given }) =>
      doubled(
        path,
        'employee',
        given.map((one) => one.employee),
      ),
    ),
  ];
}

type Shares = File['orders'][number]['technicians'];

/** Every list of technicians, with its path. */
function sharesIn({ orders }: File): Readonly<{ path: string; shares: Shares }>[] {
  return orders.flatMap(({ technicians, labour }, o) => [
    { path: `orders.${o}.technicians`, shares: technicians },
    ...labour.map((line, l) => ({ path: `orders.${o}.labour.${l}.technicians`, shares: line.technicians })),
  ]);
}

/** What is referred to and isn't in the file. */
function unknownIn(file: File): FieldFault[] {
  const people = new Set(file.employees.map(({ number }) => number));
  const items = new Set(file.items.map(({ id }) => id));
  const orders = new Set(file.orders.map(({ id }) => id));
  const references = [
    ...sharesIn(file).flatMap(({ path, shares: given }) =>
      given.map((one, t) => ({ path: `${path}.${t}.employee`, isKnown: people.has(one.employee) })),
    ),
    ...file.orders.flatMap(({ parts, items: given, reworkOf }, o) => [
      ...parts.map(({ soldBy }, p) => ({
        path: `orders.${o}.parts.${p}.soldBy`,
        isKnown: soldBy === null || people.has(soldBy),
      })),
      ...given.map((one, i) => ({ path: `orders.${o}.items.${i}.item`, isKnown: items.has(one.item) })),
      ...given.map(({ employee: whose }, i) => ({
        path: `orders.${o}.items.${i}.employee`,
        isKnown: whose === null || people.has(whose),
      })),
      { path: `orders.${o}.reworkOf`, isKnown: reworkOf === null || orders.has(reworkOf) },
    ]),
  ];
  return references.filter(({ isKnown }) => !isKnown).map(({ path }) => ({ path, rule: 'doesNotExist' }));
}

function requireWholeShares(file: File): void {
  for (const { path, shares: given } of sharesIn(file)) {
    const sumBp = given.reduce((sum, one) => sum + one.share, 0);
    if (given.length > 0 && sumBp !== WHOLE_BP)
      throw new DomainError('pay.shares-not-100-percent', {
        sumBp,
        faults: [{ path: jsonPath(path), rule: 'sharesNotWhole' }],
      });
  }
}

function scenarioOf({ rules, orders, caps, ...file }: File): PayScenario {
  const tierRules: TierRule[] = [];
  const payRules: PayRule[] = [];
  for (const one of rules) {
    if (one.component === 'monthly_tier') tierRules.push(one);
    else payRules.push(one);
  }
  return {
    ...file,
    rules: payRules,
    tierRules,
    orders: orders.map(orderOf),
    deductionCapBp: caps?.deductionCapBp ?? null,
  };
}

const sharesOf = (given: Shares): PayShare[] => given.map((one) => ({ employee: one.employee, shareBp: one.share }));

function orderOf({ technicians, labour, followUp, ...rest }: File['orders'][number]): PeriodOrder {
  return {
    ...rest,
    technicians: sharesOf(technicians),
    labour: labour.map((line) => ({ ...line, technicians: sharesOf(line.technicians) })),
    followUp: followUp?.result ?? null,
  };
}
