import type { ReactNode } from 'react';
import { WORK_ORDER_STATES, type WorkOrderState } from '#domain/work-orders/states.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { StateTag } from '../figures.tsx';
import type { Format } from '../format.ts';
import { useFormat } from '../station.tsx';
import { type GridColumn, wordsOf } from './columns.ts';
import { figureText } from './FilterCell.tsx';

type CellLook = <Row>(column: GridColumn<Row>, row: Row) => ReactNode;

/** How a value of a column looks. */
export function useCellLook(): CellLook {
  const t = useText();
  const format = useFormat();
  return (column, row) => {
    const look = column.render ? column.render(row) : plainLook(t, format, column, row[column.key]);
    // Words that do not fit end in an ellipsis, and the pointer shows them whole.
    return typeof look === 'string' && look !== '' ? <span title={look}>{look}</span> : look;
  };
}

function plainLook<Row>(t: Translate, format: Format, column: GridColumn<Row>, value: unknown): ReactNode {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (typeof value === 'number')
    return column.type === 'instant' ? format.dateTime(value) : figureText(format, column.type, value);
  const text = wordsOf(value);
  if (column.type === 'state' && isState(text)) return <StateTag state={text} />;
  if (column.type === 'choice') return column.choices?.find((choice) => choice.value === text)?.label ?? text;
  return text;
}

function isState(text: string): text is WorkOrderState {
  return (WORK_ORDER_STATES as readonly string[]).includes(text);
}
