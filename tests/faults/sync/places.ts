import { cursorOf, type Cursor } from '#db/sync/cursor.ts';
import { isBefore } from '#db/repositories/change-log.ts';

/**
 * Which unit was in which region, and from which place of the server's change log on.
 *
 * A station can't know of a move before it has synchronised, so what it may have depends on how far it has come: on its
 * `pull_cursor`, which it writes in one transaction with the rows that belong to it. Read together with the rows, it judges them
 * without any clock. Of a unit that a station shares a region with only for a time, it may have rows
 *
 * - while they share the region, of course;
 * - after they were parted, as long as its cursor stands before the parting: it saw them rightly, and nobody has told it yet, be
 *   it offline, killed or in the middle of a new snapshot;
 * - before they come together, as long as its cursor stands before that: the server answers with what is seen today, also to
 *   whoever is still fetching yesterday's changes.
 *
 * It may not have them once its cursor stands behind the parting, not for a moment: the transaction that brought the cursor
 * there, a pull or a new snapshot, had to take them away. That it comes there at all is a matter of being at rest. And of a unit
 * with which it never shared a region it may never have any. The same goes for a region's centre and what only a unit and those
 * above it see.
 */
export type Places = Readonly<{
  centres: readonly string[];
  /** The unit id of the region's centre, now. */
  regionOf(unitId: string): string;
  /** What a unit's station may have. @param cursor how far it has come, '' the beginning; without: all moves are known to it */
  reach(unitId: string, cursor?: string): Reach;
  /** To be said before head office does it: until it is known where in the log the move stands, it may stand anywhere. */
  begin(unitId: string, to: string): Move;
}>;

/** Unit ids. */
export type Reach = Readonly<{
  regionUnits: readonly string[];
  /** The unit itself and those below it. */
  units: readonly string[];
}>;

export type Move = Readonly<{
  /** Whose cursor stands there or behind has been told. */
  standsAt(place: Cursor): void;
}>;

/** Who was in which region from a place of the log on; null: it is not known yet from where. */
type Regime = { since: Cursor | null; readonly regions: ReadonlyMap<string, string> };

/** @param regions the centre's unit id of every outlet and centre */
export function openPlaces(regions: ReadonlyMap<string, string>): Places {
  const regimes: Regime[] = [{ since: cursorOf(''), regions }];
  const latest = () => regimes.at(-1)?.regions ?? regions;
  return {
    centres: [...new Set(regions.values())],
    regionOf: (unitId) => latest().get(unitId) ?? unitId,
    reach: (unitId, cursor) => {
      const possible = cursor === undefined ? [latest()] : regimesFrom(regimes, cursorOf(cursor));
      const regionUnits = possible.flatMap((one) => membersOf(one, one.get(unitId)));
      const units = [unitId, ...possible.flatMap((one) => membersOf(one, unitId))];
      return { regionUnits: [...new Set(regionUnits)], units: [...new Set(units)] };
    },
    begin: (unitId, to) => {
      const regime: Regime = { since: null, regions: new Map([...latest(), [unitId, to]]) };
      regimes.push(regime);
      return { standsAt: (place) => void (regime.since = place) };
    },
  };
}

/** What was so where the cursor stands, and what has been so since. */
function regimesFrom(regimes: readonly Regime[], cursor: Cursor): ReadonlyMap<string, string>[] {
  const isOver = (index: number) => {
    const next = regimes[index + 1]?.since;
    return next ? !isBefore(cursor, next) : false;
  };
  return regimes.filter((_, index) => !isOver(index)).map(({ regions }) => regions);
}

const membersOf = (regions: ReadonlyMap<string, string>, centre: string | undefined): string[] =>
  [...regions].filter(([, region]) => region === centre).map(([unitId]) => unitId);
