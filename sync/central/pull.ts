import { changesOf } from '#db/sync/read.ts';
import { isBefore, leftOutUpTo } from '#db/repositories/change-log.ts';
import { haveStock } from '#db/repositories/stock.ts';
import { settledTurn } from '#db/settled.ts';
import { cursorOf, cursorText, type Cursor } from '#db/sync/cursor.ts';
import { endOfLog, seenEntries } from '#db/sync/log.ts';
import { scopeOfUnit, type StationScope } from '#db/sync/scope.ts';
import type { StationRow } from '#db/sync/stations.ts';
import type { Sql } from '#db/store.ts';
import type { PullAnswer, PullRequest, Scope } from '../protocol.ts';
import type { Central } from './central.ts';

/** The rows go into `file`. */
export async function pull(
  central: Central,
  station: StationRow,
  request: PullRequest,
  file: string,
): Promise<PullAnswer> {
  const settled = await central.store.read(settledTurn);
  return central.store.extract(file, async (extract): Promise<PullAnswer> => {
    const { sql } = extract;
    const scope = await scopeOfUnit(sql, station.unitId);
    const after = cursorOf(request.cursor);
    const end = await endOfLog(sql, settled);
    const reason = await whyNotFrom(sql, { after, end }, request.scope, scope);
    if (reason) return { state: 'snapshot-needed', reason };
    const wanted = { after, scope, settled, limit: request.limit, notFrom: station.id };
    const { news, isMore, last } = await seenEntries(sql, wanted);
    const deletes = await changesOf(extract, news, scope);
    // Who sees nothing of what others do has come as far as they: the log is not kept for him.
    const cursor = cursorText((isMore && last) || end);
    const seen: Scope = { region: scope.region, units: [...scope.units] };
    return { state: 'rows', cursor, isMore, scope: seen, deletes };
  });
}

type Reason = 'too-old' | 'scope' | 'server-restored';

/** From here on all is told in its order. */
const BEGINNING = cursorOf('');

/**
 * Whether the station can go on from its cursor. Units that only came to be seen are told by the log, unless they have stock:
 * its balance is kept move by move from the first on, and their latest moves stand in the log before those told anew.
 */
type From = Readonly<{ after: Cursor; end: Cursor }>;

async function whyNotFrom(sql: Sql, { after, end }: From, before: Scope, now: StationScope): Promise<Reason | null> {
  const units = new Set(now.units);
  if (before.region !== now.region || before.units.some((unit) => !units.has(unit))) return 'scope';
  const came = now.units.filter((unit) => !before.units.includes(unit));
  if (isBefore(BEGINNING, after) && (await haveStock(sql, came))) return 'scope';
  if (isBefore(after, await leftOutUpTo(sql))) return 'too-old';
  if (isBefore(end, after)) return 'server-restored';
  return null;
}
