import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commissionEntries as commissionOf } from '#domain/payroll/commission.ts';
import { rankRules } from '#domain/payroll/matching.ts';
import type {
  AmountRule,
  PayEmployee,
  PayLabourLine,
  PayOrder,
  PayPartLine,
  PayRule,
  RateRule,
} from '#domain/payroll/types.ts';

const givenEmployee = (number: string, changes: Partial<PayEmployee> = {}): PayEmployee => ({
  number,
  grade: 'A',
  unit: 'SH01',
  baseSalary: 0,
  positionPay: 0,
  gradeAllowance: 0,
  joinedOn: null,
  leftOn: null,
  ...changes,
});

const givenOrder = (changes: Partial<PayOrder> = {}): PayOrder => ({
  id: 'O1',
  serviceMode: 'repair',
  warrantyClass: 'out',
  productCategory: 'laptop',
  completedOn: '2026-03-05',
  auditedOn: '2026-03-06',
  technicians: [{ employee: 'T01', shareBp: 10_000 }],
  discount: 0,
  labour: [],
  parts: [],
  ...changes,
});

const givenLabour = (changes: Partial<PayLabourLine> = {}): PayLabourLine => ({
  workType: 'minor',
  fee: 30_000,
  labourCost: 0,
  units: 1000,
  technicians: [],
  ...changes,
});

const givenPart = (changes: Partial<PayPartLine> = {}): PayPartLine => ({
  part: 'P1',
  quantity: 1000,
  price: 10_000,
  cost: 6000,
  charge: 'customer',
  soldBy: null,
  ...changes,
});

const commissionEntries = (order: PayOrder, rules: readonly PayRule[], employees: ReadonlyMap<string, PayEmployee>) =>
  commissionOf(order, rankRules(rules), employees);

const head = { conditions: {}, validFrom: '2026-01-01', validTo: null, capAmount: null };

const givenRate = (id: string, component: RateRule['component'], changes: Partial<RateRule> = {}): RateRule => ({
  ...head,
  id,
  component,
  rateBp: 1000,
  discount: 'before',
  ...changes,
});

const givenAmount = (
  id: string,
  component: AmountRule['component'],
  changes: Partial<AmountRule> = {},
): AmountRule => ({
  ...head,
  id,
  component,
  amount: 1000,
  ...changes,
});

const staff = new Map(
  [givenEmployee('C01', { grade: null }), givenEmployee('T01'), givenEmployee('T02', { grade: 'B' })].map(
    (employee) => [employee.number, employee],
  ),
);

const halves = [
  { employee: 'T02', shareBp: 5000 },
  { employee: 'T01', shareBp: 5000 },
];

const earned = (order: PayOrder, ...rules: readonly PayRule[]) =>
  commissionEntries(order, rules, staff).map(({ employee, ruleId, amount }) => `${employee} ${ruleId} ${amount}`);

describe('which rule pays', () => {
  const order = givenOrder({ labour: [givenLabour()] });

  test('one condition of more weight wins against all lighter ones together', () => {
    const person = givenRate('person', 'labour', { conditions: { employee: 'T01' } });
    const everything = givenRate('everything', 'labour', {
      conditions: {
        workType: 'minor',
        productCategory: 'laptop',
        grade: 'A',
        warrantyClass: 'out',
        serviceMode: 'repair',
        unit: 'SH01',
      },
    });
    expect(earned(order, everything, person)).toEqual(['T01 person 3000']);
    const workType = givenRate('work-type', 'labour', { conditions: { workType: 'minor' } });
    expect(earned(order, everything, workType)).toEqual(['T01 everything 3000']);
  });

  test('of equally specific rules the later one pays, of the same day the greater id', () => {
    const [a, b] = [givenRate('a', 'labour'), givenRate('b', 'labour')];
    expect(earned(order, b, a)).toEqual(['T01 b 3000']);
    expect(earned(order, b, { ...a, validFrom: '2026-02-01' })).toEqual(['T01 a 3000']);
    expect(earned(order, { ...b, validFrom: null }, a)).toEqual(['T01 a 3000']);
  });

  test('a rule pays from its first to its last day, by the day of completion', () => {
    const rule = givenRate('R', 'labour', { validFrom: '2026-03-05', validTo: '2026-03-05' });
    expect(earned(order, rule)).toHaveLength(1);
    expect(earned(givenOrder({ ...order, completedOn: '2026-03-04' }), rule)).toEqual([]);
    expect(earned(givenOrder({ ...order, completedOn: '2026-03-06' }), rule)).toEqual([]);
  });

  test('labour, its profit and units are one family of which one rule pays; job and parts pay beside it', () => {
    const sold = givenOrder({ labour: [givenLabour()], parts: [givenPart()] });
    const rules = [
      givenRate('fee', 'labour'),
      givenRate('profit', 'labour_profit', { conditions: { unit: 'SH01' } }),
      givenAmount('units', 'per_unit'),
      givenRate('sales', 'part_sales'),
      givenAmount('job', 'per_job'),
    ];
    expect(earned(sold, ...rules)).toEqual(['T01 profit 3000', 'T01 sales 1000', 'T01 job 1000']);
  });

  test('each technician is paid by his own rule', () => {
    const shared = givenOrder({ technicians: halves, labour: [givenLabour()] });
    const gradeB = givenRate('grade-b', 'labour', { conditions: { grade: 'B' }, rateBp: 2000 });
    expect(earned(shared, givenRate('all', 'labour'), gradeB)).toEqual(['T01 all 1500', 'T02 grade-b 3000']);
  });

  test('a condition on what is not there does not hold: work type of a part, grade of a clerk, unknown category', () => {
    const sold = givenOrder({ productCategory: null, parts: [givenPart({ soldBy: 'C01' })] });
    expect(earned(sold, givenRate('R', 'part_sales', { conditions: { workType: 'minor' } }))).toEqual([]);
    expect(earned(sold, givenRate('R', 'part_sales', { conditions: { grade: 'A' } }))).toEqual([]);
    expect(earned(sold, givenRate('R', 'part_sales', { conditions: { productCategory: 'laptop' } }))).toEqual([]);
    expect(earned(sold, givenRate('R', 'part_sales', { conditions: { grade: null } }))).toEqual(['C01 R 1000']);
  });
});

describe('what is paid', () => {
  test('units times the amount, split', () => {
    const order = givenOrder({ technicians: halves, labour: [givenLabour({ units: 3000 })] });
    expect(earned(order, givenAmount('R', 'per_unit', { amount: 333 }))).toEqual(['T01 R 500', 'T02 R 499']);
  });

  test('profit is the fee less labour cost and the part of uncharged parts, and never below nothing', () => {
    const order = givenOrder({
      labour: [givenLabour({ labourCost: 5000 }), givenLabour({ fee: 10_000, labourCost: 9000 })],
      parts: [givenPart({ charge: 'warranty', cost: 8000 }), givenPart({ charge: 'customer' })],
      discount: 7000,
    });
    const rule = givenRate('R', 'labour_profit', { discount: 'after' });
    expect(earned(order, rule)).toEqual(['T01 R 1900', 'T01 R 0']);
  });

  test('parts under warranty, at the vendor or for free earn nothing', () => {
    const parts = (['warranty', 'vendor', 'free'] as const).map((charge) => givenPart({ charge }));
    expect(earned(givenOrder({ parts }), givenRate('R', 'part_sales'))).toEqual([]);
  });

  test('the discount reduces the base only under a rule that says so', () => {
    const order = givenOrder({ labour: [givenLabour()], parts: [givenPart()], discount: 4000 });
    const rules = (discount: 'before' | 'after') => [
      givenRate('L', 'labour', { discount }),
      givenRate('M', 'part_margin', { discount }),
    ];
    expect(earned(order, ...rules('before'))).toEqual(['T01 L 3000', 'T01 M 400']);
    expect(earned(order, ...rules('after'))).toEqual(['T01 L 2700', 'T01 M 300']);
  });

  test('margin sold below cost earns nothing and costs nothing', () => {
    const order = givenOrder({ parts: [givenPart({ cost: 10_001 })] });
    expect(earned(order, givenRate('R', 'part_margin'))).toEqual(['T01 R 0']);
  });

  test('a limit holds for each entry, and the entry says that it did', () => {
    const order = givenOrder({ technicians: halves, labour: [givenLabour(), givenLabour({ fee: 2000 })] });
    const rule = givenRate('R', 'labour', { capAmount: 1000 });
    expect(commissionEntries(order, [rule], staff).map(({ amount, capped }) => [amount, capped])).toEqual([
      [1000, true],
      [1000, true],
      [100, false],
      [100, false],
    ]);
  });

  test("a line's own technicians earn it instead of the order's", () => {
    const own = givenLabour({ technicians: [{ employee: 'T02', shareBp: 10_000 }] });
    const order = givenOrder({ labour: [own, givenLabour()] });
    expect(earned(order, givenRate('R', 'labour'))).toEqual(['T02 R 3000', 'T01 R 3000']);
  });

  test('an entry explains itself', () => {
    const order = givenOrder({
      technicians: halves,
      labour: [givenLabour(), givenLabour({ fee: 12_345, units: 2000 })],
    });
    const byRate = commissionEntries(order, [givenRate('R', 'labour', { rateBp: 2000 })], staff);
    expect(byRate[2]).toEqual({
      kind: 'commission',
      family: 'labour',
      component: 'labour',
      ruleId: 'R',
      orderId: 'O1',
      line: 1,
      employee: 'T01',
      base: 12_345,
      shareBp: 5000,
      share: 6173,
      rateBp: 2000,
      unitAmount: null,
      units: null,
      capped: false,
      amount: 1235,
    });
    const byUnit = commissionEntries(order, [givenAmount('U', 'per_unit')], staff);
    expect(byUnit[3]).toMatchObject({ employee: 'T02', base: 2000, share: 1000, unitAmount: 1000, units: 2000 });
    const byJob = commissionEntries(order, [givenAmount('J', 'per_job')], staff);
    expect(byJob[0]).toMatchObject({ line: null, employee: 'T01', base: 1000, units: null, amount: 500 });
  });

  test('without technicians nobody earns the order, but a clerk his sale', () => {
    const order = givenOrder({ technicians: [], labour: [givenLabour()], parts: [givenPart({ soldBy: 'C01' })] });
    const rules = [givenRate('L', 'labour'), givenRate('S', 'part_sales'), givenAmount('J', 'per_job')];
    expect(earned(order, ...rules)).toEqual(['C01 S 1000']);
  });

  test('shares of an order or a line that do not add up are refused, even if no rule would pay', () => {
    const short = [{ employee: 'T01', shareBp: 9999 }];
    const refusal = expect.objectContaining({ code: 'pay.shares-not-100-percent', details: { sumBp: 9999 } });
    expect(() => earned(givenOrder({ technicians: short }))).toThrow(refusal);
    expect(() => earned(givenOrder({ labour: [givenLabour({ technicians: short })] }))).toThrow(refusal);
  });
});

const cuts = fc.tuple(fc.nat(10_000), fc.nat(10_000)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const technicians = cuts.map(([a, b]) => [
  { employee: 'C01', shareBp: a },
  { employee: 'T01', shareBp: b - a },
  { employee: 'T02', shareBp: 10_000 - b },
]);
const money = fc.nat(10_000_000);
const quantity = fc.integer({ min: 1, max: 100_000 });
const order = fc.record({
  technicians,
  discount: fc.nat(100_000),
  labour: fc.array(
    fc.record({
      workType: fc.constantFrom('minor', 'major'),
      fee: money,
      labourCost: money,
      units: quantity,
      technicians: fc.oneof(fc.constant([]), technicians),
    }),
    { maxLength: 4 },
  ),
  parts: fc.array(
    fc.record({
      part: fc.constant('P'),
      quantity,
      price: fc.nat(100_000),
      cost: money,
      charge: fc.constantFrom('customer', 'warranty', 'vendor', 'free'),
      soldBy: fc.constantFrom(null, 'C01'),
    }),
    { maxLength: 4 },
  ),
});
const ruleHead = {
  id: fc.string({ minLength: 1, maxLength: 4 }),
  conditions: fc.record(
    {
      employee: fc.constantFrom('T01', 'T02'),
      workType: fc.constantFrom('minor', 'major'),
      grade: fc.constantFrom('A', 'B'),
      unit: fc.constantFrom('SH01', 'SH02'),
    },
    { requiredKeys: [] },
  ),
  validFrom: fc.constantFrom(null, '2026-01-01', '2026-02-01', '2026-04-01'),
  validTo: fc.constantFrom(null, '2026-03-04', '2026-12-31'),
  capAmount: fc.oneof(fc.constant(null), fc.nat(100_000)),
};
const rule: fc.Arbitrary<PayRule> = fc.oneof(
  fc.record({
    ...ruleHead,
    component: fc.constantFrom('labour', 'labour_profit', 'part_sales', 'part_margin'),
    rateBp: fc.nat(10_000),
    discount: fc.constantFrom('before', 'after'),
  }),
  fc.record({ ...ruleHead, component: fc.constantFrom('per_unit', 'per_job'), amount: fc.nat(100_000) }),
);
const rules = fc.uniqueArray(rule, { selector: ({ id }) => id, maxLength: 10 });

describe('whatever the order and the rules', () => {
  test('the sequence of technicians, rules and employees does not matter', () => {
    fc.assert(
      fc.property(order, rules, (given, ruleList) => {
        const reversed = {
          ...given,
          technicians: given.technicians.toReversed(),
          labour: given.labour.map((line) => ({ ...line, technicians: line.technicians.toReversed() })),
        };
        const reversedStaff = new Map([...staff].toReversed());
        expect(commissionEntries(givenOrder(reversed), ruleList.toReversed(), reversedStaff)).toEqual(
          commissionEntries(givenOrder(given), ruleList, staff),
        );
      }),
    );
  });

  test('what the technicians of a piece share adds up to what is shared', () => {
    const everything: readonly PayRule[] = [
      givenRate('L', 'labour', { rateBp: 10_000, discount: 'after' }),
      givenRate('S', 'part_sales', { rateBp: 10_000, discount: 'after' }),
      givenAmount('J', 'per_job', { amount: 9_999 }),
    ];
    fc.assert(
      fc.property(order, (given) => {
        const pieces = Map.groupBy(
          commissionEntries(givenOrder(given), everything, staff),
          ({ family, line }) => `${family} ${line}`,
        );
        for (const entries of pieces.values()) {
          expect(entries.reduce((sum, entry) => sum + entry.amount, 0)).toBe(entries[0]?.base);
        }
      }),
    );
  });

  test('with every rate 100% after discount, all lines together earn the turnover less the discount', () => {
    const everything = [
      givenRate('L', 'labour', { rateBp: 10_000, discount: 'after' }),
      givenRate('S', 'part_sales', { rateBp: 10_000, discount: 'after' }),
    ];
    fc.assert(
      fc.property(order, (given) => {
        const total = (list: readonly PayRule[], discount: number) =>
          commissionEntries(givenOrder({ ...given, discount }), list, staff).reduce(
            (sum, entry) => sum + entry.amount,
            0,
          );
        const turnover = total(everything, 0);
        expect(total(everything, given.discount)).toBe(turnover === 0 ? 0 : turnover - given.discount);
      }),
    );
  });

  test('an entry can be computed again from what it says', () => {
    fc.assert(
      fc.property(order, rules, (given, ruleList) => {
        for (const entry of commissionEntries(givenOrder(given), ruleList, staff)) {
          const limit = ruleList.find(({ id }) => id === entry.ruleId)?.capAmount ?? null;
          const exact = entry.rateBp === null ? entry.share : Math.round((entry.share * entry.rateBp) / 10_000);
          if (entry.capped) expect(entry.amount).toBe(limit);
          else if (entry.share >= 0) expect(entry.amount).toBe(exact);
        }
      }),
    );
  });
});
