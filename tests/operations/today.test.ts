import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#domain/access/roles.ts';
import { givenDispatched, givenIntake, givenStarted } from '../helpers/given-work.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const HOUR = 3_600_000;

describe.each(DIALECTS)('today on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('what waits for whom', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const counts = async (as: Role) => {
      const { lists } = await station.run('today.overview', {}, { as });
      return Object.fromEntries(lists.map(({ key, count }) => [key, count]));
    };

    test('each role is shown what it may act on, counted', async () => {
      const technician = await station.actorFor(['technician']);
      const { now } = station.clock;
      await givenIntake(station, { promisedAt: now + HOUR });
      await givenDispatched(station, technician, { promisedAt: now + 2 * HOUR });
      const { id, version } = await givenStarted(station, technician, { promisedAt: now + 48 * HOUR });
      await station.run('workOrders.waitForParts', { id, version, reason: '主板' }, { as: technician });
      const given = await givenStarted(station, technician);
      await station.run(
        'workOrders.giveUp',
        { id: given.id, version: given.version, reason: '报废' },
        { as: technician },
      );
      station.clock.now = now + HOUR + 1;

      expect(await counts('dispatcher')).toEqual({
        'to-dispatch': 1,
        overdue: 1,
        'due-today': 1,
        'waiting-for-parts': 1,
      });
      expect(await counts('clerk')).toEqual({ overdue: 1, 'due-today': 1, 'to-settle': 0, 'to-hand-over': 0 });
      expect(await counts('technician')).toEqual({
        'my-work': 2,
        overdue: 0,
        'due-today': 1,
        'waiting-for-parts': 1,
      });
      expect(await counts('auditor')).toEqual({ 'to-audit': 1 });
      expect(await counts('keeper')).toEqual({ 'waiting-for-parts': 1 });
      expect(await counts('accountant')).toEqual({});
      expect(await counts('manager')).not.toHaveProperty('my-work');
    });

    test('the most pressing comes first, and no more than a few', async () => {
      for (let i = 0; i < 8; i++) await givenIntake(station, { promisedAt: station.clock.now + (9 - i) * HOUR });
      await givenIntake(station, { symptom: '急', urgency: 'urgent' });
      const { lists } = await station.run('today.overview', {}, { as: 'dispatcher' });
      const waiting = lists.find(({ key }) => key === 'to-dispatch');
      expect(waiting?.count).toBe(9);
      expect(waiting?.rows).toHaveLength(6);
      expect(waiting?.rows[0]).toMatchObject({ symptom: '急', customerName: '王小明' });
      expect(waiting?.rows[1]?.promisedAt).toBe(station.clock.now + 2 * HOUR);
    });

    test('parts that ran out wait for the keeper, pay periods for the accountant, and for nobody else', async () => {
      expect(await station.run('today.overview', {}, { as: 'keeper' })).toMatchObject({
        partsOutOfStock: { count: 0, rows: [] },
        payPeriods: null,
      });
      expect(await station.run('today.overview', {}, { as: 'accountant' })).toMatchObject({
        partsOutOfStock: null,
        payPeriods: { count: 0, rows: [] },
      });
    });

    test('nobody is shown anything before signing in', async () => {
      const nobody = { employeeId: '', unitId: '', number: '', name: '', roles: [], rights: new Set<never>() };
      await expect(station.run('today.overview', {}, { as: nobody })).rejects.toMatchObject({
        code: 'session.required',
      });
    });
  });
});
