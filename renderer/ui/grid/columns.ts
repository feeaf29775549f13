import type { ReactNode } from 'react';
import { WORK_ORDER_STATES } from '#domain/work-orders/states.ts';
import type { Translate } from '#renderer/text/index.ts';

/** What stands in a column; settles its width, alignment, look and filter. */
export type ColumnType =
  | 'text' // words; grows with the window
  | 'code' // numbers of documents, serials, phones: short and never broken
  | 'money' // minor units
  | 'quantity' // thousandths
  | 'count' // whole numbers
  | 'percent' // basis points
  | 'date' // business date
  | 'instant' // milliseconds UTC
  | 'state' // work-order state
  | 'choice' // one of `choices`
  | 'yesNo';

export type Choice = Readonly<{ value: string; label: string }>;

export type GridColumn<Row> = Readonly<{
  /** Field of the row, and the name under which the service filters and sorts. */
  key: keyof Row & string;
  title: string;
  /** Default `text`. */
  type?: ColumnType;
  /** Pixels; default by type. */
  width?: number;
  /** Takes what room is left over; default for `text` without a width. */
  grows?: boolean;
  /** For `choice`: the values there are; also how they read. */
  choices?: readonly Choice[];
  /** Default true. */
  isFilterable?: boolean;
  /** Default true. */
  isSortable?: boolean;
  /** Instead of the look of the type. Must fit one line. */
  render?: (row: Row) => ReactNode;
  /** Stays in view when scrolling sideways. */
  isFixed?: boolean;
}>;

export type FilterKind = 'text' | 'oneOf' | 'dateRange' | 'instantRange' | 'numberRange' | 'none';

type TypeTraits = Readonly<{ width: number; align: 'left' | 'right' | 'center'; filter: FilterKind }>;

const TRAITS: Readonly<Record<ColumnType, TypeTraits>> = {
  text: { width: 140, align: 'left', filter: 'text' },
  code: { width: 150, align: 'left', filter: 'text' },
  money: { width: 104, align: 'right', filter: 'numberRange' },
  quantity: { width: 86, align: 'right', filter: 'numberRange' },
  count: { width: 78, align: 'right', filter: 'numberRange' },
  percent: { width: 78, align: 'right', filter: 'numberRange' },
  date: { width: 108, align: 'left', filter: 'dateRange' },
  instant: { width: 136, align: 'left', filter: 'instantRange' },
  state: { width: 136, align: 'left', filter: 'oneOf' },
  choice: { width: 110, align: 'left', filter: 'oneOf' },
  yesNo: { width: 70, align: 'center', filter: 'oneOf' },
};

export function traitsOf<Row>(column: GridColumn<Row>): TypeTraits {
  return TRAITS[column.type ?? 'text'];
}

export function filterKindOf<Row>(column: GridColumn<Row>): FilterKind {
  return column.isFilterable === false ? 'none' : traitsOf(column).filter;
}

/** A value of a row as plain words, for searching and ordering. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The values a column's filter offers. */
export function choicesOf<Row>(t: Translate, column: GridColumn<Row>): readonly Choice[] {
  if (column.type === 'state') {
    return WORK_ORDER_STATES.map((state) => ({ value: state, label: t(`workOrderStates.${state}`) }));
  }
  if (column.type === 'yesNo') {
    return [
      { value: 'true', label: t('common.yes') },
      { value: 'false', label: t('common.no') },
    ];
  }
  return column.choices ?? [];
}

/** Pixel widths of the columns, which together fill `available` when they would be narrower. */
export function columnWidths<Row>(columns: readonly GridColumn<Row>[], available: number): number[] {
  const widths = columns.map((column) => column.width ?? traitsOf(column).width);
  const spare = available - widths.reduce((sum, width) => sum + width, 0);
  if (spare <= 0) return widths;
  const growing = columns.map(
    (column) => column.grows ?? ((column.type ?? 'text') === 'text' && column.width === undefined),
  );
  const shares = growing.some(Boolean) ? growing : columns.map((_, index) => index === columns.length - 1);
  const each = Math.floor(spare / shares.filter(Boolean).length);
  return widths.map((width, index) => (shares[index] ? width + each : width));
}
