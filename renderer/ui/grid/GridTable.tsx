import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons';
import { Table, type TableProps } from 'antd';
import type { ReactNode, RefObject } from 'react';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, FailureState, Loading } from '../states.tsx';
import { useFormat } from '../station.tsx';
import { useCellLook } from './cell.tsx';
import { type GridColumn, traitsOf } from './columns.ts';
import { FilterCell, figureText } from './FilterCell.tsx';
import { nextSort, type Sort, withFilter } from './filters.ts';
import type { ViewProps } from './GridView.tsx';

/** Pixels. */
export const ROW_HEIGHT = 32;

// The table's types leave this out: without it rows never seen are guessed at another height, and far places missed.
const EXACT_ROWS = { listItemHeight: ROW_HEIGHT } as object;

/** Where a row is, or will be when it is loaded. */
export type Place<Row> = Readonly<{ key: string; index: number; row: Row | undefined }>;

export type TableHandle = Readonly<{ scrollTo: (config: Readonly<{ index?: number; top?: number }>) => void }>;

type GridTableProps<Row> = ViewProps<Row> &
  Readonly<{
    handle: RefObject<TableHandle | null>;
    places: readonly Place<Row>[];
    cursor: number;
    widths: readonly number[];
    bodyHeight: number;
    hasFilters: boolean;
    onPick: (place: Place<Row>) => void;
    onFiltersDone: () => void;
    onScroll: (scrollTop: number) => void;
  }>;

/** antd's virtual table with our heads and cells. */
export function GridTable<Row extends object>(props: GridTableProps<Row>) {
  const { handle, places, cursor, widths, columns, totals, onOpen, onPick, onScroll } = props;
  return (
    <Table<Place<Row>>
      ref={handle as never} // Its own type asks for more than is used here.
      virtual
      {...EXACT_ROWS}
      size="small"
      pagination={false}
      showSorterTooltip={false}
      className={props.isStale ? 'mw-table is-stale' : 'mw-table'}
      columns={useTableColumns(props)}
      dataSource={places}
      rowKey="key"
      scroll={{ x: widths.reduce((sum, width) => sum + width, 0), y: props.bodyHeight }}
      locale={{ emptyText: <Nothing {...props} /> }}
      rowClassName={(place) => rowClass(place.index === cursor, onOpen !== undefined)}
      onRow={(place) => ({
        role: 'row',
        'aria-rowindex': place.index + 1,
        'aria-selected': place.index === cursor,
        onClick: () => onPick(place),
      })}
      onScroll={({ currentTarget }) => onScroll(currentTarget.scrollTop)}
      {...(totals === undefined ? {} : { summary: summaryOf(columns, totals) })}
    />
  );
}

function useTableColumns<Row extends object>(
  props: GridTableProps<Row>,
): NonNullable<TableProps<Place<Row>>['columns']> {
  const { columns, widths, hasFilters, state, onState, onFiltersDone } = props;
  const look = useCellLook();
  return columns.map((column, index) => ({
    key: column.key,
    width: widths[index] ?? 100,
    align: traitsOf(column).align,
    ellipsis: true,
    ...(column.isFixed ? { fixed: 'start' as const } : {}),
    title: (
      <div className={hasFilters ? 'mw-head has-filter' : 'mw-head'}>
        <HeadTitle column={column} sort={state.sort} onSort={(sort) => onState({ sort, scrollTop: 0 })} />
        {hasFilters && (
          <FilterCell
            column={column}
            filter={state.filters[column.key]}
            onChange={(filter) => onState({ filters: withFilter(state.filters, column.key, filter), scrollTop: 0 })}
            onDone={onFiltersDone}
          />
        )}
      </div>
    ),
    onCell: () => ({ role: 'gridcell' }),
    render: (_: unknown, place: Place<Row>) =>
      place.row === undefined ? <span className="mw-gap" /> : look(column, place.row),
  }));
}

function rowClass(isSelected: boolean, isOpenable: boolean): string {
  return `mw-row${isSelected ? ' ant-table-row-selected' : ''}${isOpenable ? ' is-openable' : ''}`;
}

type HeadProps<Row> = Readonly<{
  column: GridColumn<Row>;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
}>;

function HeadTitle<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const direction = sort?.column === column.key ? sort.direction : undefined;
  if (column.isSortable === false) return <span className="mw-head-title">{column.title}</span>;
  return (
    <button
      type="button"
      className="mw-head-title"
      title={column.title}
      onClick={() => onSort(nextSort(sort, column.key))}
    >
      <span className="mw-head-text">{column.title}</span>
      {direction === 'asc' && <CaretUpFilled />}
      {direction === 'desc' && <CaretDownFilled />}
    </button>
  );
}

type NothingProps = Pick<ViewProps<object>, 'status' | 'error' | 'onRetry' | 'empty' | 'state'>;

function Nothing({ status, error, onRetry, empty, state }: NothingProps): ReactNode {
  const t = useText();
  if (status === 'failed' && error) return <FailureState error={error} onRetry={onRetry} />;
  if (status === 'loading') return <Loading />;
  if (Object.keys(state.filters).length > 0) return <EmptyState title={t('common.noRowsForFilter')} />;
  return empty ?? <EmptyState />;
}

type TotalsProps<Row> = Readonly<{
  columns: readonly GridColumn<Row>[];
  totals: Readonly<Partial<Record<string, number>>>;
}>;

/** A function, and `Summary` itself in it, since the table looks for that element to keep it in view. */
function summaryOf<Row>(columns: readonly GridColumn<Row>[], totals: TotalsProps<Row>['totals']): () => ReactNode {
  return () => (
    <Table.Summary fixed>
      <Totals columns={columns} totals={totals} />
    </Table.Summary>
  );
}

function Totals<Row>({ columns, totals }: TotalsProps<Row>) {
  const t = useText();
  const format = useFormat();
  return (
    <Table.Summary.Row>
      {columns.map((column, index) => {
        const total = totals[column.key];
        const word = index === 0 ? t('common.total') : '';
        return (
          <Table.Summary.Cell key={column.key} index={index} align={traitsOf(column).align}>
            {total === undefined ? word : <div className="mw-total">{figureText(format, column.type, total)}</div>}
          </Table.Summary.Cell>
        );
      })}
    </Table.Summary.Row>
  );
}
