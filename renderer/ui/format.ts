/** How figures, dates and instants look, in one place. Exact: integers become text without passing through fractions. */
import { decimalText, minorDigits } from '#domain/money.ts';
import { isRealDate, startOfBusinessDate } from '#domain/dates.ts';
import type { Language } from '#renderer/text/index.ts';

const MINUTE = 60_000;
const THOUSANDTHS = 3;

export type StationFormat = Readonly<{ language: Language; timeZone: string; currency: string }>;

export type Format = Readonly<{
  /** 123456 (fen) → `¥1,234.56` */
  money(amount: number): string;
  /** 123456 (fen) → `1,234.56`, for columns whose head names the currency */
  amount(amount: number): string;
  /** 1500 (thousandths) → `1.5` */
  quantity(quantity: number): string;
  /** 20190 → `20,190` */
  count(count: number): string;
  /** 1250 (basis points) → `12.5%` */
  percent(basisPoints: number): string;
  /** `2026-03-15` as it is: the same in every language, and orders as it reads */
  date(date: string): string;
  /** milliseconds UTC → `2026-03-15 14:05` on the station's clock */
  dateTime(at: number): string;
  /** milliseconds UTC → `14:05` on the station's clock */
  time(at: number): string;
  /** milliseconds UTC → `2026-03-15` on the station's calendar */
  dateOf(at: number): string;
}>;

// Making an Intl formatter costs some hundred times its use, and a grid formats thousands of cells.
const made = new Map<string, Format>();

export function createFormat(station: StationFormat): Format {
  const key = `${station.language} ${station.timeZone} ${station.currency}`;
  const known = made.get(key);
  if (known) return known;
  const format = make(station);
  made.set(key, format);
  return format;
}

function make({ language, timeZone, currency }: StationFormat): Format {
  const decimals = minorDigits(currency);
  const money = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  const amount = new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: THOUSANDTHS });
  const wall = wallClock(timeZone);
  return {
    money: (value) => money.format(exact(value, decimals)),
    amount: (value) => amount.format(exact(value, decimals)),
    quantity: (value) => plain.format(exact(value, THOUSANDTHS)),
    count: (value) => plain.format(value),
    percent: (basisPoints) => `${plain.format(exact(basisPoints, 2))}%`,
    date: (date) => date,
    dateTime: (at) => wall(at),
    time: (at) => wall(at).slice(11),
    dateOf: (at) => wall(at).slice(0, 10),
  };
}

/** Intl formats a decimal given as text exactly; as a number it would round beyond 2^53. */
function exact(value: number, decimals: number): Intl.StringNumericLiteral {
  return decimalText(value, decimals) as Intl.StringNumericLiteral;
}

/** 540 → `09:00`. @param minutes after midnight, up to 1440 */
export function timeOfDayText(minutes: number): string {
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export type Parsed =
  | Readonly<{ value: number | null }>
  | Readonly<{ fault: 'notANumber' | 'tooManyDecimals' | 'tooBig' }>;

/** What was typed → integer of the smallest unit; empty is null. Takes full-width digits, separators and a currency sign. */
export function fixedFromText(text: string, decimals: number): Parsed {
  const plain = text.normalize('NFKC').replace(/[\s,¥$€£元]/g, '');
  if (plain === '') return { value: null };
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '') return { fault: 'notANumber' };
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > decimals) return { fault: 'tooManyDecimals' };
  const magnitude = Number(`${whole || '0'}${significant.padEnd(decimals, '0')}`);
  if (!Number.isSafeInteger(magnitude)) return { fault: 'tooBig' };
  return { value: sign === '-' && magnitude !== 0 ? -magnitude : magnitude };
}

/** A formatter giving `2026-03-15 14:05`. */
function wallClock(timeZone: string): (at: number) => string {
  const formatter = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => formatter.format(at).replace(',', '');
}

/** The instant at which the station's clock shows `time` (`HH:mm`) on `date`; undefined if the date does not exist. */
export function instantOf(date: string, time: string, timeZone: string): number | undefined {
  if (!isRealDate(date)) return undefined;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const guess = startOfBusinessDate(date, timeZone) + (hours * 60 + minutes) * MINUTE;
  // On the two days a year that clocks change, midnight plus hours is an hour off.
  const shown = wallClock(timeZone)(guess);
  return guess + (minuteOf(`${date} ${time}`) - minuteOf(shown)) * MINUTE;
}

function minuteOf(wallTime: string): number {
  return Date.parse(`${wallTime.replace(' ', 'T')}:00Z`) / MINUTE;
}
