import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { horizonOf, leftOutUpTo } from '#db/repositories/change-log.ts';
import { startJobs, type Job } from '#server/central/jobs.ts';
import { compactChangeLog, expireCodes, expireDeliveries, expireSessions } from '#server/central/upkeep.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenIntake } from '../helpers/given-work.ts';
import { givenStation } from '../helpers/given-sync.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const DAY = 86_400_000;

describe('how much of the change log may be left out', () => {
  const marks = [1, 2, 3, 4].map((day) => ({ at: day * DAY, turn: day, seq: day * 10 }));

  test('nothing before there is a mark that is old enough', () => {
    expect(horizonOf(marks, [], DAY - 1)).toBeUndefined();
    expect(horizonOf([], [], 9 * DAY)).toBeUndefined();
  });
  test('what was there at the latest mark that is old enough', () => {
    expect(horizonOf(marks, [], 3 * DAY)).toEqual({ turn: 3, seq: 30 });
  });
  test('nothing that somebody still goes on from', () => {
    const needed = [
      { turn: 5, seq: 1 },
      { turn: 2, seq: 15 },
      { turn: 2, seq: 17 },
    ];
    expect(horizonOf(marks, needed, 3 * DAY)).toEqual({ turn: 2, seq: 15 });
  });
});

describe.each(DIALECTS)('upkeep on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of what nobody needs any more', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      await station.store.write((trx) => trx.run(`UPDATE installation SET role = 'central'`));
    });
    afterEach(() => station.close());

    /** Runs a job once, at the station's clock. */
    async function once(job: Job) {
      const log = (line: string) => expect.unreachable(line);
      const done = Promise.withResolvers<void>();
      const run: Job['run'] = (ctx) => job.run(ctx).finally(done.resolve);
      const { env, store } = station;
      const environment = { ...env, now: () => station.clock.now };
      const jobs = startJobs({ environment, store, dataFolder: '', log }, [{ ...job, run }], {
        lookMs: 10,
        leaseMs: 5000,
      });
      await done.promise;
      await jobs.stop();
    }

    async function daysPass(days: number) {
      for (let day = 0; day < days; day += 10) {
        station.clock.now += 10 * DAY;
        await once(compactChangeLog);
      }
    }
    const logged = () => station.count('change_log');
    const cursorNow = async () => {
      const [row] = await station.rows<{ turn: number; seq: number }>(
        'SELECT turn, seq FROM change_log ORDER BY turn DESC, seq DESC LIMIT 1',
      );
      return `${row?.turn}:${row?.seq}`;
    };
    const givenSeen = (pullCursor: string, lastSeenAt: number, state = 'active') =>
      givenStation(station.store, station.station.unitId, { pullCursor, lastSeenAt, state });

    test('what is older than ninety days goes, what is younger stays, and it is known up to where', async () => {
      await givenIntake(station);
      await once(compactChangeLog);
      const [old, place] = [await logged(), await cursorNow()];
      await daysPass(60);
      await givenIntake(station, { customer: { name: '李静', phone: '13900000002' } });
      const young = (await logged()) - old;
      await daysPass(20);
      expect(await logged()).toBe(old + young);
      await daysPass(20);

      expect([old > 0, await logged()]).toEqual([true, young]);
      const { turn, seq } = await station.store.read(leftOutUpTo);
      const [oldTurn = 0, oldSeq = 0] = place.split(':').map(Number);
      expect(turn > oldTurn || (turn === oldTurn && seq >= oldSeq)).toBe(true);
    });

    test('a station heard of lately keeps what it has not fetched; one that was away, suspended for good or new keeps nothing', async () => {
      await givenIntake(station);
      const place = await cursorNow();
      await givenIntake(station, { customer: { name: '李静', phone: '13900000002' } });
      await once(compactChangeLog);
      const late = await givenSeen(place, station.clock.now + 195 * DAY);
      await givenSeen('0:1', station.clock.now);
      await givenSeen('0:1', station.clock.now + 195 * DAY, 'revoked');
      await givenSeen('', station.clock.now + 195 * DAY);
      const before = await logged();
      await daysPass(200);
      expect(await logged()).toBeGreaterThan(0);
      expect(await logged()).toBeLessThan(before);
      const [first] = await station.rows<{ turn: number; seq: number }>(
        'SELECT turn, seq FROM change_log ORDER BY turn, seq LIMIT 1',
      );
      const [turn = 0, seq = 0] = place.split(':').map(Number);
      expect(first && (first.turn > turn || (first.turn === turn && first.seq > seq))).toBe(true);

      await station.store.write((trx) => trx.run(`UPDATE stations SET state = 'revoked' WHERE id = ?`, [late]));
      await daysPass(10);
      expect(await logged()).toBe(0);
    });

    test('a reader that has not come so far keeps what it has to read', async () => {
      await station.store.write((trx) => trx.insert('log_readers', { name: 'webhooks', turn: 0, seq: 0 }));
      await givenIntake(station);
      const before = await logged();
      await daysPass(200);
      expect(await logged()).toBe(before);
    });

    test('at a station that stands alone everything stays: it tells all of it when it joins', async () => {
      await station.store.write((trx) => trx.run(`UPDATE installation SET role = 'station'`));
      await givenIntake(station);
      const { env, store } = station;
      const look = vi.fn(compactChangeLog.isWanted);
      const job: Job = { ...compactChangeLog, isWanted: look, run: async () => expect.unreachable() };
      const jobs = startJobs({ environment: env, store, dataFolder: '', log: () => undefined }, [job]);
      await vi.waitFor(() => expect(look).toHaveBeenCalled());
      await jobs.stop();
      expect(await station.count('leases')).toBe(0);
    });

    test('codes go a week after they ran out, sessions after a month, deliveries after ninety days unless they wait', async () => {
      const { now } = station.clock;
      const { unitId } = station.station;
      const employeeId = await station.givenEmployee({ number: 'X1' });
      const code = (expiresAt: number) => ({ codeHash: uuidv7(), unitId, madeById: 'x', madeAt: 1, expiresAt });
      const session = (expiresAt: number, endedAt: number | null = null) => ({
        tokenHash: uuidv7(),
        employeeId,
        createdAt: 1,
        expiresAt,
        endedAt,
      });
      const webhook = { id: 'w', url: 'https://erp.example/', secret: 's', events: '[]', isActive: false, version: 1 };
      const delivery = (state: string, createdAt: number) => ({
        webhookId: 'w',
        event: 'test',
        payload: '{}',
        state,
        createdAt,
      });
      const rest = { attempts: 0, nextAt: 0, lastError: '' };
      await station.store.write(async (trx) => {
        for (const row of [code(now - 8 * DAY), code(now - 6 * DAY)])
          await trx.insert('enrolment_codes', { id: uuidv7(), ...row });
        for (const row of [
          session(now - 31 * DAY),
          session(now + DAY, now - 31 * DAY),
          session(now - 29 * DAY),
          session(now),
        ])
          await trx.insert('sessions', { id: uuidv7(), ...row });
        await trx.insert('webhooks', { ...webhook, createdAt: 1 });
        for (const row of [
          delivery('delivered', now - 91 * DAY),
          delivery('waiting', now - 91 * DAY),
          delivery('given-up', now),
        ])
          await trx.insert('webhook_deliveries', { id: uuidv7(), ...row, ...rest });
      });
      for (const job of [expireCodes, expireSessions, expireDeliveries]) await once(job);
      const counts = ['enrolment_codes', 'sessions', 'webhook_deliveries'].map((table) => station.count(table));
      expect(await Promise.all(counts)).toEqual([1, 2, 2]);
    });
  });
});
