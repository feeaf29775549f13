import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenIntake } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { startReceiver } from './lib/receiver.ts';

const ADMINISTRATOR = { as: 'administrator' } as const;
const ORDERS = 60;

describe.each(DIALECTS)('power cuts while other systems are told, on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('with two processes', () => {
    let station: TestStation;
    let receiver: Awaited<ReturnType<typeof startReceiver>>;
    let processes: ChildProcess[];
    beforeEach(async () => {
      [station, receiver, processes] = [await openTestStation(dialect), await startReceiver(15), []];
      station.clock.now = Date.now();
    });
    afterEach(async () => {
      for (const child of processes) await kill(child);
      await receiver.close();
      await station.close();
    });

    async function startProcess(): Promise<ChildProcess> {
      const script = path.join(import.meta.dirname, 'lib/jobs-process.ts');
      const address = JSON.stringify(station.address);
      const child = spawn(process.execPath, [script, '--address', address, '--lease', '1500'], {
        env: { ...process.env, MENDWAY_WEBHOOK_PRIVATE: '1' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      processes.push(child);
      await once(child.stdout, 'data');
      return child;
    }

    async function kill(child: ChildProcess): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }

    test('nothing is lost and nothing is made twice', { timeout: 120_000 }, async () => {
      await station.run(
        'webhooks.save',
        { fields: { url: receiver.url, events: ['work-order.registered', 'customer.changed'] } },
        ADMINISTRATOR,
      );
      const [first] = [await startProcess(), await startProcess()];
      const numbers: string[] = [];
      for (let i = 0; i < ORDERS; i++) {
        station.clock.now = Date.now();
        numbers.push((await givenIntake(station)).number);
        // Whichever is at it is cut off in the middle of telling and sending, again and again.
        if (i === 20) await kill(first);
        if (i === 25) await startProcess();
        if (i === 40) for (const child of processes.splice(0)) await kill(child);
        if (i === 45) await Promise.all([startProcess(), startProcess()]);
      }
      await vi.waitFor(
        async () =>
          expect(await station.rows('SELECT state, COUNT(*) AS count FROM webhook_deliveries GROUP BY state')).toEqual([
            { state: 'delivered', count: 2 * ORDERS },
          ]),
        { timeout: 90_000, interval: 200 },
      );

      const messages = new Map(receiver.received.map(({ id, body }) => [id, JSON.parse(body) as Message]));
      const told = [...messages.values()].flatMap(({ event, data }) =>
        event === 'work-order.registered' ? [data.number] : [],
      );
      expect(told.toSorted()).toEqual(numbers.toSorted());
      expect(messages.size).toBe(2 * ORDERS);
    });
  });
});

type Message = Readonly<{ event: string; data: Readonly<{ number: string }> }>;
