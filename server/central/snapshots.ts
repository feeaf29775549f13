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
      if (!(await keptSnapshot(keeper, unitId))) await makeSnapshot(keeper, unitId).made;
    }
  },
};

const HOUR = 3_600_000;

export const expireSnapshots: Job = {
  name: 'expire-snapshots',
  everyMs: 6 * HOUR,
  run: async (ctx) => dropOldSnapshots(keeperOf(ctx)),
};
