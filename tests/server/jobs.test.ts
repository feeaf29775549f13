import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '#db/open.ts';
import type { Store } from '#db/store.ts';
import { startJobs, type Job, type JobContext } from '#server/central/jobs.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const SOON = { lookMs: 10, leaseMs: 2000 };
const PATIENT = { timeout: 15_000 };

describe.each(DIALECTS)('work on a timetable on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('however many processes there are', () => {
    let station: TestStation;
    let others: Store[];
    let running: { stop(): Promise<void> }[];
    let log: string[];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      [others, running, log] = [[], [], []];
    });
    afterEach(async () => {
      await Promise.all(running.map((jobs) => jobs.stop()));
      for (const store of others) await store.close();
      await station.close();
    });

    /** One more process on the same database. */
    async function process(jobs: readonly Job[], pace = SOON) {
      // Two of SQLite's writers in one thread would wait for each other; as processes of their own they are tested elsewhere.
      const store = dialect === 'sqlite' ? station.store : await openStore(station.address);
      if (store !== station.store) others.push(store);
      const environment = { ...station.env, store, now: Date.now };
      const started = startJobs({ environment, store, dataFolder: '', log: (line) => log.push(line) }, jobs, pace);
      running.push(started);
      return started;
    }

    const job = (everyMs: number, run: (ctx: JobContext) => Promise<void>): Job => ({ name: 'job', everyMs, run });

    /** Leaves a line in a table that nobody else uses here. */
    const note = (ctx: JobContext, key: string) =>
      ctx.write((trx) => trx.insert('sequences', { key: `${key} ${ctx.environment.newId()}`, last: 1 }));
    const notes = async (key: string) =>
      (await station.rows('SELECT key FROM sequences WHERE key LIKE ?', [`${key}%`])).length;

    test('is done once, and not again before its time', async () => {
      let done = 0;
      const once = job(60_000, async () => void done++);
      for (let i = 0; i < 3; i++) await process([once]);
      await vi.waitFor(() => expect(done).toBe(1), PATIENT);
      await sleep(200);
      expect(done).toBe(1);
    });

    test('comes round again, by turns or not, never two at a time', async () => {
      let [at, most, done] = [0, 0, 0];
      const often = job(20, async () => {
        most = Math.max(most, ++at);
        await sleep(5);
        at--;
        done++;
      });
      for (let i = 0; i < 3; i++) await process([often]);
      await vi.waitFor(() => expect(done).toBeGreaterThan(5), PATIENT);
      expect(most).toBe(1);
    });

    test('is held for as long as it takes, and taken over from a process that died', async () => {
      const next: number[] = [];
      const stopped = new AbortController();
      const slow = sleep(60_000, undefined, { signal: stopped.signal }).catch(() => undefined);
      await process([job(60_000, () => slow)]);
      await vi.waitFor(async () => expect(await station.count('leases')).toBe(1), PATIENT);
      await process([job(60_000, async () => void next.push(Date.now()))]);
      await sleep(3500); // longer than the lease: it is renewed
      const early = next.length;

      // As if it had died: nobody prolongs what it held.
      await station.store.write((trx) => trx.run(`UPDATE leases SET holder = 'dead', until = ?`, [Date.now() + 200]));
      await vi.waitFor(() => expect(next).toHaveLength(1), PATIENT).finally(() => stopped.abort());
      expect(early).toBe(0);
    });

    test('a process that was stopped for too long writes nothing behind the back of the next', async () => {
      const late = Promise.withResolvers<void>();
      await process([
        job(60_000, async (ctx) => {
          await station.store.write((trx) => trx.run(`UPDATE leases SET holder = 'next'`));
          await note(ctx, 'late').finally(late.resolve);
        }),
      ]);
      await late.promise;
      expect(await notes('late')).toBe(0);
      expect(await station.rows('SELECT holder FROM leases')).toEqual([{ holder: 'next' }]);
    });

    test('one that fails is told of and tried again', async () => {
      let tries = 0;
      await process([
        job(30, async (ctx) => {
          if (++tries < 3) throw new Error('no room');
          await note(ctx, 'done');
        }),
      ]);
      await vi.waitFor(async () => expect(await notes('done')).toBeGreaterThan(0), PATIENT);
      expect(log.filter((line) => line.includes('no room'))).toHaveLength(2);
    });

    test('a clock that was set back a year stops nothing', async () => {
      const year = 365 * 86_400_000;
      await station.store.write((trx) => trx.insert('leases', { name: 'job', holder: '', until: Date.now() + year }));
      let done = 0;
      await process([job(60_000, async () => void done++)]);
      await vi.waitFor(() => expect(done).toBe(1), PATIENT);
    });

    test('what has nothing to do takes no lease', async () => {
      let looks = 0;
      await process([{ ...job(10, async () => undefined), isWanted: async () => ++looks < 0 }]);
      await vi.waitFor(() => expect(looks).toBeGreaterThan(3), PATIENT);
      expect(await station.count('leases')).toBe(0);
    });
  });
});
