import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compactChangeLog } from '#server/central/upkeep.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestCompany, type LinkedStation, type TestCompany } from './lib/company.ts';
import { intake } from './lib/given.ts';

const DAY = 86_400_000;

describe.each(DIALECTS)('the change log at the server on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('is compacted while stations come and go', () => {
    let company: TestCompany;
    let n1: LinkedStation;
    let s1: LinkedStation;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      [n1, s1] = [await company.join('N1'), await company.join('S1')];
    });
    afterEach(() => company.close());

    async function compact() {
      const { store, environment, dataFolder } = company;
      const { address } = store;
      await compactChangeLog.run({
        signal: new AbortController().signal,
        environment,
        address,
        dataFolder,
        write: (work) => store.write(work),
        read: (work) => store.read(work),
      });
    }
    const logged = async () => (await company.rows('SELECT seq FROM change_log')).length;

    async function daysPass(days: number, ...stations: LinkedStation[]) {
      for (let day = 0; day < days; day += 10) {
        for (const clock of [company.clock, n1.clock, s1.clock]) clock.now += 10 * DAY;
        for (const station of stations) {
          await station.hello();
          await station.sync();
        }
        await compact();
      }
    }

    test('a station that sees nothing of what others do keeps none of it, and goes on', async () => {
      await n1.run('workOrders.registerIntake', intake('王芳'));
      for (const station of [n1, s1]) await station.sync();
      await compact();
      const before = await logged();
      await daysPass(120, n1, s1);
      expect([before > 0, await logged()]).toEqual([true, 0]);

      await s1.run('workOrders.registerIntake', intake('李静'));
      for (const station of [s1, n1]) await station.sync();
      expect(await company.rows('SELECT number FROM work_orders')).toHaveLength(2);
      expect(await s1.pull()).not.toBe('too-old');
    });

    test('a station that was away for longer is told, and what it did itself arrives all the same', async () => {
      for (const station of [n1, s1]) await station.sync();
      await company.run('setup.saveStore', { fields: { name: '国美', kind: 'mall' } });
      await compact();
      await daysPass(200, n1);
      await s1.run('workOrders.registerIntake', intake('李静'));
      await s1.push();
      expect(await s1.pull()).toBe('too-old');
      expect(await company.rows('SELECT number FROM work_orders')).toHaveLength(1);
      expect(await n1.pull()).not.toBe('too-old');
    });
  });
});
