import { decimalText, minorDigits } from '#domain/money.ts';
import type { FigureType, ReportContext, ReportColumn, ReportValue } from '../engine/report.ts';
import { wallClock } from './figures.ts';
import type { ReportWords } from './words.ts';

export type PlainText = (column: ReportColumn, value: ReportValue) => string;

/** A cell as text for files and terminals: figures as plain decimals, instants on the clock of the station, codes in words. */
export function plainText({ station }: ReportContext, words: ReportWords): PlainText {
  const money = minorDigits(station.currency);
  const clock = wallClock(station.timeZone);
  const figures: Readonly<Record<FigureType, (value: number) => string>> = {
    number: String,
    year: String,
    money: (value) => decimalText(value, money),
    quantity: (value) => decimalText(value, 3),
    rate: (value) => decimalText(value, 4),
    instant: (value) => new Date(clock(value)).toISOString().slice(0, 16).replace('T', ' '),
  };
  return ({ type, texts }, value) => {
    if (value === null) return '';
    if (type === 'text' || type === 'code' || type === 'date' || typeof value === 'string')
      return String(words.code(texts, value));
    return figures[type](value);
  };
}

/** The line of totals, `label` in the first column unless that has a total itself. */
export function totalsInText(
  columns: readonly ReportColumn[],
  totals: Readonly<Record<string, number>>,
  label: string,
  plain: PlainText,
): string[] {
  return columns.map((column, index) => {
    const total = totals[column.key];
    if (total !== undefined) return plain(column, total);
    return index === 0 ? label : '';
  });
}

/** In digits: a Chinese character is as wide as two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2E80-\uFFEF]/.test(character) ? 2 : 1;
  return width;
}
