import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#domain/access/actor.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { givenItem, givenTerms } from '../helpers/given-pay.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const PHOTO = { name: '证据.jpg', mediaType: 'image/jpeg', base64: 'aGFsbG8=' };
const DISSATISFIED = { perOrder: { very_satisfied: 300, dissatisfied: -1001 }, monthly: null };

describe.each(DIALECTS)('deductions and appeals on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a station', () => {
    let station: TestStation;
    let ming: Actor;
    let hong: Actor;
    let workTypeId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station);
      const technician = await station.actorFor(['technician']);
      ming = technician;
      const employeeId = await station.givenEmployee({ number: 'T02', name: '小红', roles: ['technician'] });
      hong = { ...technician, employeeId, number: 'T02', name: '小红' };
      await givenTerms(station, { satisfaction: DISSATISFIED, rework: { days: 30, clawbackBp: 5000 } });
    });
    afterEach(() => station.close());

    async function givenAudited(by: readonly Actor[] = [ming, hong]) {
      const order = await givenFinishedWork(station, {
        technicians: by.map(({ employeeId }) => ({ employeeId, shareBp: 10_000 / by.length })),
        labour: [{ workTypeId, fee: 10_000 }],
      });
      await station.run('audit.approve', { id: order.id, version: order.version }, { as: 'auditor' });
      return order;
    }
    const followUp = (id: string, version: number, result: 'dissatisfied' | 'very_satisfied' | null) =>
      station.run('workOrders.setFollowUp', { id, version, result }, { as: 'auditor' });
    async function givenDissatisfied() {
      const order = await givenAudited();
      await followUp(order.id, 2, 'dissatisfied');
      return order;
    }
    const deductionsOf = async (as: Actor) => (await station.run('payroll.ownDeductions', {}, { as })).rows;
    const appeal = (entryId: string, as: Actor, photo: typeof PHOTO | null = null) =>
      station.run('payroll.appeal', { entryId, reason: '客户弄错了人', photo }, { as });
    const decide = (id: string, decision: 'granted' | 'refused', as: Actor | 'manager' = 'manager') =>
      station.run('payroll.decideAppeal', { id, version: 1, decision, reason: '查过录音' }, { as });
    const sums = async () =>
      (
        await station.rows<{ number: string; amount: number }>(
          `SELECT e.number, SUM(p.amount) AS amount FROM pay_entries p JOIN employees e ON e.id = p.employee_id
           WHERE p.kind <> 'commission' GROUP BY e.number ORDER BY e.number`,
        )
      ).map(({ number, amount }) => [number, amount]);

    test('a technician sees his part of a deduction with its explanation, and nobody else’s', async () => {
      const order = await givenDissatisfied();
      expect(await deductionsOf(hong)).toMatchObject([
        {
          kind: 'satisfaction',
          amount: -500,
          workOrder: order.number,
          appealState: null,
          why: { subject: 'dissatisfied' },
        },
      ]);
      expect(await deductionsOf(ming)).toMatchObject([{ amount: -501 }]);
    });

    test('a granted appeal takes the deduction back from him alone, and both sides see that it was granted', async () => {
      await givenDissatisfied();
      const [mine] = await deductionsOf(ming);
      const filed = await appeal(mine?.entryId ?? '', ming, PHOTO);
      const { rows } = await station.run('payroll.listAppeals', {}, { as: 'manager' });
      expect(rows).toMatchObject([
        { employee: 'technician', kind: 'satisfaction', amount: -501, reason: '客户弄错了人', state: 'open' },
      ]);
      const photo = { id: rows[0]?.attachmentId ?? '' };
      expect(await station.run('attachments.content', photo, { as: 'manager' })).toMatchObject({
        base64: PHOTO.base64,
      });
      await expect(station.run('attachments.content', photo, { as: hong })).rejects.toMatchObject({
        code: 'access.denied',
      });

      await decide(filed.id, 'granted');
      expect(await sums()).toEqual([
        [ming.number, 0],
        ['T02', -500],
      ]);
      expect(await deductionsOf(ming)).toMatchObject([{ amount: -501, appealState: 'granted', decision: '查过录音' }]);
      expect((await station.run('payroll.listAppeals', {}, { as: 'manager' })).rows).toEqual([]);
      const all = await station.run('payroll.listAppeals', { view: 'all' }, { as: 'manager' });
      expect(all.rows).toMatchObject([{ state: 'granted', decidedBy: 'manager', amount: -501 }]);
    });

    test('a refused appeal leaves the deduction, and the payslip says so', async () => {
      await givenDissatisfied();
      const { id: periodId } = await station.run('payroll.openPeriod', MARCH, { as: 'accountant' });
      await station.run('payroll.calculate', { periodId, version: 1 }, { as: 'accountant' });
      const [mine] = await deductionsOf(ming);
      const filed = await appeal(mine?.entryId ?? '', ming);
      const stateOf = async () => {
        const { lines } = await station.run('payroll.ownPayslip', { periodId }, { as: ming });
        return lines.find(({ kind }) => kind === 'satisfaction')?.appeal;
      };
      expect(await stateOf()).toBe('open');
      await decide(filed.id, 'refused');
      expect(await stateOf()).toBe('refused');
      expect((await sums())[0]).toEqual([ming.number, -501]);
    });

    test('granted after its period was locked, it is paid back in the next one', async () => {
      await givenDissatisfied();
      const { id: periodId } = await station.run('payroll.openPeriod', MARCH, { as: 'accountant' });
      for (const [version, name] of [
        [1, 'payroll.calculate'],
        [2, 'payroll.review'],
        [3, 'payroll.lock'],
      ] as const)
        await station.run(name, { periodId, version }, { as: 'accountant' });
      station.clock.now += 20 * 86_400_000;
      const [mine] = await deductionsOf(ming);
      expect(mine).toMatchObject({ paidFrom: MARCH.from });
      await decide((await appeal(mine?.entryId ?? '', ming)).id, 'granted');
      const back = await station.rows('SELECT amount, earned_on FROM pay_entries WHERE reverses_id IS NOT NULL');
      expect(back).toEqual([{ amount: 501, earnedOn: '2026-04-04' }]);
    });

    test('granted, a penalty that is no order’s is withdrawn', async () => {
      const itemId = await givenItem(station, { code: 'P1', kind: 'penalty', amount: 400 });
      await station.run(
        'payroll.giveAward',
        { itemId, employeeId: ming.employeeId, reason: '迟到' },
        { as: 'accountant' },
      );
      const [mine] = await deductionsOf(ming);
      expect(mine).toMatchObject({ kind: 'penalty', amount: -400, workOrder: null, why: { reason: '迟到' } });
      await decide((await appeal(mine?.entryId ?? '', ming)).id, 'granted');
      expect(await sums()).toEqual([[ming.number, 0]]);
      const { rows } = await station.run('payroll.listAwards', {}, { as: 'accountant' });
      expect(rows).toMatchObject([{ state: 'withdrawn', withdrawnReason: '查过录音' }]);
    });

    test('nobody appeals twice, against another’s deduction, or against what is none', async () => {
      await givenRule(station, { component: 'per_job', amount: 500 });
      await givenDissatisfied();
      const [mine] = await deductionsOf(ming);
      const [hers] = await deductionsOf(hong);
      await appeal(mine?.entryId ?? '', ming);
      const [earned] = await station.rows<{ id: string }>(
        `SELECT id FROM pay_entries WHERE kind = 'commission' AND employee_id = ?`,
        [ming.employeeId],
      );
      const wrong = [
        [mine?.entryId, 'pay-appeal.twice'],
        [hers?.entryId, 'pay-appeal.of-another'],
        [earned?.id, 'pay-appeal.no-deduction'],
        [uuidv7(), 'not-found'],
      ] as const;
      for (const [entryId = '', code] of wrong) await expect(appeal(entryId, ming)).rejects.toMatchObject({ code });
      expect(await station.count('pay_appeals')).toBe(1);
    });

    test('a deduction that is taken back already cannot be appealed against', async () => {
      const order = await givenDissatisfied();
      const [mine] = await deductionsOf(ming);
      await followUp(order.id, 3, null);
      await expect(appeal(mine?.entryId ?? '', ming)).rejects.toMatchObject({ code: 'pay-appeal.no-deduction' });
      expect(await deductionsOf(ming)).toEqual([]);
    });

    test('an appeal is decided once, by a manager, and by nobody in his own case', async () => {
      const manager = await station.actorFor(['manager']);
      await givenAudited([manager]);
      const [order] = await station.rows<{ id: string }>('SELECT id FROM work_orders');
      await followUp(order?.id ?? '', 2, 'dissatisfied');
      const [his] = await deductionsOf(manager);
      const { id } = await appeal(his?.entryId ?? '', manager);
      await expect(decide(id, 'granted')).rejects.toMatchObject({ code: 'pay-appeal.own' });
      const other = { ...manager, employeeId: hong.employeeId };
      await expect(decide(id, 'granted', await station.actorFor(['accountant']))).rejects.toMatchObject({
        code: 'access.denied',
      });
      await decide(id, 'refused', other);
      await expect(decide(id, 'granted', other)).rejects.toMatchObject({
        code: 'pay-appeal.decided',
        details: { state: 'refused' },
      });
      expect(await sums()).toEqual([[manager.number, -1001]]);
    });

    test('an appeal sent twice by a double click is filed once', async () => {
      await givenDissatisfied();
      const [mine] = await deductionsOf(ming);
      const input = { entryId: mine?.entryId ?? '', reason: '不是我' };
      const first = await station.run('payroll.appeal', input, { as: ming, commandId: 'once' });
      expect(await station.run('payroll.appeal', input, { as: ming, commandId: 'once' })).toEqual(first);
    });

    test('what the customer says is worth what the terms say, also after the audit, and no longer when it is taken back', async () => {
      const order = await givenAudited();
      await followUp(order.id, 2, 'very_satisfied');
      expect(await sums()).toEqual([
        [ming.number, 150],
        ['T02', 150],
      ]);
      await followUp(order.id, 3, null);
      expect(await sums()).toEqual([
        [ming.number, 0],
        ['T02', 0],
      ]);
      await expect(followUp(order.id, 3, 'dissatisfied')).rejects.toMatchObject({ code: 'document.changed' });
      await expect(
        station.run('workOrders.setFollowUp', { id: order.id, version: 4, result: null }, { as: 'clerk' }),
      ).rejects.toMatchObject({ code: 'access.denied' });
    });

    describe('work that is done again', () => {
      /** The same device comes back after a week, to another technician. */
      async function givenTwice() {
        await givenRule(station, { component: 'labour', rateBp: 1000 });
        const first = await givenAudited([ming]);
        station.clock.now += 7 * 86_400_000;
        const again = await givenAudited([hong]);
        await station.store.write((trx) =>
          trx.run('UPDATE work_orders SET device_id = (SELECT device_id FROM work_orders WHERE id = ?)', [first.id]),
        );
        return { first, again };
      }
      const link = (id: string, version: number, reworkOfId: string | null) =>
        station.run('workOrders.setReworkOf', { id, version, reworkOfId }, { as: 'auditor' });

      test('costs who did it first some of his commission; unlinked, he has it again', async () => {
        const { first, again } = await givenTwice();
        const { rows } = await station.run('workOrders.reworkChoices', { id: again.id }, { as: 'auditor' });
        expect(rows).toMatchObject([{ id: first.id, number: first.number }]);
        await link(again.id, 2, first.id);
        expect(await deductionsOf(ming)).toMatchObject([{ kind: 'clawback', amount: -500, workOrder: again.number }]);
        await link(again.id, 3, null);
        expect(await sums()).toEqual([[ming.number, 0]]);
      });

      test('is linked to earlier finished work on the same device or for the same customer only', async () => {
        const { first, again } = await givenTwice();
        const fault = { code: 'input.invalid', details: { faults: [{ path: 'reworkOfId', rule: 'notAllowed' }] } };
        await expect(link(first.id, 2, again.id)).rejects.toMatchObject(fault);
        await expect(link(again.id, 2, again.id)).rejects.toMatchObject(fault);
        const other = await givenAudited([ming]);
        await expect(link(other.id, 2, first.id)).rejects.toMatchObject(fault);
        await station.store.write((trx) =>
          trx.run(`UPDATE work_orders SET state = 'accepted' WHERE id = ?`, [first.id]),
        );
        await expect(link(again.id, 2, first.id)).rejects.toMatchObject({ code: 'work-order.no-outcome' });
        await expect(link(first.id, 2, null)).rejects.toMatchObject({ code: 'work-order.no-outcome' });
        expect(await sums()).toEqual([]);
      });
    });
  });
});
