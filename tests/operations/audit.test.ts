import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenPart, givenRule, givenWorkType, type FinishedWork } from '../helpers/finished-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

describe.each(DIALECTS)('audit on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of finished work', () => {
    let station: TestStation;
    let workTypeId: string;
    let [ming, hua] = ['', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station, '大修');
      ming = await station.givenEmployee({ number: 'T01', name: '小明', roles: ['technician'] });
      hua = await station.givenEmployee({ number: 'T02', name: '小华', roles: ['technician'] });
    });
    afterEach(() => station.close());

    const shared = (changes: Partial<FinishedWork> = {}) =>
      givenFinishedWork(station, {
        technicians: [
          { employeeId: ming, shareBp: 6667 },
          { employeeId: hua, shareBp: 3333 },
        ],
        labour: [{ workTypeId, fee: 10_001 }],
        ...changes,
      });

    const entries = () =>
      station.rows<{ employeeId: string; amount: number; earnedOn: string; reversesId: string | null }>(
        'SELECT employee_id, amount, earned_on, reverses_id FROM pay_entries ORDER BY at, id',
      );

    test('it makes a pay entry for each technician, and each says what it was reckoned from', async () => {
      const rule = await givenRule(station, { component: 'labour', rateBp: 3000 });
      const order = await shared();

      const result = await station.run('audit.approve', { ...order, note: '合格' }, { as: 'auditor' });

      // 10001 split 66.67 : 33.33 is 6668 and 3333; 30% of each, half up.
      expect(await entries()).toEqual([
        { employeeId: ming, amount: 2000, earnedOn: '2026-03-15', reversesId: null },
        { employeeId: hua, amount: 1000, earnedOn: '2026-03-15', reversesId: null },
      ]);
      expect(result).toMatchObject({ version: 2, entries: 2, commission: 3000 });
      const [entry] = await station.rows<{ explanation: string; ruleId: string }>(
        'SELECT explanation, rule_id FROM pay_entries ORDER BY id',
      );
      expect(entry?.ruleId).toBe(rule.id);
      expect(JSON.parse(entry?.explanation ?? '')).toMatchObject({
        component: 'labour',
        subject: '大修',
        lineNo: 1,
        base: 10_001,
        shareBp: 6667,
        share: 6668,
        rateBp: 3000,
        rounding: 2000 * 10_000 - 6668 * 3000,
        figures: { fee: 10_001, labourCost: 0, unchargedCost: 0, discount: 0 },
      });
      expect(await station.rows('SELECT state, audited_on, audit_note, version FROM work_orders')).toEqual([
        { state: 'audited', auditedOn: '2026-03-15', auditNote: '合格', version: 2 },
      ]);
    });

    test('work given up as unrepairable is audited, too, and what was sold with it earns', async () => {
      await givenRule(station, { component: 'part_sales', rateBp: 500 });
      const partId = await givenPart(station);
      const part = { partId, quantity: 1500, price: 999, cost: 500, charge: 'customer' } as const;
      const order = await shared({ state: 'unrepairable', labour: [], parts: [part] });
      await station.run('audit.approve', order, { as: 'auditor' });
      // 1.5 × 9.99 = 14.985, rounded 14.99; shares 9.99 and 5.00; 5% of each, rounded.
      expect((await entries()).map(({ amount }) => amount)).toEqual([50, 25]);
    });

    test('the auditor sees beforehand exactly what will be paid', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000 });
      const order = await shared();
      const before = await station.run('audit.sheet', { id: order.id }, { as: 'auditor' });
      await station.run('audit.approve', order, { as: 'auditor' });
      const after = await station.run('audit.sheet', { id: order.id }, { as: 'auditor' });
      expect(before.pay.map(({ name, amount }) => [name, amount])).toEqual([
        ['小明', 2000],
        ['小华', 1000],
      ]);
      expect(after.pay).toEqual(before.pay);
    });

    test('the queue holds what is done or given up, and nothing that is audited', async () => {
      const first = await shared();
      const second = await shared({ state: 'unrepairable' });
      await station.run('audit.approve', first, { as: 'auditor' });
      const queue = await station.run('audit.queue', {}, { as: 'auditor' });
      expect(queue.rows.map(({ number, state }) => [number, state])).toEqual([[second.number, 'unrepairable']]);
      const found = await station.run(
        'audit.queue',
        { filters: [{ column: 'number', op: 'contains', value: first.number }] },
        { as: 'auditor' },
      );
      expect(found.total).toBe(0);
      const sought = await station.run('audit.queue', { search: second.number.slice(-6) }, { as: 'auditor' });
      expect(sought.rows.map(({ number }) => number)).toEqual([second.number]);
      expect((await station.run('audit.queue', { search: '没有这个' }, { as: 'auditor' })).total).toBe(0);
    });

    test('shares that do not add up are refused and nothing is made', async () => {
      const order = await shared({ technicians: [{ employeeId: ming, shareBp: 9000 }] });
      const { pay, sharesSumBp } = await station.run('audit.sheet', { id: order.id }, { as: 'auditor' });
      expect({ pay, sharesSumBp }).toEqual({ pay: [], sharesSumBp: 9000 });
      await expect(station.run('audit.approve', order, { as: 'auditor' })).rejects.toMatchObject({
        code: 'pay.shares-not-100-percent',
        details: { sumBp: 9000 },
      });
      expect(await station.count('pay_entries')).toBe(0);
      expect(await station.rows('SELECT state FROM work_orders')).toEqual([{ state: 'done' }]);
    });

    test('twice audited is refused, twice delivered is audited once, and a stale form changes nothing', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000 });
      const order = await shared();
      const as = await station.actorFor(['auditor']);
      await expect(station.run('audit.approve', { ...order, version: 7 }, { as })).rejects.toMatchObject({
        code: 'document.changed',
      });
      expect(await station.count('pay_entries')).toBe(0);
      const first = await station.run('audit.approve', order, { as, commandId: 'once' });
      expect(await station.run('audit.approve', order, { as, commandId: 'once' })).toEqual(first);
      await expect(station.run('audit.approve', { ...order, version: 2 }, { as })).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
      expect(await station.count('pay_entries')).toBe(2);
    });

    test('a clerk may neither see nor confirm', async () => {
      const order = await shared();
      await expect(station.run('audit.approve', order, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(station.run('audit.sheet', { id: order.id }, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(station.run('audit.queue', {}, { as: 'technician' })).rejects.toMatchObject({
        code: 'access.denied',
      });
    });

    test.each(['done', 'unrepairable'] as const)(
      'an audit taken back leads to %s again, and what was earned is taken back as of the day on which it was earned',
      async (state) => {
        await givenRule(station, { component: 'labour', rateBp: 3000 });
        const order = await shared({ state });
        await station.run('audit.approve', order, { as: 'auditor' });
        station.clock.now += 86_400_000;
        const undone = await station.run(
          'audit.withdraw',
          { ...order, version: 2, reason: '工时有误' },
          { as: 'auditor' },
        );
        expect(undone).toMatchObject({ state, entriesReversed: 2, version: 3 });
        const all = await entries();
        expect(all.map(({ amount, earnedOn }) => [amount, earnedOn])).toEqual([
          [2000, '2026-03-15'],
          [1000, '2026-03-15'],
          [-2000, '2026-03-15'],
          [-1000, '2026-03-15'],
        ]);
        expect(await station.rows('SELECT state, audited_on, audit_note FROM work_orders')).toEqual([
          { state, auditedOn: null, auditNote: '' },
        ]);
        await station.run('audit.approve', { ...order, version: 3 }, { as: 'auditor' });
        expect((await entries()).reduce((sum, { amount }) => sum + amount, 0)).toBe(3000);
      },
    );

    test('settled work is not un-audited: its settlement comes first', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000 });
      const order = await shared();
      await station.run('audit.approve', order, { as: 'auditor' });
      const money = { expectedDue: 10_001, method: 'cash' } as const;
      await station.run('billing.settle', { id: order.id, version: 2, ...money }, { as: 'clerk' });
      const undo = { id: order.id, version: 3, reason: '有误' };
      await expect(station.run('audit.withdraw', undo, { as: 'auditor' })).rejects.toMatchObject({
        code: 'work-order.settled',
        details: { number: order.number },
      });
      expect(await station.count('pay_entries')).toBe(2);
    });

    test('only the holder of the right takes an audit back, with a reason, and only from audited work', async () => {
      const order = await shared();
      const undo = { ...order, reason: '有误' };
      await expect(station.run('audit.withdraw', undo, { as: 'accountant' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(station.run('audit.withdraw', { ...undo, reason: ' ' }, { as: 'auditor' })).rejects.toMatchObject({
        code: 'input.invalid',
      });
      await expect(station.run('audit.withdraw', undo, { as: 'auditor' })).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
    });

    test('pay entries can be neither changed nor deleted', async () => {
      await givenRule(station, { component: 'per_job', amount: 500 });
      await station.run('audit.approve', await shared(), { as: 'auditor' });
      for (const text of ['UPDATE pay_entries SET amount = 1', 'DELETE FROM pay_entries'])
        await expect(station.store.write((trx) => trx.run(text))).rejects.toThrow('append-only');
    });
  });
});
