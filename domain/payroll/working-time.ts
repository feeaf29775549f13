import { addDays, businessDates, instantOn } from '../dates.ts';

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

/** Days as they come, each with its working time, which is worked out once; and the day of an instant. */
export type WorkingCalendar = Readonly<{ dayOf(at: number): WorkingDay; hasDays: boolean }>;
type WorkingDay = Readonly<{ span: Span | null; next(): WorkingDay }>;

export function workingCalendar({ timeZone, days, from, to }: WorkingHours): WorkingCalendar {
  const known = new Map<string, WorkingDay>();
  const dayOn = (date: string): WorkingDay => {
    const found = known.get(date);
    if (found !== undefined) return found;
    const span: Span | null = days.includes(weekday(date))
      ? [instantOn(date, from, timeZone), instantOn(date, to, timeZone)]
      : null;
    let next: WorkingDay | undefined;
    const day = { span, next: () => (next ??= dayOn(addDays(date, 1))) };
    known.set(date, day);
    return day;
  };
  const dateOf = businessDates(timeZone);
  return { dayOf: (at) => dayOn(dateOf(at)), hasDays: days.length > 0 };
}

/** 1 = Monday … 7 = Sunday. */
function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** Working time of a span without what lies in the pauses; pauses that overlap count once. Null: every minute is worked. */
export function workedBetween(calendar: WorkingCalendar | null, [from, to]: Span, pauses: readonly Span[]): number {
  const apart = withoutOverlaps(pauses);
  if (!calendar) return lengthBetween(from, to, apart);
  if (to <= from || !calendar.hasDays) return 0;
  let worked = 0;
  for (let day = calendar.dayOf(from); ; day = day.next()) {
    if (day.span === null) continue;
    const [start, end] = day.span;
    if (start >= to) return worked;
    worked += lengthBetween(Math.max(start, from), Math.min(end, to), apart);
  }
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
  if (!calendar) return from + amount + pausedBy(from, amount, apart);
  if (!calendar.hasDays) return null;
  let rest = amount;
  for (let day = calendar.dayOf(from); ; day = day.next()) {
    if (day.span === null) continue;
    const start = Math.max(day.span[0], from);
    const length = lengthBetween(start, day.span[1], apart);
    if (rest <= length) return start + rest + pausedBy(start, rest, apart);
    rest -= length;
  }
}

/** How long a span is without pauses, which are in order and apart. */
function lengthBetween(from: number, to: number, pauses: readonly Span[]): number {
  if (to <= from) return 0;
  let length = to - from;
  for (const pause of pauses) length -= overlap([from, to], pause);
  return length;
}

/** How long is paused until so much has passed beside it; a pause that begins at the very end isn't waited for. */
function pausedBy(from: number, amount: number, pauses: readonly Span[]): number {
  let paused = 0;
  for (const [begin, end] of pauses) {
    if (end <= from) continue;
    if (begin >= from + amount + paused) break;
    paused += end - Math.max(begin, from);
  }
  return paused;
}

function withoutOverlaps(pauses: readonly Span[]): readonly Span[] {
  if (pauses.length === 0) return pauses;
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
