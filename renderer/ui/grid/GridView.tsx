import { CaretDownFilled, CaretUpFilled } from '@ant-design/icons';
import { Button, Table, type TableProps } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { useHotkey } from '../hotkeys.tsx';
import { EmptyState, FailureState, Loading } from '../states.tsx';
import { useFormat } from '../station.tsx';
import { useCellLook } from './cell.tsx';
import { columnWidths, type GridColumn, traitsOf } from './columns.ts';
import { FilterCell, figureText } from './FilterCell.tsx';
import { type Filters, nextSort, type Sort, withFilter } from './filters.ts';

export const ROW_HEIGHT = 32;
const FOOT_HEIGHT = 28;

// The table's types leave this out: without it rows never seen are guessed at another height, and far places missed.
const EXACT_ROWS = { listItemHeight: ROW_HEIGHT } as object;

/** What a user has set on a grid. */
export type GridState = Readonly<{
  filters: Filters;
  sort: Sort | undefined;
  selected: string | undefined;
  scrollTop: number;
}>;

export type GridLook<Row> = Readonly<{
  columns: readonly GridColumn<Row>[];
  rowKey: keyof Row & string;
  /** Click or Enter on a row. Rows then look like links. */
  onOpen?: (row: Row) => void;
  /** The row the cursor is on changed. */
  onSelect?: (row: Row) => void;
  /** Left in the line under the grid: buttons, hints. */
  footer?: ReactNode;
  empty?: ReactNode;
  /** Shows the row of filters; default true. */
  hasFilters?: boolean;
  'aria-label'?: string;
}>;

type ViewProps<Row> = GridLook<Row> &
  Readonly<{
    /** One place per row there is; `undefined` where it has not been loaded yet. */
    rows: readonly (Row | undefined)[];
    status: 'loading' | 'failed' | 'ready';
    error: Error | null;
    onRetry: () => void;
    isStale: boolean;
    state: GridState;
    onState: (change: Partial<GridState>) => void;
    /** Rows by place, from inclusive to exclusive, that have come into view. */
    onVisible: (from: number, to: number) => void;
    totals?: Readonly<Partial<Record<string, number>>> | undefined;
    height: 'fill' | number;
    countText?: string | undefined;
  }>;

type Place<Row> = Readonly<{ key: string; index: number; row: Row | undefined }>;

/** The grid itself, wherever its rows come from. */
export function GridView<Row extends object>(props: ViewProps<Row>) {
  const { columns, rowKey, rows, state, onState, onOpen, onSelect, onVisible, hasFilters = true, height } = props;
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const table = useRef<TableHandle>(null);
  const size = useSize(box);
  const places = useMemo(() => rows.map((row, index) => placeOf(row, index, rowKey)), [rows, rowKey]);
  const cursor = places.findIndex((place) => place.key === state.selected);
  const look = useCellLook();
  const format = useFormat();
  const headHeight = hasFilters ? 60 : 32;
  const bodyHeight = Math.max(ROW_HEIGHT * 2, size.height - headHeight - (props.totals ? ROW_HEIGHT : 0));
  const widths = columnWidths(columns, size.width - 12);
  const hasActiveFilters = Object.keys(state.filters).length > 0;

  useHotkey('Ctrl+F', () => focusFilter(box.current), hasFilters && height === 'fill');
  useSeen(size, bodyHeight, state.scrollTop, rows.length, onVisible);
  useRestoredScroll(table, props.status === 'ready', state.scrollTop);
  useTopOnChange(table, state.filters, state.sort);

  function select(index: number): void {
    const place = places[Math.min(Math.max(index, 0), places.length - 1)];
    if (place === undefined) return;
    onState({ selected: place.key });
    table.current?.scrollTo({ index: place.index });
    if (place.row !== undefined) onSelect?.(place.row);
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.target !== box.current) return;
    const page = Math.max(1, Math.floor(bodyHeight / ROW_HEIGHT) - 1);
    const target = targetOf(event.key, cursor, page, places.length);
    const row = places[cursor]?.row;
    if (event.key === 'Enter' && row !== undefined) onOpen?.(row);
    else if (target !== undefined) select(target);
    else return;
    event.preventDefault();
  }

  function pick(place: Place<Row>): void {
    onState({ selected: place.key });
    if (place.row === undefined || window.getSelection()?.toString()) return; // Marking text to copy is not a click.
    onSelect?.(place.row);
    onOpen?.(place.row);
  }

  const tableColumns: TableProps<Place<Row>>['columns'] = columns.map((column, index) => ({
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
            onDone={() => {
              box.current?.focus();
              if (cursor < 0) select(0);
            }}
          />
        )}
      </div>
    ),
    onCell: () => ({ role: 'gridcell' }),
    render: (_: unknown, place: Place<Row>) =>
      place.row === undefined ? <span className="mw-gap" /> : look(column, place.row),
  }));

  return (
    <div className={height === 'fill' ? 'mw-grid' : 'mw-grid is-inline'}>
      <div
        ref={box}
        className="mw-grid-box"
        style={height === 'fill' ? {} : { height: height + headHeight + (props.totals ? ROW_HEIGHT : 0) + 2 }}
        tabIndex={0}
        role="grid"
        aria-label={props['aria-label']}
        aria-rowcount={rows.length}
        aria-busy={props.status === 'loading' || props.isStale}
        onKeyDown={keyDown}
        onFocus={(event) => {
          if (event.target === box.current && cursor < 0 && places.length > 0) select(0);
        }}
      >
        {size.width > 0 && (
          <Table<Place<Row>>
            ref={table as never}
            virtual
            {...EXACT_ROWS}
            size="small"
            pagination={false}
            showSorterTooltip={false}
            className={props.isStale ? 'mw-table is-stale' : 'mw-table'}
            columns={tableColumns}
            dataSource={places}
            rowKey="key"
            scroll={{ x: widths.reduce((sum, width) => sum + width, 0), y: bodyHeight }}
            locale={{ emptyText: <Nothing {...props} hasActiveFilters={hasActiveFilters} /> }}
            rowClassName={(place) => rowClass(place.key === state.selected, onOpen !== undefined)}
            onRow={(place) => ({
              role: 'row',
              'aria-rowindex': place.index + 1,
              'aria-selected': place.key === state.selected,
              onClick: () => pick(place),
            })}
            onScroll={(event) => onState({ scrollTop: (event.target as HTMLElement).scrollTop })}
            {...(props.totals
              ? {
                  summary: () => (
                    // Directly: the table looks for this very element to keep it in view.
                    <Table.Summary fixed>
                      <Totals columns={columns} totals={props.totals ?? {}} />
                    </Table.Summary>
                  ),
                }
              : {})}
          />
        )}
      </div>
      {height === 'fill' && (
        <div className="mw-grid-foot" style={{ height: FOOT_HEIGHT }}>
          <span>
            {props.status === 'ready'
              ? (props.countText ?? t('common.rowCount', { total: format.count(rows.length) }))
              : ' '}
          </span>
          {hasActiveFilters && (
            <Button type="link" size="small" onClick={() => onState({ filters: {}, scrollTop: 0 })}>
              {t('common.clearFilters')}
            </Button>
          )}
          <span className="mw-grid-foot-extra">{props.footer}</span>
        </div>
      )}
    </div>
  );
}

function placeOf<Row extends object>(row: Row | undefined, index: number, rowKey: keyof Row): Place<Row> {
  return { key: row === undefined ? `gap ${index}` : String(row[rowKey]), index, row };
}

function rowClass(isSelected: boolean, isOpenable: boolean): string {
  return `mw-row${isSelected ? ' ant-table-row-selected' : ''}${isOpenable ? ' is-openable' : ''}`;
}

function targetOf(key: string, cursor: number, page: number, count: number): number | undefined {
  if (key === 'ArrowDown') return cursor + 1;
  if (key === 'ArrowUp') return cursor - 1;
  if (key === 'PageDown') return cursor + page;
  if (key === 'PageUp') return cursor - page;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

function focusFilter(box: HTMLElement | null): void {
  box?.querySelector<HTMLElement>('.mw-filter input, .mw-filter button')?.focus();
}

type TableHandle = Readonly<{ scrollTo: (config: Readonly<{ index?: number; top?: number }>) => void }>;

type Size = Readonly<{ width: number; height: number }>;

function useSize(box: React.RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (box.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) });
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** Tells which rows are in view. */
function useSeen(
  size: Size,
  bodyHeight: number,
  scrollTop: number,
  count: number,
  onVisible: ViewProps<object>['onVisible'],
): void {
  const from = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT));
  const to = from + Math.ceil(bodyHeight / ROW_HEIGHT) + 1;
  useEffect(() => {
    if (size.height > 0) onVisible(from, to);
  }, [size.height, from, to, count, onVisible]);
}

/** Back on a list, one is where one was. */
function useRestoredScroll(table: React.RefObject<TableHandle | null>, isReady: boolean, scrollTop: number): void {
  const wanted = useRef(scrollTop);
  useEffect(() => {
    if (!isReady || wanted.current === 0) return;
    table.current?.scrollTo({ top: wanted.current });
    wanted.current = 0;
  }, [table, isReady]);
}

/** Another selection of rows is read from its first. */
function useTopOnChange(table: React.RefObject<TableHandle | null>, filters: Filters, sort: Sort | undefined): void {
  const before = useRef({ filters, sort });
  useEffect(() => {
    if (before.current.filters === filters && before.current.sort === sort) return;
    before.current = { filters, sort };
    table.current?.scrollTo({ top: 0 });
  }, [table, filters, sort]);
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
      aria-sort={direction === undefined ? undefined : direction === 'asc' ? 'ascending' : 'descending'}
      onClick={() => onSort(nextSort(sort, column.key))}
    >
      <span className="mw-head-text">{column.title}</span>
      {direction === 'asc' && <CaretUpFilled />}
      {direction === 'desc' && <CaretDownFilled />}
    </button>
  );
}

type NothingProps = Readonly<{
  status: 'loading' | 'failed' | 'ready';
  error: Error | null;
  onRetry: () => void;
  empty?: ReactNode;
  hasActiveFilters: boolean;
}>;

function Nothing({ status, error, onRetry, empty, hasActiveFilters }: NothingProps) {
  const t = useText();
  if (status === 'failed' && error) return <FailureState error={error} onRetry={onRetry} />;
  if (status === 'loading') return <Loading />;
  if (hasActiveFilters) return <EmptyState title={t('common.noRowsForFilter')} />;
  return empty ?? <EmptyState />;
}

type TotalsProps<Row> = Readonly<{
  columns: readonly GridColumn<Row>[];
  totals: Readonly<Partial<Record<string, number>>>;
}>;

function Totals<Row>({ columns, totals }: TotalsProps<Row>) {
  const t = useText();
  const format = useFormat();
  return (
    <Table.Summary.Row>
      {columns.map((column, index) => {
        const total = totals[column.key];
        return (
          <Table.Summary.Cell key={column.key} index={index} align={traitsOf(column).align}>
            {total === undefined ? (index === 0 ? t('common.total') : '') : figureText(format, column.type, total)}
          </Table.Summary.Cell>
        );
      })}
    </Table.Summary.Row>
  );
}
