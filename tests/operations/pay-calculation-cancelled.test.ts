import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { operations, type OutputOf } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenRule } from '../helpers/finished-work.ts';
import { givenAuditedWork } from '../helpers/given-pay.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
/** More than are looked at together. */
const ORDERS = 2500;
const PEOPLE = 120;

describe.each(DIALECTS)('the calculation of a long month on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a station', () => {
    let station: TestStation;
    let periodId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      const employeeIds: string[] = [];
      for (let n = 1; n <= PEOPLE; n++) employeeIds.push(await station.givenEmployee({ number: `T${n}` }));
      await givenAuditedWork(station.store, { unitId: station.station.unitId, employeeIds, orders: ORDERS });
      await givenRule(station, { component: 'labour', rateBp: 3000 });
      periodId = (await station.run('payroll.openPeriod', MARCH, { as: 'accountant' })).id;
    }, 60_000);
    afterEach(() => station.close());

    type Waiting = Readonly<{ onProgress?: (share: number) => void; signal?: AbortSignal }>;
    async function calculate(version: number, waiting: Waiting = {}, commandId = uuidv7()) {
      const actor = await station.actorFor(['accountant']);
      const request = { actor, commandId, input: { periodId, version }, ...waiting };
      const calculated = await perform(station.env, operations['payroll.calculate'], request);
      return calculated as OutputOf<'payroll.calculate'>;
    }
    /** Somebody who goes away as soon as so much is done. */
    function untilDone(share: number): Waiting {
      const controller = new AbortController();
      const onProgress = (done: number) => done >= share && controller.abort(new Error('no longer waited for'));
      return { onProgress, signal: controller.signal };
    }
    const all = async () => ({
      entries: await station.rows('SELECT * FROM pay_entries ORDER BY id'),
      payslips: await station.rows('SELECT * FROM payslips ORDER BY id'),
      lines: await station.rows('SELECT * FROM payslip_lines ORDER BY id'),
      period: await station.rows('SELECT * FROM pay_periods'),
      log: await station.count('audit_log'),
      commands: await station.count('commands'),
    });

    test('says how much of it is done, from nothing to the whole, and lets others have their turn', async () => {
      const shares: number[] = [];
      let turns = 0;
      let isOver = false;
      const turn = () => !isOver && (turns++, setImmediate(turn));
      setImmediate(turn);
      const { payslips, entries } = await calculate(1, { onProgress: (share) => shares.push(share) });
      isOver = true;
      expect([payslips, entries]).toEqual([PEOPLE + 1, ORDERS]);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
      expect(shares.some((share) => share > 0 && share < 0.75)).toBe(true);
      expect(turns).toBeGreaterThanOrEqual(shares.length);
    }, 60_000);

    test('given up at whatever point, it leaves nothing behind, and can be done again', async () => {
      const before = await all();
      for (const share of [0, 0.5, 0.75, 0.8, 1]) {
        await expect(calculate(1, untilDone(share), 'c1')).rejects.toThrow('no longer waited for');
        expect([share, await all()]).toEqual([share, before]);
      }
      expect(await calculate(1, {}, 'c1')).toMatchObject({ payslips: PEOPLE + 1, entries: ORDERS });
    }, 60_000);

    test('given up when it is done once more, the first one stands as it was', async () => {
      await calculate(1);
      await givenRule(station, { component: 'per_job', amount: 500 });
      const before = await all();
      await expect(calculate(2, untilDone(0.8))).rejects.toThrow('no longer waited for');
      expect(await all()).toEqual(before);
      expect(await calculate(2)).toMatchObject({ entries: 2 * ORDERS });
    }, 60_000);
  });
});
