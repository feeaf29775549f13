import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const TIER = {
  code: 'T1',
  component: 'monthly_tier',
  measure: 'labour_base',
  mode: 'progressive',
  tiers: [
    { from: 10_000, rateBp: 1000 },
    { from: 0, rateBp: 500 },
  ],
  validFrom: '2026-01-01',
} as const satisfies InputOf<'payroll.saveRule'>;

describe.each(DIALECTS)('rules of pay looked into, on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('by the accountant', () => {
    let station: TestStation;
    let workTypeId: string;
    let ming: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station, '大修');
      ming = await station.givenEmployee({ number: 'T01', name: '小明', grade: 'A', roles: ['technician'] });
    });
    afterEach(() => station.close());

    const publish = (changes: object) => station.run('payroll.saveRule', { ...TIER, ...changes }, { as: 'accountant' });

    test('a monthly tier is kept with its tiers by size', async () => {
      await publish({});
      const { rows } = await station.run('payroll.listRules', {}, { as: 'accountant' });
      expect(rows).toMatchObject([{ component: 'monthly_tier', measure: 'labour_base', rateBp: null, amount: null }]);
      expect(JSON.parse(rows[0]?.tiers ?? '')).toEqual({
        mode: 'progressive',
        tiers: [
          { from: 0, rateBp: 500 },
          { from: 10_000, rateBp: 1000 },
        ],
      });
    });

    test('a tier needs measure, mode and the figure of its mode, and knows no condition on single orders', async () => {
      const refusal = (changes: object, ...of: readonly [string, string][]) =>
        expect(publish(changes)).rejects.toMatchObject({
          code: 'input.invalid',
          details: { faults: of.map(([path, rule]) => ({ path, rule })) },
        });
      await refusal({ measure: null, tiers: [] }, ['measure', 'required'], ['tiers', 'required']);
      await refusal(
        { mode: 'step', tiers: [{ from: 0, rateBp: 500 }] },
        ['tiers.0.amount', 'required'],
        ['tiers.0.rateBp', 'notExpectedHere'],
      );
      await refusal({ tiers: [TIER.tiers[0], TIER.tiers[0]] }, ['tiers.1.from', 'duplicate']);
      await refusal({ conditions: { workTypeId } }, ['conditions.workTypeId', 'notExpectedHere']);
      await refusal({ rateBp: 100 }, ['rateBp', 'notExpectedHere']);
      await refusal(
        { component: 'labour', rateBp: 100, mode: null },
        ['measure', 'notExpectedHere'],
        ['tiers', 'notExpectedHere'],
      );
      expect(await station.count('commission_rules')).toBe(0);
    });

    test('two rules for the same work, one outdone, and deadlines likewise are named with the winner', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000, code: 'L1' });
      await givenRule(station, { component: 'labour_profit', rateBp: 3000, code: 'L2', validFrom: '2026-02-01' });
      await givenRule(station, { component: 'per_job', amount: 100, code: 'J1', conditions: { workTypeId } });
      const late = { limitMinutes: 60, unitMinutes: 60, amountPerUnit: 100 };
      for (const [code, validFrom] of [
        ['D1', '2026-01-01'],
        ['D2', '2026-05-01'],
      ] as const)
        await station.run('payroll.saveDeadlineRule', { code, validFrom, ...late }, { as: 'accountant' });
      const found = await station.run('payroll.checkRules', {}, { as: 'accountant' });
      expect(found.commission).toMatchObject({
        overlaps: [{ winner: { code: 'L2' }, loser: { code: 'L1' }, from: '2026-02-01', to: null }],
        vain: [
          { rule: { code: 'L1' }, why: 'outdone', by: [{ code: 'L2' }] },
          { rule: { code: 'J1' }, why: 'no-work-type', by: [] },
        ],
      });
      expect(found.deadlines).toMatchObject({
        overlaps: [{ winner: { code: 'D2' }, loser: { code: 'D1' }, from: '2026-05-01' }],
        vain: [],
      });
      await expect(station.run('payroll.checkRules', {}, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
    });

    test('of each thing that can be paid the rule is named that pays somebody, and what keeps the others from it', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000, code: 'ALL' });
      await givenRule(station, { component: 'labour', rateBp: 3500, code: 'GRADE', conditions: { grade: 'A' } });
      await givenRule(station, {
        component: 'labour',
        rateBp: 3500,
        code: 'WARRANTY',
        conditions: { warrantyClass: 'in' },
      });
      await givenRule(station, { component: 'per_job', amount: 100, code: 'ENDED', validTo: '2026-02-28' });
      await publish({});
      const asked = { employeeId: ming, workTypeId, warrantyClass: 'out', on: '2026-03-15' } as const;
      const { fields } = await station.run('payroll.whichRule', asked, { as: 'accountant' });
      expect(fields).toMatchObject([
        {
          field: 'labour',
          winner: { code: 'GRADE' },
          others: [
            { code: 'ALL', why: 'less-specific' },
            { code: 'WARRANTY', why: 'condition', condition: 'warrantyClass' },
          ],
        },
        { field: 'parts', winner: null, others: [] },
        { field: 'job', winner: null, others: [{ code: 'ENDED', why: 'ended' }] },
        { field: 'tier-labour_base', winner: { code: 'T1' } },
        { field: 'tier-orders', winner: null },
      ]);
      await expect(
        station.run('payroll.whichRule', { ...asked, employeeId: 'nobody' }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'not-found' });
    });

    describe('a change tried on a period', () => {
      let hua: string;
      let periodId: string;
      beforeEach(async () => {
        hua = await station.givenEmployee({ number: 'T02', name: '小华', grade: 'B', roles: ['technician'] });
        await givenRule(station, { component: 'labour', rateBp: 3000, code: 'L30' });
        await givenRule(station, { component: 'per_job', amount: 500, code: 'J5' });
        await publish({});
        await audited(10_000, ming);
        await audited(20_000, hua);
        const period = { from: '2026-03-01', to: '2026-03-31' };
        periodId = (await station.run('payroll.openPeriod', period, { as: 'accountant' })).id;
      });

      async function audited(fee: number, employeeId: string) {
        const technicians = [{ employeeId, shareBp: 10_000 }];
        const order = await givenFinishedWork(station, { technicians, labour: [{ workTypeId, fee }] });
        await station.run('audit.approve', order, { as: 'auditor' });
      }
      const calculate = () => station.run('payroll.calculate', { periodId, version: 1 }, { as: 'accountant' });
      const tried = (input: Partial<InputOf<'payroll.tryRules'>>) =>
        station.run('payroll.tryRules', { periodId, ...input }, { as: 'accountant' });
      const idOf = async (code: string) =>
        (await station.rows<{ id: string }>('SELECT id FROM commission_rules WHERE code = ?', [code]))[0]?.id ?? '';

      test('without a change it pays what was paid, by person and by rule', async () => {
        await calculate();
        const { people, paid, tried: would, rules } = await tried({});
        expect(people).toMatchObject([
          { number: 'T01', paid: 3000 + 500 + 500, tried: 4000 },
          { number: 'T02', paid: 6000 + 500 + 1500, tried: 8000 },
        ]);
        expect([paid, would]).toEqual([12_000, 12_000]);
        expect(rules.map((rule) => rule.paid - rule.tried)).toEqual([0, 0, 0]);
        const { rows } = await station.run('payroll.listPeriods', {}, { as: 'accountant' });
        expect(rows[0]?.commission).toBe(9000 + 1000);
      });

      test('a draft pays instead of the rule for the same work, whenever it is to be valid; an ended rule pays nothing', async () => {
        await calculate();
        const draft = { code: 'L40', component: 'labour', rateBp: 4000, validFrom: '2026-05-01' } as const;
        const before = await station.rows('SELECT COUNT(*) AS n, SUM(amount) AS amount FROM pay_entries');
        const result = await tried({ add: [draft], end: [await idOf('J5')] });
        expect(result.people).toMatchObject([
          { number: 'T01', paid: 4000, tried: 4000 + 500 },
          { number: 'T02', paid: 8000, tried: 8000 + 1500 },
        ]);
        const [l30, j5, t1] = [await idOf('L30'), await idOf('J5'), await idOf('T1')];
        const byRule = result.rules.map(({ ruleId, draft: place, kind, paid, tried: would }) => [
          ruleId ?? place,
          kind,
          paid,
          would,
        ]);
        expect(byRule).toHaveLength(4);
        expect(byRule).toEqual(
          expect.arrayContaining([
            [l30, 'commission', 9000, 0],
            [j5, 'commission', 1000, 0],
            [0, 'commission', 0, 12_000],
            [t1, 'tier', 2000, 2000],
          ]),
        );
        expect(await station.rows('SELECT COUNT(*) AS n, SUM(amount) AS amount FROM pay_entries')).toEqual(before);
        expect(await station.count('commission_rules')).toBe(3);
      });

      test('a tier is tried like any other rule', async () => {
        await calculate();
        const step = { ...TIER, code: 'STEP', mode: 'step' as const, tiers: [{ from: 15_000, amount: 7000 }] };
        const { people } = await tried({ add: [step] });
        expect(people.map(({ paid, tried: would }) => would - paid)).toEqual([-500, 7000 - 1500]);
      });

      test('what was audited after the calculation is tried, too, though nothing was paid for it yet', async () => {
        await calculate();
        await audited(1000, ming);
        const { people } = await tried({ end: [await idOf('T1')] });
        expect(people[0]).toMatchObject({ paid: 4000, tried: 3000 + 500 + 300 + 500 });
      });

      test('what a tier paid later, because work of the period was un-audited, counts to what was paid', async () => {
        await calculate();
        for (const [version, step] of (['payroll.review', 'payroll.lock'] as const).entries())
          await station.run(step, { periodId, version: version + 2 }, { as: 'accountant' });
        station.clock.now += 20 * 86_400_000;
        const [order] = await station.rows<{ id: string; version: number }>(
          `SELECT o.id, o.version FROM work_orders o JOIN work_order_technicians t ON t.work_order_id = o.id WHERE t.employee_id = ?`,
          [hua],
        );
        const { id = '', version = 0 } = order ?? {};
        await station.run('audit.withdraw', { id, version, reason: '漏项' }, { as: 'auditor' });
        const days = { from: '2026-04-01', to: '2026-04-30' };
        const april = (await station.run('payroll.openPeriod', days, { as: 'accountant' })).id;
        const before = await tried({});
        expect(before.people[1]).toMatchObject({ number: 'T02', paid: 1500, tried: 0 });
        await station.run('payroll.calculate', { periodId: april, version: 1 }, { as: 'accountant' });
        const t1 = await idOf('T1');
        expect((await tried({})).rules.find(({ ruleId }) => ruleId === t1)).toMatchObject({ paid: 500, tried: 500 });
      });

      test('nothing is compared with a period that is not calculated; a draft’s faults are named with its place', async () => {
        await expect(tried({})).rejects.toMatchObject({ code: 'pay-period.wrong-state', details: { state: 'open' } });
        await calculate();
        const draft = { code: 'X', component: 'labour', validFrom: '2026-05-01' } as const;
        await expect(tried({ add: [draft] })).rejects.toMatchObject({
          code: 'input.invalid',
          details: { faults: [{ path: 'add.0.rateBp', rule: 'required' }] },
        });
        await expect(station.run('payroll.tryRules', { periodId }, { as: 'clerk' })).rejects.toMatchObject({
          code: 'access.denied',
        });
      });
    });
  });
});
