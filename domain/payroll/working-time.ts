import { addDays, businessDate, instantOn } from '../dates.ts';

// When people work, and how much of a time that is. All in milliseconds; a day of the calendar in the station's time zone.

export type WorkingHours = Readonly<{
  timeZone: string;
  /** 1 = Monday. */
  days: readonly number[];
  /** Minutes after midnight; the end is after the beginning, 1440 the end of the day. */
  from: number;
  to: number;
}>;

/** From (included) to (excluded). */
export type Span = readonly [from: number, to: number];

/** The working time of each day is worked out once. */
export type WorkingCalendar = Readonly<{ spanOf(date: string): Span | null; timeZone: string; hasDays: boolean }>;

export function workingCalendar({ timeZone, days, from, to }: WorkingHours): WorkingCalendar {
  const known = new Map<string, Span | null>();
  const spanOf = (date: string): Span | null => {
    const found = known.get(date);
    if (found !== undefined) return found;
    const span: Span | null = days.includes(weekday(date))
      ? [instantOn(date, from, timeZone), instantOn(date, to, timeZone)]
      : null;
    known.set(date, span);
    return span;
  };
  return { spanOf, timeZone, hasDays: days.length > 0 };
}

/** 1 = Monday … 7 = Sunday. */
function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** Working time of a span without what lies in the pauses; pauses that overlap count once. Null: every minute is worked. */
export function workedBetween(calendar: WorkingCalendar | null, span: Span, pauses: readonly Span[]): number {
  const apart = withoutOverlaps(pauses);
  let worked = 0;
  for (const [from, to] of workingSpans(calendar, span)) {
    worked += to - from;
    for (const pause of apart) worked -= overlap([from, to], pause);
  }
  return worked;
}

/**
 * The first instant by which so much has been worked since `from`, pauses not counted. What ends with the working day is due at
 * its end. Null where nobody ever works.
 */
export function workedBy(
  calendar: WorkingCalendar | null,
  from: number,
  amount: number,
  pauses: readonly Span[],
): number | null {
  if (amount === 0) return from;
  const apart = withoutOverlaps(pauses);
  let rest = amount;
  for (const span of workingSpansFrom(calendar, from))
    for (const [start, end] of piecesBetween(span, apart)) {
      if (rest <= end - start) return start + rest;
      rest -= end - start;
    }
  return null;
}

function* workingSpans(calendar: WorkingCalendar | null, [from, to]: Span): Generator<Span> {
  if (to <= from) return;
  for (const [start, end] of workingSpansFrom(calendar, from)) {
    if (start >= to) return;
    yield [start, Math.min(end, to)];
  }
}

function* workingSpansFrom(calendar: WorkingCalendar | null, from: number): Generator<Span> {
  if (!calendar) return yield [from, Number.MAX_SAFE_INTEGER];
  if (!calendar.hasDays) return;
  for (let date = businessDate(from, calendar.timeZone); ; date = addDays(date, 1)) {
    const span = calendar.spanOf(date);
    if (span && span[1] > from) yield [Math.max(span[0], from), span[1]];
  }
}

/** What is left of a span between pauses that are in order and apart. */
function piecesBetween([from, to]: Span, pauses: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  let start = from;
  for (const [begin, end] of pauses) {
    if (end <= start || begin >= to) continue;
    if (begin > start) pieces.push([start, begin]);
    start = end;
  }
  if (start < to) pieces.push([start, to]);
  return pieces;
}

function withoutOverlaps(pauses: readonly Span[]): Span[] {
  const apart: Span[] = [];
  for (const [from, to] of pauses.toSorted((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    if (last && from <= last[1]) apart[apart.length - 1] = [last[0], Math.max(last[1], to)];
    else if (to > from) apart.push([from, to]);
  }
  return apart;
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
}
