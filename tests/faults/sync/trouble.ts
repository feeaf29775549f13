import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#server/sample/random.ts';
import type { Book } from './book.ts';
import type { FaultProxy } from './proxy.ts';
import type { Service } from './services.ts';

/** Power cuts, dead lines and wrong clocks, at random, until told to stop; then everything is started again. */

export type Trouble = Readonly<{
  random: Random;
  servers: readonly Service[];
  stations: readonly Readonly<{ service: Service; proxy: FaultProxy }>[];
  book: Book;
  stop: AbortSignal;
}>;

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** ms by which a station's clock may be wrong: seconds, minutes, an hour, a year. */
const CLOCKS = [0, 0, 1500, -2500, 4 * 60_000, -7 * 60_000, HOUR, -YEAR] as const;
/** A server's is set by somebody who looks at it. */
const SERVER_CLOCKS = [0, 0, 800, -1500, 3 * 60_000, -10 * 60_000] as const;

export async function makeTrouble({ random, servers, stations, book, stop }: Trouble): Promise<void> {
  const recoveries = new Set<Promise<void>>();
  const later = (ms: number, work: () => Promise<void>) => {
    const recovery: Promise<void> = pause(ms, stop)
      .then(work)
      .catch((error: unknown) => book.violation(error instanceof Error ? error.message : String(error)))
      .finally(() => recoveries.delete(recovery));
    recoveries.add(recovery);
  };
  const cutPower = async (service: Service, forMs: number) => {
    if (service.port() === null) return; // it is down already
    await service.kill();
    later(random.between(0, forMs), () => service.start());
  };
  const events: readonly (readonly [weight: number, happen: () => Promise<void>])[] = [
    [30, async () => cutPower(random.pick(stations).service, 6000)],
    [10, async () => cutPower(random.pick(servers), 3000)],
    [
      20,
      async () => {
        const { proxy } = random.pick(stations);
        proxy.partition(random.chance(0.5) ? 'reset' : 'silent');
        later(random.between(500, 12_000), async () => proxy.reconnect());
      },
    ],
    [15, async () => random.pick(stations).service.setClock(random.pick(CLOCKS), random.pick([1, 1, 1.02, 0.98]))],
    [5, async () => random.pick(servers).setClock(random.pick(SERVER_CLOCKS))],
  ];
  const sum = events.reduce((total, [weight]) => total + weight, 0);
  while (!stop.aborted) {
    await pause(random.between(300, 2500), stop);
    if (stop.aborted) break;
    let left = random.between(0, sum - 1);
    const [, happen] = events.find(([weight]) => (left -= weight) < 0) ?? [];
    await happen?.();
  }
  await Promise.all(recoveries);
  for (const service of [...servers, ...stations.map((one) => one.service)]) await service.start();
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);
