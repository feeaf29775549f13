import { changesOf } from '#db/sync/read.ts';
import { isBefore, leftOutUpTo } from '#db/repositories/change-log.ts';
import { settledTurn } from '#db/settled.ts';
import { cursorOf, cursorText, type Cursor } from '#db/sync/cursor.ts';
import { endOfLog, seenEntries } from '#db/sync/log.ts';
import { scopeOfUnit, type StationScope } from '#db/sync/scope.ts';
import type { StationRow } from '#db/sync/stations.ts';
import type { Sql } from '#db/store.ts';
import type { PullRequest, Scope } from '../protocol.ts';
import type { Central } from './central.ts';

/** The answer to a pull as JSON: rows come from the database as text and go on as text. */
export async function pull(central: Central, station: StationRow, request: PullRequest): Promise<string> {
  const settled = await central.store.read(settledTurn);
  return central.store.read(async (sql) => {
    const scope = await scopeOfUnit(sql, station.unitId);
    const after = cursorOf(request.cursor);
    const end = await endOfLog(sql, settled);
    const reason = await whyNotFrom(sql, { after, end }, request.scope, scope);
    if (reason) return JSON.stringify({ state: 'snapshot-needed', reason });
    const wanted = { after, scope, settled, limit: request.limit, notFrom: station.id };
    const { news, isMore, last } = await seenEntries(sql, wanted);
    const { deletes, upserts } = await changesOf(sql, news, scope);
    // Who sees nothing of what others do has come as far as they: the log is not kept for him.
    const cursor = cursorText((isMore && last) || end);
    const seen: Scope = { region: scope.region, units: [...scope.units] };
    const head = JSON.stringify({ state: 'rows', cursor, isMore, scope: seen, deletes });
    return `${head.slice(0, -1)},"upserts":${upserts}}`;
  });
}

type Reason = 'too-old' | 'scope' | 'server-restored';

/** Whether the station can go on from its cursor; units that only came to be seen are told by the log. */
type From = Readonly<{ after: Cursor; end: Cursor }>;

async function whyNotFrom(sql: Sql, { after, end }: From, before: Scope, now: StationScope): Promise<Reason | null> {
  const units = new Set(now.units);
  if (before.region !== now.region || before.units.some((unit) => !units.has(unit))) return 'scope';
  if (isBefore(after, await leftOutUpTo(sql))) return 'too-old';
  if (isBefore(end, after)) return 'server-restored';
  return null;
}
