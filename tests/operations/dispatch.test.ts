import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { givenDispatched, givenIntake, givenStarted } from '../helpers/given-work.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const HOUR = 3_600_000;

describe.each(DIALECTS)('dispatch on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('from the queue to the job', () => {
    let station: TestStation;
    let technician: Actor;
    let other: Actor;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      technician = await station.actorFor(['technician']);
      const id = await station.givenEmployee({ number: 'T2', name: '李师傅', roles: ['technician'] });
      other = { ...technician, employeeId: id, number: 'T2', name: '李师傅' };
    });
    afterEach(() => station.close());

    const states = () => station.rows<{ toState: string }>('SELECT to_state FROM work_order_states ORDER BY at, step');
    const path = async () => (await states()).map(({ toState }) => toState);

    test('the queue puts urgent work first, then what is promised soonest, then first come', async () => {
      const { now } = station.clock;
      await givenIntake(station, { symptom: '无期' });
      await givenIntake(station, { symptom: '明天', promisedAt: now + 24 * HOUR });
      await givenIntake(station, { symptom: '今天', promisedAt: now + HOUR });
      await givenIntake(station, { symptom: '急', urgency: 'urgent' });
      await givenDispatched(station, technician, { symptom: '已派' });

      const queue = await station.run('dispatch.queue', {}, { as: 'dispatcher' });
      expect(queue.orders.map(({ symptom }) => symptom)).toEqual(['急', '今天', '明天', '无期']);
      expect(queue.total).toBe(4);

      const found = await station.run('dispatch.queue', { search: '今天' }, { as: 'dispatcher' });
      expect(found.orders.map(({ symptom }) => symptom)).toEqual(['今天']);
      expect(found.total).toBe(4);
    });

    test('the least burdened technician is suggested, and each shows load, appointments and what is overdue', async () => {
      const { now } = station.clock;
      const busy = await givenIntake(station, { promisedAt: now + HOUR });
      await station.run(
        'dispatch.assign',
        { id: busy.id, version: 1, technicianId: technician.employeeId, appointedAt: now + HOUR },
        { as: 'dispatcher' },
      );
      await givenIntake(station);
      station.clock.now = now + 2 * HOUR;

      const queue = await station.run('dispatch.queue', {}, { as: 'dispatcher' });
      expect(queue.orders).toEqual([expect.objectContaining({ suggestedTechnicianId: other.employeeId })]);
      expect(queue.technicians).toEqual([
        expect.objectContaining({
          id: technician.employeeId,
          load: 1,
          overdueCount: 1,
          appointments: [expect.objectContaining({ number: busy.number, customerName: '王小明' })],
        }),
        expect.objectContaining({ id: other.employeeId, load: 0, appointments: [] }),
      ]);
    });

    test('assigned, accepted, appointed, rescheduled, begun: each with its step', async () => {
      const { now } = station.clock;
      const { id } = await givenDispatched(station, technician);
      await station.run('workOrders.accept', { id, version: 2 }, { as: technician });
      await station.run('workOrders.appoint', { id, version: 3, at: now + HOUR }, { as: technician });
      await station.run(
        'workOrders.appoint',
        { id, version: 4, at: now + 2 * HOUR, reason: '客户不在家' },
        { as: technician },
      );
      const started = await station.run('workOrders.start', { id, version: 5 }, { as: technician });

      expect(started).toMatchObject({ state: 'in-progress', version: 6 });
      expect((await path()).toSorted()).toEqual(
        ['registered', 'dispatched', 'accepted', 'appointed', 'appointed', 'in-progress'].toSorted(),
      );
      expect(await station.rows('SELECT technician_id, appointed_at, started_at FROM work_orders')).toEqual([
        { technicianId: technician.employeeId, appointedAt: now + 2 * HOUR, startedAt: now },
      ]);
      expect(
        await station.run('dictionaries.suggest', { dictionary: 'reschedule-reason' }, { as: technician }),
      ).toEqual({ values: ['客户不在家'] });
    });

    test('an appointment is not moved without a reason', async () => {
      const { id } = await givenDispatched(station, technician);
      await station.run('workOrders.accept', { id, version: 2 }, { as: technician });
      const at = station.clock.now + HOUR;
      await station.run('workOrders.appoint', { id, version: 3, at }, { as: technician });
      await expect(
        station.run('workOrders.appoint', { id, version: 4, at: at + HOUR }, { as: technician }),
      ).rejects.toMatchObject({ details: { faults: [{ path: 'reason', rule: 'required' }] } });
      expect(await station.rows('SELECT appointed_at, version FROM work_orders')).toEqual([
        { appointedAt: at, version: 4 },
      ]);
    });

    test('work is handed to another technician until it is begun', async () => {
      const { id } = await givenDispatched(station, technician);
      const assign = (version: number, technicianId: string) =>
        station.run('dispatch.assign', { id, version, technicianId, reason: '调整' }, { as: 'dispatcher' });
      await assign(2, other.employeeId);
      expect(await station.rows('SELECT technician_id, state FROM work_orders')).toEqual([
        { technicianId: other.employeeId, state: 'dispatched' },
      ]);
      await station.run('workOrders.accept', { id, version: 3 }, { as: other });
      await assign(4, technician.employeeId);
      await station.run('workOrders.accept', { id, version: 5 }, { as: technician });
      await station.run('workOrders.start', { id, version: 6 }, { as: technician });
      await expect(assign(7, other.employeeId)).rejects.toMatchObject({ code: 'work-order.wrong-state' });
    });

    test('work is not given to somebody who does not repair, nor to nobody', async () => {
      const { id } = await givenIntake(station);
      const clerk = await station.actorFor(['clerk']);
      const assign = (technicianId: string) =>
        station.run('dispatch.assign', { id, version: 1, technicianId }, { as: 'dispatcher' });
      await expect(assign(clerk.employeeId)).rejects.toMatchObject({ code: 'employee.not-a-technician' });
      await expect(assign('nobody')).rejects.toMatchObject({ code: 'not-found' });
      expect(await station.rows('SELECT state, technician_id FROM work_orders')).toEqual([
        { state: 'registered', technicianId: null },
      ]);
    });

    test('withdrawn work is back in the queue without its technician', async () => {
      const { id } = await givenDispatched(station, technician);
      await station.run('dispatch.withdraw', { id, version: 2 }, { as: 'dispatcher' });
      expect(await station.rows('SELECT state, technician_id FROM work_orders')).toEqual([
        { state: 'registered', technicianId: null },
      ]);
      await expect(station.run('dispatch.withdraw', { id, version: 3 }, { as: 'dispatcher' })).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
    });

    test('waiting for a part, escalating, going on and giving up keep their reasons', async () => {
      const { id, version } = await givenStarted(station, technician);
      const as = { as: technician };
      await station.run('workOrders.waitForParts', { id, version, reason: '压缩机' }, as);
      await station.run('workOrders.resume', { id, version: version + 1 }, as);
      await station.run('workOrders.escalate', { id, version: version + 2, reason: '漏氟大修' }, as);
      const end = await station.run('workOrders.giveUp', { id, version: version + 3, reason: '配件停产' }, as);

      expect(end.state).toBe('unrepairable');
      expect(await station.rows('SELECT state_reason, completed_on FROM work_orders')).toEqual([
        { stateReason: '配件停产', completedOn: '2026-03-15' },
      ]);
      const offered = await station.run('dictionaries.suggest', { dictionary: 'give-up-reason' }, as);
      expect(offered).toEqual({ values: ['配件停产'] });
      await expect(station.run('workOrders.resume', { id, version: version + 4 }, as)).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
    });

    test('a technician moves only his own work; a dispatcher may for him; a clerk may not', async () => {
      const { id } = await givenDispatched(station, technician);
      const accept = (as: Actor | 'dispatcher' | 'clerk') =>
        station.run('workOrders.accept', { id, version: 2 }, { as });
      await expect(accept(other)).rejects.toMatchObject({ code: 'work-order.of-another' });
      await expect(accept('clerk')).rejects.toMatchObject({
        code: 'access.denied',
        details: { right: 'job.complete' },
      });
      expect(await station.rows('SELECT state FROM work_orders')).toEqual([{ state: 'dispatched' }]);
      expect(await accept('dispatcher')).toMatchObject({ state: 'accepted' });
    });

    test('what is out of order or out of date is refused and leaves no step', async () => {
      const { id } = await givenDispatched(station, technician);
      const as = { as: technician };
      const reason = '原因';
      await expect(station.run('workOrders.start', { id, version: 2 }, as)).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
      for (const name of ['workOrders.waitForParts', 'workOrders.escalate', 'workOrders.giveUp'] as const)
        await expect(station.run(name, { id, version: 2, reason }, as)).rejects.toMatchObject({
          code: 'work-order.wrong-state',
        });
      await expect(station.run('workOrders.accept', { id, version: 1 }, as)).rejects.toMatchObject({
        code: 'document.changed',
      });
      await expect(station.run('workOrders.appoint', { id, version: 2, at: 1 }, as)).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
      expect(await station.count('work_order_states')).toBe(2);
      expect(await station.rows("SELECT value FROM dictionary_entries WHERE value = '原因'")).toEqual([]);
    });

    test('each step delivered twice happens once', async () => {
      const dispatcher = await station.actorFor(['dispatcher']);
      const { id } = await givenIntake(station);
      const technicianId = technician.employeeId;
      const twice = async (name: string, deliver: (commandId: string) => Promise<unknown>) =>
        expect(await deliver(name)).toEqual(await deliver(name));
      await twice('assign', (commandId) =>
        station.run('dispatch.assign', { id, version: 1, technicianId }, { as: dispatcher, commandId }),
      );
      await twice('withdraw', (commandId) =>
        station.run('dispatch.withdraw', { id, version: 2 }, { as: dispatcher, commandId }),
      );
      await station.run('dispatch.assign', { id, version: 3, technicianId }, { as: dispatcher });
      const run = <N extends 'workOrders.accept' | 'workOrders.start' | 'workOrders.resume'>(
        name: N,
        version: number,
      ) => twice(name, (commandId) => station.run(name, { id, version } as never, { as: technician, commandId }));
      await run('workOrders.accept', 4);
      await twice('appoint', (commandId) =>
        station.run('workOrders.appoint', { id, version: 5, at: 1 }, { as: technician, commandId }),
      );
      await run('workOrders.start', 6);
      const because = <N extends 'workOrders.waitForParts' | 'workOrders.escalate' | 'workOrders.giveUp'>(
        name: N,
        version: number,
      ) =>
        twice(name, (commandId) =>
          station.run(name, { id, version, reason: 'r' } as never, { as: technician, commandId }),
        );
      await because('workOrders.waitForParts', 7);
      await because('workOrders.escalate', 8);
      await run('workOrders.resume', 9);
      await because('workOrders.giveUp', 10);
      expect(await station.rows('SELECT version, state FROM work_orders')).toEqual([
        { version: 11, state: 'unrepairable' },
      ]);
      expect(await station.count('work_order_states')).toBe(11);
    });

    test('who has no part in dispatch neither sees the queue nor assigns', async () => {
      const { id } = await givenIntake(station);
      for (const as of ['clerk', 'technician', 'keeper', 'accountant'] as const) {
        await expect(station.run('dispatch.queue', {}, { as })).rejects.toMatchObject({ code: 'access.denied' });
        await expect(
          station.run('dispatch.assign', { id, version: 1, technicianId: technician.employeeId }, { as }),
        ).rejects.toMatchObject({ code: 'access.denied' });
        await expect(station.run('dispatch.withdraw', { id, version: 1 }, { as })).rejects.toMatchObject({
          code: 'access.denied',
        });
      }
      expect(await station.rows('SELECT state FROM work_orders')).toEqual([{ state: 'registered' }]);
    });
  });
});
