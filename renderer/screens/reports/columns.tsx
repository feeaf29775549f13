import { useMemo } from 'react';
import type { OutputOf } from '#operations/index.ts';
import type { ColumnType, GridColumn } from '#renderer/ui/index.ts';
import type { Report } from './ReportsScreen.tsx';
import { type ReportWords, useReportWords } from './words.ts';

export type ReportRow = OutputOf<'reports.run'>['rows'][number];
type ReportColumn = Report['columns'][number];

const LOOKS: Readonly<Record<ReportColumn['type'], Readonly<{ type: ColumnType; width: number }>>> = {
  text: { type: 'text', width: 110 },
  code: { type: 'code', width: 96 },
  date: { type: 'date', width: 100 },
  instant: { type: 'instant', width: 140 },
  number: { type: 'count', width: 84 },
  year: { type: 'count', width: 84 },
  quantity: { type: 'quantity', width: 96 },
  money: { type: 'money', width: 104 },
  rate: { type: 'percent', width: 84 },
};

const FULL_NUMBER = 164; // of a document, as `WO-SH01-260315-0042`
const WIDEST_CHOICE = 200;
const MANY = 10; // columns: more than a window shows, so the first stays in view

export function useReportColumns({ columns }: Report): readonly GridColumn<ReportRow>[] {
  const words = useReportWords();
  return useMemo(
    () => columns.map((column, index) => gridColumn(column, words, columns.length > MANY, index === 0)),
    [columns, words],
  );
}

function gridColumn(
  column: ReportColumn,
  words: ReportWords,
  isWide: boolean,
  isFirst: boolean,
): GridColumn<ReportRow> {
  const { key, type, texts, values } = column;
  const title = words.heading(key);
  const look = LOOKS[type];
  const isFixed = isWide && isFirst;
  const named = key === 'number' ? FULL_NUMBER : isFixed && type !== 'date' ? 176 : 0;
  const width = Math.max(isWide ? look.width * 1.2 : look.width, widthOf(title, HEADING), named);
  const common = { key, title, width, isFixed };
  if (texts === 'workOrderStates') return { ...common, type: 'state' };
  if (texts !== undefined && values !== undefined) {
    const choices = values.map((value) => ({ value, label: words.code(texts, value) }));
    const widest = Math.max(...choices.map(({ label }) => widthOf(label, CHOICE)));
    return { ...common, width: Math.max(width, Math.min(widest, WIDEST_CHOICE)), type: 'choice', choices };
  }
  if (type === 'year') return { ...common, type: 'count', render: (row) => row[key] ?? '' };
  return { ...common, type: look.type, grows: type === 'text' };
}

/** In pixels: a letter, and the room beside the words; a heading is bold and has the arrow of the order. */
const HEADING = { letter: 8, room: 30 };
const CHOICE = { letter: 7, room: 18 };

/** Pixels that show all of the words. */
function widthOf(words: string, { letter, room }: typeof HEADING): number {
  let width = room;
  for (const character of words) width += /[\u2E80-\uFFEF]/.test(character) ? 13 : letter;
  return width;
}
