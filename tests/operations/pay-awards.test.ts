import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { givenItem } from '../helpers/given-pay.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const DAY = 86_400_000;
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const PHOTO = { name: '现场.jpg', mediaType: 'image/jpeg', base64: 'aGFsbG8=' };

describe.each(DIALECTS)('rewards and penalties on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a station', () => {
    let station: TestStation;
    let workTypeId: string;
    let ming: string;
    let hong: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station);
      ming = await station.givenEmployee({ number: 'T01', name: '小明', roles: ['technician'] });
      hong = await station.givenEmployee({ number: 'T02', name: '小红', roles: ['technician'] });
    });
    afterEach(() => station.close());

    const done = () =>
      givenFinishedWork(station, {
        technicians: [
          { employeeId: ming, shareBp: 6000 },
          { employeeId: hong, shareBp: 4000 },
        ],
        labour: [{ workTypeId, fee: 10_000 }],
      });
    const audit = ({ id, version }: { id: string; version: number }) =>
      station.run('audit.approve', { id, version }, { as: 'auditor' });
    const give = (input: Partial<InputOf<'payroll.giveAward'>> & { itemId: string }) =>
      station.run('payroll.giveAward', { reason: '客户来信', ...input }, { as: 'accountant' });
    const entries = () =>
      station.rows<{ number: string; kind: string; amount: number; earnedOn: string }>(
        `SELECT e.number, p.kind, p.amount, p.earned_on FROM pay_entries p JOIN employees e ON e.id = p.employee_id ORDER BY p.id`,
      );
    async function lockMarch(): Promise<void> {
      const { id } = await station.run('payroll.openPeriod', MARCH, { as: 'accountant' });
      await station.run('payroll.calculate', { periodId: id, version: 1 }, { as: 'accountant' });
      await station.run('payroll.review', { periodId: id, version: 2 }, { as: 'accountant' });
      await station.run('payroll.lock', { periodId: id, version: 3 }, { as: 'accountant' });
    }

    test('a penalty on audited work is shared by its technicians, and says its item and reason', async () => {
      const order = await done();
      await audit(order);
      await give({
        itemId: await givenItem(station, { code: 'P1', kind: 'penalty', amount: 501 }),
        workOrderId: order.id,
      });
      const shared = (await entries()).toSorted((a, b) => (a.number < b.number ? -1 : 1));
      expect(shared).toMatchObject([
        { number: 'T01', kind: 'penalty', amount: -301 },
        { number: 'T02', kind: 'penalty', amount: -200 },
      ]);
      const [entry] = await station.rows<{ explanation: string }>('SELECT explanation FROM pay_entries');
      expect(JSON.parse(entry?.explanation ?? '')).toMatchObject({
        component: 'penalty',
        rule: 'P1',
        reason: '客户来信',
      });
    });

    test('a reward by rate is of the own commission on the order, once that is audited', async () => {
      await givenRule(station, { component: 'labour', rateBp: 1000 });
      const order = await done();
      const itemId = await givenItem(station, { code: 'R1', kind: 'reward', rateBp: 5000 });
      await give({ itemId, workOrderId: order.id, employeeId: hong });
      expect(await entries()).toEqual([]);
      await audit(order);
      expect((await entries()).filter(({ kind }) => kind === 'reward')).toMatchObject([{ number: 'T02', amount: 200 }]);
    });

    test('a reward without an order is the person’s own, of the day it was given; an amount takes the place of the item’s', async () => {
      const itemId = await givenItem(station, { code: 'R1', kind: 'reward', amount: 500 });
      await give({ itemId, employeeId: ming, amount: 800, givenOn: '2026-03-02' });
      expect(await entries()).toMatchObject([{ number: 'T01', kind: 'reward', amount: 800, earnedOn: '2026-03-02' }]);
      const { rows } = await station.run('payroll.listAwards', {}, { as: 'manager' });
      expect(rows).toMatchObject([{ code: 'R1', employee: '小明', amount: 800, paid: 800, state: 'standing' }]);
    });

    test('what is given for a day of a closed period falls into the next one', async () => {
      await lockMarch();
      station.clock.now += 20 * DAY;
      const itemId = await givenItem(station, { code: 'P1', kind: 'penalty', amount: 500 });
      await give({ itemId, employeeId: ming, givenOn: '2026-03-20' });
      expect(await entries()).toMatchObject([{ amount: -500, earnedOn: '2026-04-04' }]);
    });

    test('one that is withdrawn is taken back, after its period was locked in the next', async () => {
      const itemId = await givenItem(station, { code: 'P1', kind: 'penalty', amount: 500 });
      const given = await give({ itemId, employeeId: ming });
      await lockMarch();
      station.clock.now += 20 * DAY;
      await station.run('payroll.withdrawAward', { ...given, reason: '查无此事' }, { as: 'accountant' });
      expect((await entries()).map(({ amount, earnedOn }) => [amount, earnedOn])).toEqual([
        [-500, '2026-03-15'],
        [500, '2026-04-04'],
      ]);
      await expect(
        station.run('payroll.withdrawAward', { id: given.id, version: 2, reason: '再次' }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'pay-award.withdrawn' });
      expect(await station.count('pay_entries')).toBe(2);
    });

    test('one on an order is taken back with the order’s other pay left as it is', async () => {
      await givenRule(station, { component: 'labour', rateBp: 1000 });
      const order = await done();
      await audit(order);
      const itemId = await givenItem(station, { code: 'P1', kind: 'penalty', amount: 500 });
      const given = await give({ itemId, workOrderId: order.id, employeeId: ming });
      await station.run('payroll.withdrawAward', { ...given, reason: '误记' }, { as: 'accountant' });
      expect((await entries()).map(({ kind, amount }) => [kind, amount]).slice(2)).toEqual([
        ['penalty', -500],
        ['penalty', 500],
      ]);
    });

    test('an item out of use, nobody to give it to, a rate without an order, a day to come and cancelled work are refused', async () => {
      const amount = await givenItem(station, { code: 'P1', kind: 'penalty', amount: 500 });
      const rate = await givenItem(station, { code: 'P2', kind: 'penalty', rateBp: 500 });
      const old = await givenItem(station, { code: 'P3', kind: 'penalty', amount: 500, isActive: false });
      const order = await done();
      await station.store.write((trx) => trx.run(`UPDATE work_orders SET state = 'cancelled'`));
      const wrong: readonly [Parameters<typeof give>[0], string, string][] = [
        [{ itemId: old, employeeId: ming }, 'itemId', 'notAllowed'],
        [{ itemId: amount }, 'employeeId', 'required'],
        [{ itemId: rate, employeeId: ming }, 'workOrderId', 'required'],
        [{ itemId: amount, employeeId: ming, givenOn: '2026-03-16' }, 'givenOn', 'inTheFuture'],
        [{ itemId: amount, workOrderId: order.id }, 'workOrderId', 'notAllowed'],
      ];
      for (const [input, path, rule] of wrong)
        await expect(give(input)).rejects.toMatchObject({
          code: 'input.invalid',
          details: { faults: [{ path, rule }] },
        });
      await expect(give({ itemId: amount, employeeId: uuidv7() })).rejects.toMatchObject({ code: 'not-found' });
      expect(await station.count('pay_awards')).toBe(0);
    });

    test('given twice by a double click, it is given once; technicians and auditors give none', async () => {
      const itemId = await givenItem(station, { code: 'R1', kind: 'reward', amount: 500 });
      const input = { itemId, employeeId: ming, reason: '好评' };
      const as = await station.actorFor(['accountant']);
      const first = await station.run('payroll.giveAward', input, { as, commandId: 'once' });
      expect(await station.run('payroll.giveAward', input, { as, commandId: 'once' })).toEqual(first);
      expect(await station.count('pay_entries')).toBe(1);
      for (const role of ['technician', 'auditor'] as const)
        await expect(station.run('payroll.giveAward', input, { as: role })).rejects.toMatchObject({
          code: 'access.denied',
        });
    });

    test('evidence is seen by whoever gives awards and by the person it is about, and by no other technician', async () => {
      const actor = await station.actorFor(['technician']);
      const itemId = await givenItem(station, { code: 'P1', kind: 'penalty', amount: 500 });
      await give({ itemId, employeeId: actor.employeeId, evidence: PHOTO });
      const [award] = await station.rows<{ attachmentId: string }>('SELECT attachment_id FROM pay_awards');
      const look = (as: Parameters<TestStation['run']>[2]) =>
        station.run('attachments.content', { id: award?.attachmentId ?? '' }, as);
      expect(await look({ as: actor })).toMatchObject({ name: '现场.jpg', base64: PHOTO.base64 });
      expect(await look({ as: 'accountant' })).toMatchObject({ base64: PHOTO.base64 });
      await expect(look({ as: { ...actor, employeeId: ming } })).rejects.toMatchObject({ code: 'access.denied' });
    });
  });
});
