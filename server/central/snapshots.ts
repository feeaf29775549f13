import { unitsAwaited } from '#db/sync/stations.ts';
import { dropOldSnapshots, keptSnapshot, makeSnapshot, type SnapshotKeeper } from '#sync/central/snapshots.ts';
import type { Job, JobContext } from './jobs.ts';

/** Snapshots are there before the PC that needs one: made as soon as a code is out for its unit. */

const keeperOf = ({ read, address, dataFolder, environment: { now, newId } }: JobContext): SnapshotKeeper => ({
  read,
  address,
  dataFolder,
  now,
  newId,
});

export const prepareSnapshots: Job = {
  name: 'prepare-snapshots',
  everyMs: 15_000,
  isWanted: async (sql, now) => (await unitsAwaited(sql, now)).length > 0,

  async run(ctx) {
    const keeper = keeperOf(ctx);
    for (const unitId of await ctx.read((sql) => unitsAwaited(sql, keeper.now()))) {
      if (ctx.signal.aborted) return;
      if (!(await keptSnapshot(keeper, unitId))) await made(keeper, unitId, ctx.signal);
    }
  },
};

async function made(keeper: SnapshotKeeper, unitId: string, signal: AbortSignal): Promise<void> {
  const making = makeSnapshot(keeper, unitId);
  signal.addEventListener('abort', making.abandon, { once: true });
  await making.made.finally(() => signal.removeEventListener('abort', making.abandon));
}

const HOUR = 3_600_000;

export const expireSnapshots: Job = {
  name: 'expire-snapshots',
  everyMs: 6 * HOUR,
  run: async (ctx) => dropOldSnapshots(keeperOf(ctx)),
};
