import { horizonOf, isLogShared, leaveOut, logMarks, markLog, placesNeeded } from '#db/repositories/change-log.ts';
import { deleteOldCodes, deleteOldSessions } from '#db/repositories/leftovers.ts';
import { deleteOldDeliveries } from '#db/repositories/webhooks.ts';
import type { Job, JobContext } from './jobs.ts';

/** What nobody needs any more, a little at a time, so that nobody waits for it. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A station away for longer is given a new snapshot. */
const LOG_KEPT_MS = 90 * DAY;
const CODES_KEPT_MS = 7 * DAY;
const SESSIONS_KEPT_MS = 30 * DAY;
const DELIVERIES_KEPT_MS = 90 * DAY;
const CHUNK = 2000;

export const compactChangeLog: Job = {
  name: 'compact-change-log',
  everyMs: HOUR,
  isWanted: (sql) => isLogShared(sql),

  async run(ctx) {
    const now = ctx.environment.now();
    const last = (await ctx.read(logMarks)).at(-1);
    // Days between two marks of a clock that was set back are none.
    if (!last || Math.abs(now - last.at) >= DAY) await ctx.write((trx) => markLog(trx, now));
    const oldest = now - LOG_KEPT_MS;
    const horizon = await ctx.read(async (sql) =>
      horizonOf(await logMarks(sql), await placesNeeded(sql, oldest), oldest),
    );
    if (horizon) await inChunks(ctx, (trx) => leaveOut(trx, horizon, CHUNK));
  },
};

export const expireCodes: Job = {
  name: 'expire-codes',
  everyMs: 6 * HOUR,
  run: (ctx) => inChunks(ctx, (trx) => deleteOldCodes(trx, ctx.environment.now() - CODES_KEPT_MS, CHUNK)),
};

export const expireSessions: Job = {
  name: 'expire-sessions',
  everyMs: 6 * HOUR,
  run: (ctx) => inChunks(ctx, (trx) => deleteOldSessions(trx, ctx.environment.now() - SESSIONS_KEPT_MS, CHUNK)),
};

export const expireDeliveries: Job = {
  name: 'expire-deliveries',
  everyMs: 6 * HOUR,
  run: (ctx) => inChunks(ctx, (trx) => deleteOldDeliveries(trx, ctx.environment.now() - DELIVERIES_KEPT_MS, CHUNK)),
};

/** A transaction for each chunk, until there is nothing left. */
async function inChunks(ctx: JobContext, remove: Parameters<typeof ctx.write<number>>[0]): Promise<void> {
  while (!ctx.signal.aborted && (await ctx.write(remove)) === CHUNK);
}
