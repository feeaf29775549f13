import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import type { SqlValue } from '#db/store.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenIntake, givenStarted } from '../helpers/given-work.ts';
import type { TestStation } from '../helpers/station.ts';
import { carry, exchange, openTwoUnits } from '../helpers/two-units.ts';

const PAGE = { sort: [], filters: [] };

describe.each(DIALECTS)('referrals on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('between two units that are offline for days', () => {
    let a: TestStation;
    let b: TestStation;
    let close: () => Promise<void>;
    let technician: Actor;
    beforeEach(async () => {
      ({ a, b, close } = await openTwoUnits(dialect));
      technician = await a.actorFor(['technician']);
    });
    afterEach(() => close());

    async function refer(order: { id: string; version: number }, commandId = 'refer') {
      const input = {
        workOrderId: order.id,
        version: order.version,
        toUnitId: b.station.unitId,
        reason: '主板要换',
        note: '请尽快',
      };
      return a.run('referrals.request', input, { as: await a.actorFor(['dispatcher']), commandId });
    }
    const stateOf = async (station: TestStation, box: 'inbox' | 'outbox') =>
      (await station.run(`referrals.${box}`, PAGE, { as: 'dispatcher' })).rows[0];
    const orderOf = async (station: TestStation, id: string) => {
      const [row] = await station.rows<{ state: string; version: number }>(
        'SELECT state, version FROM work_orders WHERE id = ?',
        [id],
      );
      return { id, state: row?.state ?? '', version: row?.version ?? 0 };
    };
    async function rowOf(table: 'customers' | 'devices'): Promise<Readonly<Record<string, SqlValue>>> {
      const [row] = await a.rows<Record<string, SqlValue>>(`SELECT * FROM ${table}`);
      return row ?? {};
    }
    async function accepted(order: { id: string; version: number }) {
      const referral = await refer(order);
      await carry(a, b);
      return { referral, taken: await b.run('referrals.accept', { id: referral.id }, { as: 'dispatcher' }) };
    }
    /** The other unit does the work and says what it did. */
    async function repaired(workOrderId: string) {
      const worker = await b.actorFor(['technician']);
      const assigned = await b.run(
        'dispatch.assign',
        { ...(await orderOf(b, workOrderId)), technicianId: worker.employeeId },
        { as: 'dispatcher' },
      );
      const { version } = await b.run(
        'workOrders.accept',
        { id: workOrderId, version: assigned.version },
        { as: worker },
      );
      const started = await b.run('workOrders.start', { id: workOrderId, version }, { as: worker });
      const technicians = [{ employeeId: worker.employeeId, shareBp: 10_000 }];
      const sheet = { id: workOrderId, version: started.version, fault: '主板坏', action: '换主板', technicians };
      return b.run('jobs.complete', sheet, { as: worker });
    }

    test('work under way is referred: it counts as escalated and rests here until it is answered', async () => {
      const order = await givenStarted(a, technician);
      const referral = await refer(order);

      expect(referral.number).toBe('RF-SH01-260315-0001');
      expect(await orderOf(a, order.id)).toMatchObject({ state: 'escalated', version: referral.version });
      expect(await stateOf(a, 'outbox')).toMatchObject({
        state: 'waiting',
        toUnit: '大区维修中心',
        subject: '王小明 · 格力 KFR-35 空调',
      });
      for (const [name, input] of [
        ['workOrders.resume', { id: order.id, version: referral.version }],
        ['workOrders.cancel', { id: order.id, version: referral.version, reason: 'x' }],
        ['workOrders.giveUp', { id: order.id, version: referral.version, reason: 'x' }],
      ] as const)
        await expect(a.run(name, input, { as: 'manager' })).rejects.toMatchObject({
          code: 'work-order.referred',
          details: { number: referral.number, unit: '大区维修中心' },
        });
      const page = await a.run('workOrders.get', { id: order.id }, { as: 'manager' });
      expect(page.nextSteps).not.toContain('resume');
      expect(page.nextSteps).not.toContain('refer');
      expect(page.nextSteps).toContain('add-photos');
    });

    test('the other unit accepts: an order of its own, with customer and device it had never seen', async () => {
      const order = await givenStarted(a, technician);
      const { referral, taken } = await accepted(order);

      expect(taken.number).toBe('WO-RC01-260315-0001');
      const page = await b.run('workOrders.get', { id: taken.workOrderId }, { as: 'dispatcher' });
      expect(page.customer).toMatchObject({ name: '王小明', phone: '13800000001' });
      expect(page.device).toMatchObject({ category: '空调', serial: 'SN-1' });
      expect(page.order).toMatchObject({
        symptom: '不制冷',
        state: 'registered',
        requestId: referral.id,
        channel: 'unit',
      });
      const here = await b.run('referrals.ofOrder', { workOrderId: taken.workOrderId }, { as: 'dispatcher' });
      expect(here.origin).toMatchObject({
        unit: '上海一站',
        number: referral.number,
        state: 'accepted',
        isForUs: true,
      });

      await carry(b, a);
      expect(await stateOf(a, 'outbox')).toMatchObject({ state: 'accepted', theirWorkOrder: taken.number });
      await expect(
        a.run('workOrders.resume', { id: order.id, version: referral.version }, { as: 'manager' }),
      ).rejects.toMatchObject({ code: 'work-order.referred' });
    });

    test('a device known here whose customer has gone to another region is taken in anew, with its customer', async () => {
      const order = await givenStarted(a, technician);
      const [customer, device] = [await rowOf('customers'), await rowOf('devices')];
      await b.store.replicate({ origin: 'carried', log: 'keep' }, async (trx) => {
        await trx.insert('customers', customer);
        await trx.insert('devices', { ...device, unitId: b.station.unitId });
      });
      const { taken } = await accepted(order);

      const page = await b.run('workOrders.get', { id: taken.workOrderId }, { as: 'dispatcher' });
      expect(page).toMatchObject({ customer: { name: '王小明' }, device: { serial: 'SN-1' } });
      expect(await b.rows('SELECT unit_id FROM customers WHERE id <> ?', [String(customer['id'])])).toEqual([
        { unitId: b.station.unitId },
      ]);
      expect(page.customer?.id).not.toBe(customer['id']);
      expect(page.device.id).not.toBe(device['id']);
    });

    test('a customer who comes again is the same one there', async () => {
      await accepted(await givenStarted(a, technician));
      const { id, version } = await givenIntake(a);
      const second = await refer({ id, version }, 'refer-2');
      await carry(a, b);
      await b.run('referrals.accept', { id: second.id }, { as: 'dispatcher' });
      expect(await b.count('customers')).toBe(1);
      expect(await b.count('devices')).toBe(1);
      expect(await b.count('work_orders')).toBe(2);
    });

    test('when the other unit is done, who asked learns it, and goes on', async () => {
      const order = await givenStarted(a, technician);
      const { referral, taken } = await accepted(order);
      const done = await repaired(taken.workOrderId);
      await exchange(a, b);

      const [asked] = (await a.run('referrals.ofOrder', { workOrderId: order.id }, { as: 'dispatcher' })).asked;
      expect(asked).toMatchObject({ state: 'ended', outcome: 'done', answer: { outcomeNote: '换主板' } });
      await a.run('workOrders.resume', { id: order.id, version: referral.version }, { as: 'manager' });

      const worker = await b.actorFor(['technician']);
      await b.run(
        'jobs.withdrawCompletion',
        { id: taken.workOrderId, version: done.version, reason: '又坏了' },
        { as: worker },
      );
      await exchange(a, b);
      expect(await stateOf(a, 'outbox')).toMatchObject({ state: 'accepted', outcome: '' });
    });

    test('work that the other unit cancels comes back with the reason', async () => {
      const order = await givenIntake(a);
      const { taken } = await accepted(order);
      const { version } = await orderOf(b, taken.workOrderId);
      await b.run('workOrders.cancel', { id: taken.workOrderId, version, reason: '没有配件' }, { as: 'dispatcher' });
      await carry(b, a);
      expect(await stateOf(a, 'outbox')).toMatchObject({ state: 'ended', outcome: 'cancelled' });
    });

    test('a refusal tells why, and the order goes on here', async () => {
      const order = await givenIntake(a);
      const referral = await refer(order);
      await carry(a, b);
      await b.run('referrals.refuse', { id: referral.id, reason: '忙不过来' }, { as: 'dispatcher' });
      await carry(b, a);

      expect(await stateOf(a, 'outbox')).toMatchObject({ state: 'refused', reason: '忙不过来' });
      const assignment = { id: order.id, version: referral.version, technicianId: technician.employeeId };
      await a.run('dispatch.assign', assignment, { as: 'dispatcher' });
      expect(await b.count('work_orders')).toBe(0);
    });

    test('a withdrawal frees the order at once; an acceptance that was under way stands and is shown so', async () => {
      const order = await givenIntake(a);
      const referral = await refer(order);
      await carry(a, b);
      await a.run('referrals.withdraw', { id: referral.id, version: 1, reason: '客户不同意' }, { as: 'dispatcher' });
      expect(await stateOf(a, 'outbox')).toMatchObject({ state: 'withdrawn', reason: '客户不同意' });
      const page = await a.run('workOrders.get', { id: order.id }, { as: 'dispatcher' });
      expect(page.nextSteps).toContain('dispatch');

      await b.run('referrals.accept', { id: referral.id }, { as: 'dispatcher' });
      await exchange(a, b);
      const sheet = await a.run('referrals.get', { id: referral.id }, { as: 'dispatcher' });
      expect(sheet).toMatchObject({ state: 'accepted', isWithdrawnTooLate: true, isOurs: true });
      const assignment = { id: order.id, version: referral.version, technicianId: technician.employeeId };
      await expect(a.run('dispatch.assign', assignment, { as: 'dispatcher' })).rejects.toMatchObject({
        code: 'work-order.referred',
      });
    });

    test('once withdrawn there is nothing to accept, once answered nothing to withdraw or to answer again', async () => {
      const first = await refer(await givenIntake(a));
      await a.run('referrals.withdraw', { id: first.id, version: 1, reason: 'x' }, { as: 'dispatcher' });
      await carry(a, b);
      await expect(b.run('referrals.accept', { id: first.id }, { as: 'dispatcher' })).rejects.toMatchObject({
        code: 'request.wrong-state',
        details: { number: first.number, state: 'withdrawn' },
      });
      const second = await refer(await givenIntake(a), 'refer-2');
      await carry(a, b);
      await b.run('referrals.accept', { id: second.id }, { as: 'dispatcher' });
      await carry(b, a);
      const withdrawal = a.run('referrals.withdraw', { id: second.id, version: 1, reason: 'x' }, { as: 'dispatcher' });
      await expect(withdrawal).rejects.toMatchObject({ code: 'request.wrong-state', details: { state: 'accepted' } });
      const refusal = b.run('referrals.refuse', { id: second.id, reason: 'x' }, { as: 'dispatcher' });
      await expect(refusal).rejects.toMatchObject({ code: 'request.wrong-state' });
      expect(await b.count('work_orders')).toBe(1);
      expect(await b.count('answers')).toBe(1);
    });

    test('only who is asked answers, only who asks withdraws', async () => {
      const { id } = await refer(await givenIntake(a));
      await carry(a, b);
      const ownAnswer = a.run('referrals.accept', { id }, { as: 'dispatcher' });
      await expect(ownAnswer).rejects.toMatchObject({ code: 'document.of-another-unit' });
      const theirs = b.run('referrals.withdraw', { id, version: 1, reason: 'x' }, { as: 'dispatcher' });
      await expect(theirs).rejects.toMatchObject({ code: 'document.of-another-unit' });
      expect(await a.count('answers')).toBe(0);
    });

    test('refused where it makes no sense: to the own unit, a closed one, a second time, while a technician is asked, when stale', async () => {
      const order = await givenIntake(a);
      const request = { workOrderId: order.id, version: order.version, reason: 'x' };
      const asked = (input: object) =>
        a.run('referrals.request', { ...request, toUnitId: b.station.unitId, ...input }, { as: 'dispatcher' });
      await expect(asked({ toUnitId: a.station.unitId })).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(asked({ toUnitId: 'nowhere' })).rejects.toMatchObject({ code: 'not-found' });
      await expect(asked({ version: 9 })).rejects.toMatchObject({ code: 'document.changed' });
      await a.store.write((trx) => trx.run('UPDATE units SET is_active = 0 WHERE id = ?', [b.station.unitId]));
      await expect(asked({})).rejects.toMatchObject({ code: 'input.invalid' });
      expect((await a.run('referrals.units', {}, { as: 'dispatcher' })).units).toEqual([]);
      await a.store.write((trx) => trx.run('UPDATE units SET is_active = 1 WHERE id = ?', [b.station.unitId]));
      const assignment = { id: order.id, version: order.version, technicianId: technician.employeeId };
      const dispatched = await a.run('dispatch.assign', assignment, { as: 'dispatcher' });
      await expect(asked({ version: dispatched.version })).rejects.toMatchObject({
        code: 'work-order.cannot-be-referred',
      });
      expect(await a.count('requests')).toBe(0);

      const other = await givenIntake(a);
      const first = await refer(other);
      await expect(asked({ workOrderId: other.id, version: first.version })).rejects.toMatchObject({
        code: 'work-order.referred',
      });
      expect(await a.count('requests')).toBe(1);
      expect((await a.run('referrals.units', {}, { as: 'dispatcher' })).units).toMatchObject([{ code: 'RC01' }]);
    });

    test('each of the commands delivered twice happens once; without the right it does not happen', async () => {
      const order = await givenIntake(a);
      const first = await refer(order);
      expect(await refer(order)).toEqual(first);
      expect(await a.count('requests')).toBe(1);
      await carry(a, b);
      await carry(a, b);
      const dispatcher = await b.actorFor(['dispatcher']);
      const taken = await b.run('referrals.accept', { id: first.id }, { as: dispatcher, commandId: 'c' });
      expect(await b.run('referrals.accept', { id: first.id }, { as: dispatcher, commandId: 'c' })).toEqual(taken);
      expect(await b.count('work_orders')).toBe(1);
      for (const name of ['referrals.accept', 'referrals.refuse', 'referrals.request', 'referrals.withdraw'] as const)
        await expect(b.run(name, {} as never, { as: 'clerk' })).rejects.toMatchObject({ code: 'access.denied' });
    });

    test('what another program wrote unreadably is refused, not taken in', async () => {
      const { id } = await refer(await givenIntake(a));
      await a.store.write((trx) => trx.run(`UPDATE requests SET content = '{"order":{}}' WHERE id = ?`, [id]));
      await carry(a, b);
      await expect(b.run('referrals.accept', { id }, { as: 'dispatcher' })).rejects.toMatchObject({
        code: 'request.unreadable',
      });
      expect(await b.count('work_orders')).toBe(0);
    });
  });
});
