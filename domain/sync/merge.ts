import { boundedClock, clockOfField, readingOf, type Clock, type Clocks } from '../clock.ts';

/** Two versions of a row that the region shares become one, field by field: the later set value stands. */

export type SharedRow = Readonly<Record<string, string | number | null>>;

/** A value that did not stand, or stands no longer. */
export type Overwritten = Readonly<{
  field: string;
  lost: string | number | null;
  lostClock: Clock;
  kept: string | number | null;
  keptClock: Clock;
}>;

export type Merged = Readonly<{
  row: SharedRow;
  overwritten: readonly Overwritten[];
  /** Whether the merged row is another than what is here, and than what came. */
  isChanged: boolean;
  isOtherThanIncoming: boolean;
}>;

/** Not merged by themselves: they follow, or never change. */
const NOT_FIELDS: ReadonlySet<string> = new Set(['id', 'unit_id', 'created_at', 'version', 'clocks', 'search_text']);

/**
 * Merges what came into what is here. The same two give the same result whichever comes first; merged again, nothing changes.
 * @param now ms UTC; a clock further ahead of it than `tolerance` counts as now
 */
export function mergeRows(
  here: SharedRow,
  incoming: SharedRow,
  { now, tolerance }: Readonly<{ now: number; tolerance: number }>,
): Merged {
  const ours = clocksOf(here);
  const theirs = boundedClocks(clocksOf(incoming), now, tolerance);
  const row: Record<string, string | number | null> = { ...here };
  const clocks: Record<string, Clock> = {};
  const overwritten: Overwritten[] = [];
  for (const field of Object.keys(here)) {
    if (NOT_FIELDS.has(field)) continue;
    const [a, b] = [clockOfField(ours, field), clockOfField(theirs, field)];
    const isTheirs = b > a || (b === a && String(incoming[field]) > String(here[field]));
    row[field] = (isTheirs ? incoming[field] : here[field]) ?? null;
    clocks[field] = isTheirs ? b : a;
    const lost = lostValue(field, { here, incoming, isTheirs, a, b });
    if (lost) overwritten.push(lost);
  }
  row['clocks'] = JSON.stringify(shortened(clocks));
  const asCame = { ...incoming, clocks: JSON.stringify(shortened(spread(clocksOf(incoming), here))) };
  const isOther = differs(row, asCame);
  // As it came, so that both sides have the same text.
  if (!isOther) row['clocks'] = incoming['clocks'] ?? '{}';
  const isChanged = differs(row, here);
  const version = Math.max(Number(here['version']), Number(incoming['version']));
  row['version'] = isChanged && isOther ? version + 1 : version;
  return { row, overwritten, isChanged, isOtherThanIncoming: isOther || row['version'] !== incoming['version'] };
}

type Sides = Readonly<{ here: SharedRow; incoming: SharedRow; isTheirs: boolean; a: Clock; b: Clock }>;

/** Two databases set the field to different values: the one that does not stand is kept. */
function lostValue(field: string, { here, incoming, isTheirs, a, b }: Sides): Overwritten | null {
  const [mine, other] = [here[field] ?? null, incoming[field] ?? null];
  if (mine === other || readingOf(a).node === readingOf(b).node) return null;
  return isTheirs
    ? { field, lost: mine, lostClock: a, kept: other, keptClock: b }
    : { field, lost: other, lostClock: b, kept: mine, keptClock: a };
}

function clocksOf(row: SharedRow): Clocks {
  return JSON.parse(String(row['clocks'] ?? '{}')) as Clocks;
}

function boundedClocks(clocks: Clocks, now: number, tolerance: number): Clocks {
  return Object.fromEntries(
    Object.entries(clocks).map(([field, clock]) => [field, boundedClock(clock, now, tolerance)]),
  );
}

const spread = (clocks: Clocks, row: SharedRow): Clocks =>
  Object.fromEntries(
    Object.keys(row)
      .filter((field) => !NOT_FIELDS.has(field))
      .map((field) => [field, clockOfField(clocks, field)]),
  );

/** The most frequent clock stands once, as `*`; fields in order, so that equal clocks are equal text. */
function shortened(clocks: Clocks): Clocks {
  const counts = new Map<Clock, number>();
  for (const clock of Object.values(clocks)) counts.set(clock, (counts.get(clock) ?? 0) + 1);
  const common = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
  const others = Object.entries(clocks)
    .filter(([, clock]) => clock !== common)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { '*': common, ...Object.fromEntries(others) };
}

const differs = (a: SharedRow, b: SharedRow): boolean =>
  Object.keys(a).some((key) => !FOLLOWING.has(key) && a[key] !== b[key]);
const FOLLOWING: ReadonlySet<string> = new Set(['version', 'search_text']);

/** The latest clock of a row. */
export function latestClock(row: SharedRow): Clock {
  return Object.values(clocksOf(row)).reduce((a, b) => (b > a ? b : a), '');
}
