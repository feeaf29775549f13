import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { observeClock } from '#db/repositories/clock.ts';
import { noteLink } from '#db/sync/link.ts';
import { scopeOfUnit } from '#db/sync/scope.ts';
import { applySnapshot, takesAwayUnsent } from '#db/sync/snapshot-apply.ts';
import { fetchSnapshot } from './fetch-snapshot.ts';
import type { Line } from './line.ts';
import type { Station } from './station.ts';

export type CompareTask = Readonly<{ snapshot: string; station: string }>;

/**
 * Brings a station that can't go on from where it is to a snapshot of today: rows of others become what they are there, or
 * go; its own work stays, and waits to be sent as before. All in one transaction, with the place from which it goes on.
 * Nothing is done when rows would go of which changes have not been sent yet: that comes first.
 * @throws DomainError what fetchSnapshot throws
 */
export async function takeNewSnapshot({ store, dataFolder, unitId, now }: Station, line: Line): Promise<void> {
  const { address } = store;
  if (address.kind !== 'sqlite') throw new Error('a station has a SQLite database');
  const beside = path.join(dataFolder, 'snapshot.db.new');
  await store.write((trx) => noteLink(trx, { state: 'rebuilding' }));
  try {
    const { cursor, clock } = await fetchSnapshot(line, beside, () => undefined);
    await compare({ snapshot: beside, station: address.filename }, line.signal);
    await store.replicate({ origin: 'snapshot', log: 'keep', beside }, async (trx) => {
      if (await takesAwayUnsent(trx)) return;
      await applySnapshot(trx, now());
      await observeClock(trx, clock);
      const { region, units } = await scopeOfUnit(trx, unitId);
      await noteLink(trx, { pullCursor: cursor, scope: JSON.stringify({ region, units }), state: 'active' });
    });
  } finally {
    rmSync(beside, { force: true });
  }
}

const WORKER = new URL(`./compare-worker${path.extname(import.meta.url)}`, import.meta.url);

async function compare(task: CompareTask, signal: AbortSignal): Promise<void> {
  const worker = new Worker(WORKER, { workerData: task });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  const [code] = (await once(worker, 'exit')) as [number]; // an error in the thread is thrown here
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`comparing ended with ${code}`);
}
