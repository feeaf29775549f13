import * as fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import type { DeadlineRule, PayItem, PayScenario, PeriodOrder, TierRule } from '#domain/payroll/types.ts';
import type { PayTerms } from '#db/repositories/pay-terms.ts';
import { givenFinishedWork, givenPart, givenRule, givenWorkType } from '#tests/helpers/finished-work.ts';
import type { TestStation } from '#tests/helpers/station.ts';

/** A month of random work at a station, and the same month as the engine takes it, put together apart from the product. */

const MINUTE = 60_000;
export const MARCH = { from: '2026-03-01', to: '2026-03-31' };
export const TECHNICIANS = ['T01', 'T02', 'T03'] as const;

const SHARES = [
  [['T01', 10_000]],
  [
    ['T01', 6000],
    ['T02', 4000],
  ],
  [
    ['T01', 3333],
    ['T02', 3333],
    ['T03', 3334],
  ],
] as const;

const work = fc.record({
  shares: fc.constantFrom(...SHARES),
  labour: fc.array(
    fc.record({ type: fc.nat(1), fee: fc.nat(50_000), labourCost: fc.nat(5000), units: fc.constantFrom(1000, 2500) }),
    { maxLength: 2 },
  ),
  parts: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 5000 }),
      price: fc.nat(20_000),
      cost: fc.nat(30_000),
      charge: fc.constantFrom('customer', 'warranty'),
    }),
    { maxLength: 2 },
  ),
  discountPercent: fc.nat(40),
  category: fc.constantFrom('空调', '冰箱'),
  warrantyClass: fc.constantFrom('in', 'out'),
  minutes: fc.nat(3000),
  followUp: fc.constantFrom(null, 'very_satisfied', 'satisfied', 'dissatisfied'),
  award: fc.option(fc.record({ item: fc.nat(2), employee: fc.option(fc.constantFrom(...TECHNICIANS)) })),
  reworkOf: fc.option(fc.nat(5), { freq: 3 }),
  isWithdrawn: fc.boolean(),
  isAuditedAgain: fc.boolean(),
  /** What the customer says after the month was locked. */
  lateFollowUp: fc.option(fc.constantFrom(null, 'very_satisfied', 'dissatisfied'), { nil: undefined }),
});

const conditions = fc.record({
  grade: fc.option(fc.constantFrom('A', 'B')),
  productCategory: fc.option(fc.constantFrom('空调', '冰箱')),
  warrantyClass: fc.option(fc.constantFrom('in', 'out')),
});
const rule = fc.oneof(
  fc.record({
    component: fc.constantFrom('labour', 'labour_profit', 'part_sales', 'part_margin'),
    rateBp: fc.integer({ min: 1, max: 6000 }),
    discount: fc.constantFrom('before', 'after'),
    capAmount: fc.option(fc.integer({ min: 100, max: 20_000 })),
    conditions,
  }),
  fc.record({
    component: fc.constantFrom('per_unit', 'per_job'),
    amount: fc.integer({ min: 1, max: 3000 }),
    capAmount: fc.constant(null),
    conditions,
  }),
);

export const payWorld = fc.record({
  works: fc.array(work, { minLength: 1, maxLength: 6 }),
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
  lateRules: fc.array(rule, { maxLength: 2 }),
  deductionCapBp: fc.option(fc.integer({ min: 0, max: 10_000 })),
  off: fc.subarray(['deadline', 'dissatisfied', 'clawback'] as const, { maxLength: 1 }),
});

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;
export type PayWorld = Of<typeof payWorld>;
type Work = Of<typeof work>;
type RuleDrawn = Of<typeof rule>;

const ITEMS = [
  { code: 'A1', kind: 'reward', amount: 500, rateBp: null },
  { code: 'P1', kind: 'penalty', amount: 701, rateBp: null },
  { code: 'P2', kind: 'penalty', amount: null, rateBp: 1000 },
] as const;

const DEADLINE = { limitMinutes: 600, graceMinutes: 30, unitMinutes: 60, amountPerUnit: 301, capAmount: 2000 };
const TIERS = {
  measure: 'labour_base',
  mode: 'progressive',
  tiers: [
    { from: 0, rateBp: 100 },
    { from: 30_000, rateBp: 300 },
  ],
} as const;

export const TERMS = {
  workingHours: null,
  satisfaction: {
    perOrder: { very_satisfied: 200, dissatisfied: -333 },
    monthly: { threshold: 50, pointAmount: 7 },
  },
  rework: { days: 30, clawbackBp: 5000 },
} as const;

/** What is worked and by which terms. The rules come later: not all of them are there when the work is audited. */
export async function givenPayWorld(station: TestStation, { works, deductionCapBp, off }: PayWorld) {
  const { unitId } = station.station;
  const made = { unitId, validFrom: '2026-01-01', version: 1, createdAt: 0 };
  const ids = new Map<string, string>();
  for (const [index, number] of TECHNICIANS.entries())
    ids.set(
      number,
      await station.givenEmployee({
        number,
        grade: index === 1 ? 'B' : 'A',
        roles: ['technician'],
        baseSalary: 10_000,
      }),
    );
  const types = [await givenWorkType(station, '大修'), await givenWorkType(station, '小修')];
  const parts = [await givenPart(station, '压缩机'), await givenPart(station, '电容')];
  const items = ITEMS.map((item) => ({ id: uuidv7(), ...item }));
  const [deadlineId, tierId] = [uuidv7(), uuidv7()];
  const { tiers, mode, measure } = TIERS;
  const terms: PayTerms = { ...TERMS, deductionCapBp, off };
  await station.store.write(async (trx) => {
    for (const item of items)
      await trx.insert('pay_items', {
        ...item,
        unitId,
        name: item.code,
        category: 'x',
        isActive: true,
        version: 1,
        createdAt: 0,
      });
    for (const value of ['空调', '冰箱'])
      await trx.insert('dictionary_entries', {
        id: uuidv7(),
        unitId,
        dictionary: 'category',
        value,
        searchText: value,
        uses: 1,
      });
    await trx.insert('deadline_rules', { id: deadlineId, code: 'D', ...DEADLINE, ...made });
    await trx.insert('commission_rules', {
      id: tierId,
      code: 'TIER',
      component: 'monthly_tier',
      measure,
      tiers: JSON.stringify({ mode, tiers }),
      isAfterDiscount: false,
      ...made,
    });
    const body = JSON.stringify(terms);
    await trx.insert('pay_terms', {
      id: uuidv7(),
      unitId,
      validFrom: '2026-01-01',
      body,
      employeeId: 'x',
      createdAt: 0,
    });
  });
  const orders: { id: string; version: number; order: PeriodOrder }[] = [];
  for (const one of works) orders.push(await givenWork(station, one, { orders, items, ids, types, parts }));
  return { orders, items, ids, deadlineId, tierId, terms };
}

type Known = Readonly<{
  orders: readonly Readonly<{ id: string }>[];
  items: readonly Readonly<{ id: string }>[];
  ids: ReadonlyMap<string, string>;
  types: readonly string[];
  parts: readonly string[];
}>;

async function givenWork(station: TestStation, drawn: Work, { orders, items, ids, types, parts }: Known) {
  const { shares, category, warrantyClass, followUp } = drawn;
  const labour = drawn.labour.map(({ type, ...line }) => ({ workTypeId: types[type] ?? '', ...line }));
  const used = drawn.parts.map((line, index) => ({ partId: parts[index] ?? '', ...line }));
  const charged =
    labour.reduce((sum, { fee }) => sum + fee, 0) +
    used.reduce(
      (sum, { quantity, price, charge }) => (charge === 'customer' ? sum + (quantity * price) / 1000 : sum),
      0,
    );
  const discount = Math.floor((charged * drawn.discountPercent) / 100);
  const order = await givenFinishedWork(station, {
    technicians: shares.map(([number, shareBp]) => ({ employeeId: ids.get(number) ?? '', shareBp })),
    labour,
    parts: used,
    discount,
    category,
    warrantyClass,
  });
  const reworkOf = drawn.reworkOf === null ? null : (orders[drawn.reworkOf]?.id ?? null);
  const [startAt, doneAt] = [station.clock.now, station.clock.now + drawn.minutes * MINUTE];
  const awardId = uuidv7();
  await station.store.write(async (trx) => {
    await trx.run('UPDATE work_orders SET completed_at = ?, follow_up = ?, rework_of_id = ? WHERE id = ?', [
      doneAt,
      followUp,
      reworkOf,
      order.id,
    ]);
    if (drawn.award)
      await trx.insert('pay_awards', {
        id: awardId,
        unitId: station.station.unitId,
        itemId: items[drawn.award.item]?.id ?? '',
        workOrderId: order.id,
        employeeId: drawn.award.employee && (ids.get(drawn.award.employee) ?? null),
        givenOn: '2026-03-15',
        reason: 'x',
        source: 'hand',
        state: 'standing',
        withdrawnReason: '',
        givenById: 'x',
        version: 1,
        createdAt: 0,
      });
  });
  const asPaid: PeriodOrder = {
    id: order.id,
    serviceMode: 'repair',
    warrantyClass,
    productCategory: category,
    urgency: 'normal',
    registeredOn: '2026-03-15',
    completedOn: '2026-03-15',
    auditedOn: '2026-03-15',
    technicians: shares.map(([employee, shareBp]) => ({ employee, shareBp })),
    discount,
    labour: labour.map(({ workTypeId, ...line }) => ({ workType: workTypeId, ...line, technicians: [] })),
    parts: used.map(({ partId, ...line }) => ({ part: partId, ...line, soldBy: null })),
    startAt,
    doneAt,
    pauses: [],
    items: drawn.award ? [{ item: items[drawn.award.item]?.id ?? '', employee: drawn.award.employee }] : [],
    followUp,
    reworkOf,
  };
  return { id: order.id, version: order.version, order: asPaid };
}

export async function givenRules(station: TestStation, rules: readonly RuleDrawn[]): Promise<PayScenario['rules']> {
  const made: PayScenario['rules'][number][] = [];
  for (const { conditions: when, ...drawn } of rules) {
    const { id } = await givenRule(station, { ...drawn, conditions: when });
    made.push({ id, ...drawn, conditions: when, validFrom: '2026-01-01', validTo: null });
  }
  return made;
}

type Given = Awaited<ReturnType<typeof givenPayWorld>>;

/** The month as the engine takes it. */
export function scenarioOf(
  { items, deadlineId, tierId, terms }: Given,
  orders: readonly PeriodOrder[],
  rules: PayScenario['rules'],
): PayScenario {
  const always = { conditions: {}, validFrom: '2026-01-01', validTo: null };
  const deadline: DeadlineRule = { id: deadlineId, ...always, ...DEADLINE };
  const tier: TierRule = { id: tierId, ...always, capAmount: null, ...TIERS };
  return {
    period: MARCH,
    employees: TECHNICIANS.map((number, index) => ({
      number,
      grade: index === 1 ? 'B' : 'A',
      unit: null,
      baseSalary: 10_000,
      positionPay: 0,
      gradeAllowance: 0,
      joinedOn: null,
      leftOn: null,
      carriedIn: 0,
    })),
    rules,
    tierRules: [tier],
    orders,
    ...terms,
    workingHours: null,
    deadlineRules: terms.off.includes('deadline') ? [] : [deadline],
    items: items.map(({ id, kind, amount, rateBp }): PayItem => ({
      id,
      kind,
      ...(amount === null ? { rateBp: rateBp ?? 0 } : { amount }),
    })),
    satisfaction: terms.off.includes('dissatisfied')
      ? { ...TERMS.satisfaction, perOrder: { very_satisfied: TERMS.satisfaction.perOrder.very_satisfied } }
      : TERMS.satisfaction,
    rework: terms.off.includes('clawback') ? { ...TERMS.rework, clawbackBp: 0 } : TERMS.rework,
  };
}
