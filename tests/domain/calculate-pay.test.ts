import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculatePay } from '#domain/payroll/calculate.ts';
import type { PayScenario, Payslip } from '#domain/payroll/types.ts';
import { parseScenario } from '#operations/payroll/scenario.ts';

type Order = Record<string, unknown>;

const order = (id: string, changes: Order = {}): Order => ({
  id,
  serviceMode: 'repair',
  warrantyClass: 'out',
  registeredOn: '2026-03-02',
  completedOn: '2026-03-05',
  auditedOn: '2026-03-06',
  technicians: [{ employee: 'T01', share: 10_000 }],
  ...changes,
});

const scenario = (orders: readonly Order[], changes: Order = {}): PayScenario =>
  parseScenario({
    period: { from: '2026-03-01', to: '2026-03-31' },
    employees: ['T01', 'T02', 'T03'].map((number) => ({ number, grade: 'A', unit: 'SH01' })),
    rules: [{ id: 'R1', component: 'labour', rateBp: 1000 }],
    orders,
    ...changes,
  });

function payOf(given: PayScenario, employee = 'T01'): Payslip {
  const slip = calculatePay(given).payslips.find((one) => one.employee === employee);
  if (!slip) throw new Error(`no payslip of ${employee}`);
  return slip;
}

const fee = (amount: number) => ({ labour: [{ workType: 'minor', fee: amount }] });

describe('the pay of a period', () => {
  test('counts what was audited from its first day to its last', () => {
    const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'];
    const orders = days.map((auditedOn, i) => order(`O${i}`, { auditedOn, ...fee(10_000) }));
    expect(payOf(scenario(orders)).commission).toBe(2000);
  });

  test('who did his own work again earns nothing by labour and job, but by the parts he sold', () => {
    const parts = [{ part: 'P', quantity: '1', price: 10_000, charge: 'customer' }];
    const rules = [
      { id: 'L', component: 'labour', rateBp: 1000 },
      { id: 'J', component: 'per_job', amount: 500 },
      { id: 'P', component: 'part_sales', rateBp: 100 },
    ];
    const first = order('A', { completedOn: '2026-03-01', ...fee(10_000) });
    const again = (registeredOn: string) => order('B', { registeredOn, reworkOf: 'A', parts, ...fee(10_000) });
    const rework = { days: 30, clawbackBp: 5000 };

    expect(payOf(scenario([first, again('2026-03-31')], { rules, rework })).commission).toBe(1500 + 100);
    expect(payOf(scenario([first, again('2026-04-01')], { rules, rework })).commission).toBe(1500 + 1600);
    expect(payOf(scenario([first, again('2026-02-28')], { rules, rework })).commission).toBe(1500 + 1600);
  });

  test('who did it first pays back part of what the labour earned him, others as the rule has it', () => {
    const two = [
      { employee: 'T02', share: 5000 },
      { employee: 'T01', share: 5000 },
    ];
    const first = order('A', { auditedOn: '2026-02-20', completedOn: '2026-03-01', technicians: two, ...fee(20_001) });
    const again = order('B', { reworkOf: 'A', technicians: [{ employee: 'T03', share: 10_000 }], ...fee(5000) });
    const given = scenario([first, again], { rework: { days: 5, clawbackBp: 3333 } });

    // 10001 and 10000 at 10 % are 1000 each; a third of it is 333.
    expect([payOf(given, 'T01').clawback, payOf(given, 'T02').clawback, payOf(given, 'T03').commission]).toEqual([
      -333, -333, 500,
    ]);
  });

  test('the first to be primary of equal shares is the lower number', () => {
    const two = [
      { employee: 'T02', share: 5000 },
      { employee: 'T01', share: 5000 },
    ];
    const first = order('A', { completedOn: '2026-03-01', ...fee(10_000) });
    const again = order('B', { reworkOf: 'A', technicians: two, ...fee(10_000) });
    expect(payOf(scenario([first, again], { rework: { days: 30, clawbackBp: 5000 } }), 'T02').commission).toBe(0);
  });

  test('delay is counted in units that were begun, after the grace and up to the limit of the rule', () => {
    const workingHours = { timeZone: 'Asia/Shanghai', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };
    const late = (minutes: number, capAmount: number | null = null) => {
      const doneAt = new Date(Date.parse('2026-03-03T01:00:00Z') + minutes * 60_000).toISOString();
      const rule = { id: 'D', limitMinutes: 60, graceMinutes: 10, unitMinutes: 30, amountPerUnit: 501, capAmount };
      const technicians = [
        { employee: 'T01', share: 5000 },
        { employee: 'T02', share: 5000 },
      ];
      const one = order('O', { startAt: '2026-03-03T01:00:00Z', doneAt, technicians });
      const given = scenario([one], { workingHours, deadlineRules: [rule] });
      return [payOf(given, 'T01').deadline, payOf(given, 'T02').deadline];
    };
    expect([late(70), late(71), late(100), late(101), late(400, 1000)]).toEqual([
      [0, 0],
      [-251, -250],
      [-251, -250],
      [-501, -501],
      [-500, -500],
    ]);
  });

  test('of rules for deadlines the urgency counts more than the mode', () => {
    const rule = (id: string, conditions: object, amountPerUnit: number) => ({
      id,
      conditions,
      amountPerUnit,
      limitMinutes: 0,
      unitMinutes: 10_000,
    });
    const deadlineRules = [
      rule('A', {}, 1),
      rule('B', { serviceMode: 'repair' }, 2),
      rule('C', { urgency: 'urgent' }, 3),
    ];
    const one = (urgency: string) =>
      order('O', { urgency, startAt: '2026-03-03T01:00:00Z', doneAt: '2026-03-03T02:00:00Z' });
    expect(payOf(scenario([one('urgent')], { deadlineRules })).deadline).toBe(-3);
    expect(payOf(scenario([one('normal')], { deadlineRules })).deadline).toBe(-2);
  });

  test('a penalty by rate is of what each earned by the order, one by amount is shared', () => {
    const items = [
      { id: 'late', kind: 'penalty', rateBp: 1000 },
      { id: 'praise', kind: 'reward', amount: 101 },
    ];
    const technicians = [
      { employee: 'T01', share: 6000 },
      { employee: 'T02', share: 4000 },
    ];
    const done = order('O', {
      technicians,
      items: [{ item: 'late' }, { item: 'praise' }, { item: 'praise', employee: 'T03' }],
      ...fee(100_000),
    });
    const given = scenario([done], { items });
    const figures = ['T01', 'T02', 'T03'].map((one) => payOf(given, one)).map((slip) => [slip.penalties, slip.rewards]);
    expect(figures).toEqual([
      [-600, 61],
      [-400, 40],
      [0, 101],
    ]);
  });

  test('a step of tiers is reached, not approached; brackets are paid each at its own rate', () => {
    const tier = (mode: string, tiers: object[], changes: object = {}) => ({
      id: 'T',
      component: 'monthly_tier',
      measure: 'labour_base',
      mode,
      tiers,
      ...changes,
    });
    const tiersOf = (amount: number, rules: object[]) => payOf(scenario([order('O', fee(amount))], { rules })).tiers;
    const steps = [
      { from: 100, amount: 7 },
      { from: 200, amount: 9 },
    ];
    expect([99, 100, 199, 200].map((amount) => tiersOf(amount, [tier('step', steps)]))).toEqual([0, 7, 7, 9]);
    const brackets = [
      { from: 5, rateBp: 5000 },
      { from: 10, rateBp: 1000 },
    ];
    // 5 at a half and 5 at a tenth are 2.5 and 0.5: 3.
    expect([5, 6, 15].map((amount) => tiersOf(amount, [tier('progressive', brackets)]))).toEqual([0, 1, 3]);
    const ended = tier('step', steps, { validTo: '2026-03-30' });
    expect(tiersOf(500, [ended])).toBe(0);
    const own = tier('step', [{ from: 0, amount: 1 }], { id: 'OWN', conditions: { employee: 'T01' } });
    expect(tiersOf(500, [tier('step', steps), own])).toBe(1);
  });

  test('what is beyond the limit of deductions waits, and is taken with the next period', () => {
    const items = [{ id: 'fine', kind: 'penalty', amount: 900 }];
    const done = order('O', { items: [{ item: 'fine', employee: 'T01' }], ...fee(10_000) });
    const employees = [{ number: 'T01', carriedIn: 50 }];
    const slip = payOf(scenario([done], { items, employees, caps: { deductionCapBp: 2000 } }));
    expect(slip).toMatchObject({ gross: 1000, carriedIn: 50, deductions: -200, carriedOut: 750, net: 800 });
    const without = payOf(scenario([done], { items, employees, caps: { deductionCapBp: null } }));
    expect(without).toMatchObject({ deductions: -950, carriedOut: 0, net: 50 });
  });
});

const employees = ['T1', 'T2', 'T3', 'T4'];
const technicians = fc.uniqueArray(fc.constantFrom(...employees), { minLength: 1, maxLength: 3 }).chain((people) =>
  fc
    .array(fc.integer({ min: 0, max: 10_000 }), { minLength: people.length - 1, maxLength: people.length - 1 })
    .map((cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), 10_000];
      return people.map((employee, i) => ({ employee, share: (at[i + 1] ?? 0) - (at[i] ?? 0) }));
    }),
);
const money = fc.integer({ min: 0, max: 10_000_000 });
const day = fc.integer({ min: 1, max: 31 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
const instant = fc
  .integer({ min: 0, max: 20 * 1440 })
  .map((m) => new Date(Date.UTC(2026, 2, 1) + m * 60_000).toISOString());
const anyOrder = (id: string, known: readonly string[]) =>
  fc.record({
    id: fc.constant(id),
    serviceMode: fc.constantFrom('repair', 'installation'),
    warrantyClass: fc.constantFrom('in', 'out'),
    productCategory: fc.constantFrom('laptop', null),
    urgency: fc.constantFrom('normal', 'urgent'),
    registeredOn: day,
    completedOn: day,
    auditedOn: fc.constantFrom('2026-02-27', '2026-03-10', '2026-03-31'),
    technicians,
    discount: fc.integer({ min: 0, max: 1000 }),
    labour: fc.array(
      fc.record(
        { workType: fc.constantFrom('minor', 'major'), fee: money, labourCost: money, technicians },
        { requiredKeys: ['workType', 'fee'] },
      ),
      { maxLength: 3 },
    ),
    parts: fc.array(
      fc.record({
        part: fc.constant('P'),
        quantity: fc.constantFrom('1', '0.333', '2.5'),
        price: money,
        cost: money,
        charge: fc.constantFrom('customer', 'warranty'),
        soldBy: fc.constantFrom(null, ...employees),
      }),
      { maxLength: 2 },
    ),
    startAt: fc.option(instant),
    doneAt: fc.option(instant),
    pauses: fc.array(fc.tuple(instant, instant), { maxLength: 2 }),
    items: fc.array(
      fc.record({ item: fc.constantFrom('late', 'praise', 'fine'), employee: fc.constantFrom(null, ...employees) }),
      { maxLength: 2 },
    ),
    followUp: fc.option(fc.record({ result: fc.constantFrom('very_satisfied', 'satisfied', 'dissatisfied') })),
    reworkOf: fc.constantFrom(null, ...known),
  });
const anyRule = (id: string) =>
  fc.record({
    id: fc.constant(id),
    component: fc.constantFrom('labour', 'labour_profit', 'part_sales', 'part_margin'),
    rateBp: fc.integer({ min: 0, max: 5000 }),
    discount: fc.constantFrom('before', 'after'),
    conditions: fc.record(
      { employee: fc.constantFrom(...employees), workType: fc.constant('major'), grade: fc.constant('A') },
      { requiredKeys: [] },
    ),
    validFrom: fc.constantFrom(null, '2026-03-05'),
  });
const anyScenario = fc
  .integer({ min: 0, max: 6 })
  .chain((count) => {
    const ids = Array.from({ length: count }, (_, i) => `O${i}`);
    return fc.record({
      orders: fc.tuple(...ids.map((id, i) => anyOrder(id, ids.slice(0, i)))),
      rules: fc.tuple(...['R1', 'R2', 'R3'].map(anyRule)),
      carriedIn: fc.integer({ min: 0, max: 5000 }),
      capBp: fc.option(fc.integer({ min: 0, max: 10_000 })),
    });
  })
  .map(({ orders, rules, carriedIn, capBp }) => ({
    period: { from: '2026-03-01', to: '2026-03-31' },
    employees: employees.map((number) => ({ number, grade: 'A', unit: 'U', baseSalary: 310_001, carriedIn })),
    rules: [
      ...rules,
      { id: 'J', component: 'per_job', amount: 777 },
      { id: 'M', component: 'monthly_tier', measure: 'orders', mode: 'step', tiers: [{ from: 2, amount: 100 }] },
    ],
    orders,
    workingHours: { timeZone: 'Asia/Shanghai', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
    deadlineRules: [{ id: 'D', limitMinutes: 60, unitMinutes: 60, amountPerUnit: 100, capAmount: 900 }],
    items: [
      { id: 'late', kind: 'penalty', rateBp: 2500 },
      { id: 'fine', kind: 'penalty', amount: 333 },
      { id: 'praise', kind: 'reward', amount: 1000 },
    ],
    satisfaction: { perOrder: { very_satisfied: 50, dissatisfied: -75 }, monthly: { threshold: 30, pointAmount: 3 } },
    rework: { days: 20, clawbackBp: 5000 },
    caps: { deductionCapBp: capBp },
  }));

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('the pay of any period', () => {
  test('is the same in whatever sequence anything is given, and calculated again', () => {
    fc.assert(
      fc.property(anyScenario, (given) => {
        const result = calculatePay(parseScenario(given));
        const turned = {
          ...given,
          employees: given.employees.toReversed(),
          rules: given.rules.toReversed(),
          items: given.items.toReversed(),
          orders: given.orders.map((one) => ({ ...one, technicians: one.technicians.toReversed() })).toReversed(),
        };
        expect(calculatePay(parseScenario(turned))).toEqual(result);
        expect(calculatePay(parseScenario(given))).toEqual(result);
      }),
    );
  });

  test('each payslip is the sum of its entries, and takes no more than it may', () => {
    fc.assert(
      fc.property(anyScenario, (given) => {
        for (const slip of calculatePay(parseScenario(given)).payslips) {
          const { gross, deductions, carriedOut, net, entries } = slip;
          const { basePay, commission, tiers, rewards, satisfaction, penalties, deadline, clawback, carriedIn } = slip;
          const columns = [
            basePay,
            commission,
            tiers,
            rewards,
            satisfaction,
            penalties,
            deadline,
            clawback,
            0 - carriedIn,
          ];
          expect(sum(entries.map(({ amount }) => amount))).toBe(sum(columns));
          expect(sum(columns)).toBe(net - carriedOut);
          expect(net).toBe(gross + deductions);
          expect(0 - deductions).toBeLessThanOrEqual(
            ((given.caps.deductionCapBp ?? Number.MAX_SAFE_INTEGER) * gross) / 10_000,
          );
          expect(
            Math.min(0 - deductions, carriedOut, 0 - penalties, 0 - deadline, 0 - clawback),
          ).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('what is shared among technicians is shared exactly', () => {
    fc.assert(
      fc.property(anyScenario, (given) => {
        const entries = calculatePay(parseScenario(given)).payslips.flatMap((slip) => slip.entries);
        for (const { id } of given.orders) {
          const ofOrder = entries.filter((entry) => entry.orderId === id && entry.kind === 'deadline');
          if (ofOrder[0]) expect(sum(ofOrder.map(({ share }) => share))).toBe(ofOrder[0].base);
          const jobs = entries.filter((one) => one.orderId === id && one.kind === 'commission' && one.family === 'job');
          if (jobs[0]) expect(sum(jobs.map(({ amount }) => amount))).toBe(777);
        }
      }),
    );
  });
});
