import { z } from 'zod';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { insertRule, ruleByCode, ruleChoices, type RuleChoices } from '#db/repositories/pay-rules.ts';
import { basisPoints, businessDay, id, money, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

const AMOUNT_COMPONENTS: ReadonlySet<string> = new Set(['per_unit', 'per_job']);

const conditions = z
  .object({
    employeeId: id().nullable().default(null),
    workTypeId: id().nullable().default(null),
    productCategory: text(100).nullable().default(null),
    grade: text(50).nullable().default(null),
    warrantyClass: z.enum(['in', 'out', 'vendor']).nullable().default(null),
    /** The kind of work. */
    serviceMode: z
      .enum(['repair', 'installation', 'delivery', 'maintenance', 'exchange', 'return', 'cleaning'])
      .nullable()
      .default(null),
    unitId: id().nullable().default(null),
  })
  .prefault({});

const rule = z.object({
  code: text(40),
  component: z.enum(['labour', 'labour_profit', 'per_unit', 'part_sales', 'part_margin', 'per_job']),
  rateBp: basisPoints().nullable().default(null),
  /** Fen for one; at most ten million yuan, so that what is earned by it stays exact. */
  amount: money().max(1_000_000_000).nullable().default(null),
  discount: z.enum(['before', 'after']).default('before'),
  capAmount: money().nullable().default(null),
  validFrom: businessDay(),
  validTo: businessDay().nullable().default(null),
  conditions,
});

type RuleInput = z.output<typeof rule>;

/**
 * Publishes a commission rule. It never changes afterwards, so that what was paid by it stays explained: another rate is
 * another rule, and the old one is ended.
 */
export const saveRule = defineCommand({
  name: 'payroll.saveRule',
  right: 'payroll.rules',
  input: rule,

  async run(ctx, input) {
    const faults = [...figureFaults(input), ...conditionFaults(input, await ruleChoices(ctx.trx))];
    if (faults.length > 0) throw new DomainError('input.invalid', { faults });
    if (await ruleByCode(ctx.trx, input.code)) throw new DomainError('pay-rule.code-taken', { code: input.code });
    const { code, component, rateBp, amount, discount, capAmount, validFrom, validTo } = input;
    const saved = {
      id: ctx.newId(),
      unitId: ctx.station.unitId,
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
      measure: null,
      tiers: null,
      version: 1,
      createdAt: ctx.now,
    };
    await insertRule(ctx.trx, saved);
    ctx.audit('rule-published', 'commission-rule', saved.id, { after: saved });
    return { id: saved.id, code, version: 1 };
  },
});

/** A rate or an amount, as the component needs it, and not the other. */
function figureFaults({ component, rateBp, amount, validFrom, validTo }: RuleInput): FieldFault[] {
  const [needed, other] = AMOUNT_COMPONENTS.has(component)
    ? (['amount', 'rateBp'] as const)
    : (['rateBp', 'amount'] as const);
  const figures = { rateBp, amount };
  return [
    ...(figures[needed] === null ? [{ path: needed, rule: 'required' }] : []),
    ...(figures[other] === null ? [] : [{ path: other, rule: 'notExpectedHere' }]),
    ...(validTo !== null && validTo < validFrom ? [{ path: 'validTo', rule: 'beforeFrom' }] : []),
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
