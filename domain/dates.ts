// A business date is text 'YYYY-MM-DD' in the station's time zone; an instant is milliseconds UTC.
// Such text orders as its dates do, so dates are compared with < and >.

const DAY = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

export type Period = Readonly<{ from: string; to: string }>;

// Making a formatter costs some hundred times its use.
const formatters = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * The date on the station's calendar at an instant.
 * @throws RangeError on an unknown time zone
 */
export function businessDate(at: number, timeZone: string): string {
  const fields = new Map(
    formatterFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${fields.get('year')?.padStart(4, '0')}-${fields.get('month')}-${fields.get('day')}`;
}

/**
 * The same for many instants of one time zone: what an instant of a day has told is kept.
 * @throws RangeError on an unknown time zone
 */
export function businessDates(timeZone: string): (at: number) => string {
  const byDay = new Map<number, Readonly<{ turn: number; before: string; after: string }>>();
  return (at) => {
    const day = Math.floor(at / DAY);
    let found = byDay.get(day);
    if (!found) {
      const before = businessDate(day * DAY, timeZone);
      const after = businessDate((day + 1) * DAY - 1, timeZone);
      found = { before, after, turn: before === after ? 0 : startOfBusinessDate(after, timeZone) };
      byDay.set(day, found);
    }
    return at < found.turn ? found.before : found.after;
  };
}

/**
 * The first instant of a business date, also where the clocks change at midnight: found by halving the interval in
 * which it must lie, since no offset is a day long.
 * @throws RangeError on a date that does not exist or an unknown time zone
 */
export function startOfBusinessDate(date: string, timeZone: string): number {
  let before = utcMidnight(date) - DAY;
  let reached = utcMidnight(date) + DAY;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (businessDate(middle, timeZone) < date) before = middle;
    else reached = middle;
  }
  return reached;
}

/**
 * The instant at which a clock of the time zone shows so many minutes after midnight of a date (1440: its end). A time that is
 * skipped when the clocks change is taken as if they had not changed yet; of one that comes twice, the first.
 */
export function instantOn(date: string, minutes: number, timeZone: string): number {
  const shown = utcMidnight(date) + minutes * 60_000;
  const before = shown - offsetAt(shown - DAY, timeZone);
  return offsetAt(before, timeZone) === shown - before ? before : shown - offsetAt(before, timeZone);
}

/** Milliseconds that clocks of the time zone are ahead of UTC at an instant. */
function offsetAt(at: number, timeZone: string): number {
  const shown = new Map<string, number>(
    clockFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: string) => shown.get(type) ?? 0;
  const clock = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return clock - (at - (((at % 1000) + 1000) % 1000));
}

/** Whether the text is a date of the calendar, as '2025-02-28' is and '2025-02-30' is not. */
export function isRealDate(text: string): boolean {
  const at = parse(text);
  return at !== undefined && dateOf(at) === text;
}

export function isTimeZone(text: string): boolean {
  try {
    return formatterFor(text) !== undefined;
  } catch {
    return false;
  }
}

/** @throws RangeError on a date that does not exist */
export function addDays(date: string, days: number): string {
  return dateOf(utcMidnight(date) + days * DAY);
}

/** Days from one date to a later one, 0 for the same; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return (utcMidnight(to) - utcMidnight(from)) / DAY;
}

/** Days of a period, its first and last included; 0 if it ends before it begins. */
export function daysIn(period: Period): number {
  return Math.max(0, daysBetween(period.from, period.to) + 1);
}

/** '2026-03-15' → '260315', as in human numbers. */
export function compactDate(date: string): string {
  return date.slice(2).replaceAll('-', '');
}

function utcMidnight(date: string): number {
  const at = parse(date);
  if (at === undefined || dateOf(at) !== date) throw new RangeError(`not a date: ${date}`);
  return at;
}

function parse(text: string): number | undefined {
  const [, year, month, day] = ISO_DATE.exec(text) ?? [];
  return year && month && day ? Date.UTC(Number(year), Number(month) - 1, Number(day)) : undefined;
}

function dateOf(utcMidnightAt: number): string {
  return new Date(utcMidnightAt).toISOString().slice(0, 10);
}

const CALENDAR = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
} as const;
const CLOCK = { ...CALENDAR, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

const formatterFor = (timeZone: string): Intl.DateTimeFormat => known(formatters, timeZone, CALENDAR);
const clockFor = (timeZone: string): Intl.DateTimeFormat => known(clocks, timeZone, CLOCK);

function known(
  made: Map<string, Intl.DateTimeFormat>,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const found = made.get(timeZone);
  if (found) return found;
  const formatter = new Intl.DateTimeFormat('en-US', { timeZone, ...options });
  made.set(timeZone, formatter);
  return formatter;
}
