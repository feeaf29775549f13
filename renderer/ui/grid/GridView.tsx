import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { useHotkey } from '../hotkeys.tsx';
import { useFormat } from '../station.tsx';
import { columnWidths, type GridColumn } from './columns.ts';
import type { Filters, Sort } from './filters.ts';
import { GridTable, type Place, ROW_HEIGHT, type TableHandle } from './GridTable.tsx';

const HEAD_HEIGHT = 32;
const FILTERS_HEIGHT = 28;
const SCROLLBAR_WIDTH = 12;

/** What a user has set on a grid. */
export type GridState = Readonly<{
  filters: Filters;
  sort: Sort | undefined;
  /** Key of the row the cursor is on. */
  selected: string | undefined;
  /** Pixels; where the rows start when the grid appears again. */
  scrollTop: number;
}>;

export type GridLook<Row> = Readonly<{
  columns: readonly GridColumn<Row>[];
  rowKey: keyof Row & string;
  /** Click or Enter on a row. */
  onOpen?: (row: Row) => void;
  /** The row the cursor is on changed. */
  onSelect?: (row: Row) => void;
  /** At the right of the line under the grid: sums, hints. */
  footer?: ReactNode;
  /** Instead of the usual words when there are no rows. */
  empty?: ReactNode;
  /** Shows the row of filters; default true. */
  hasFilters?: boolean;
  'aria-label'?: string;
}>;

export type ViewProps<Row> = GridLook<Row> &
  Readonly<{
    /** One place per row there is; `undefined` where it has not been loaded yet. */
    rows: readonly (Row | undefined)[];
    /** How many there are; undefined while that isn't known yet. */
    count: number | undefined;
    status: 'loading' | 'failed' | 'ready';
    error: Error | null;
    onRetry: () => void;
    /** The rows are of the selection before; others are on their way. */
    isStale: boolean;
    state: GridState;
    onState: (change: Partial<GridState>) => void;
    /** Rows by place, from inclusive to exclusive, are in view. */
    onVisible: (from: number, to: number) => void;
    onScrolled: (scrollTop: number) => void;
    totals?: Readonly<Partial<Record<string, number>>>;
    /** Pixels for the rows, or all there is. */
    height: 'fill' | number;
  }>;

/** The grid itself, wherever its rows come from. */
export function GridView<Row extends object>(props: ViewProps<Row>) {
  const { columns, rowKey, rows, state, onState, onOpen, onSelect, hasFilters = true, height } = props;
  const box = useRef<HTMLDivElement>(null);
  const table = useRef<TableHandle>(null);
  const size = useSize(box);
  const places = useMemo(() => rows.map((row, index) => placeOf(row, index, rowKey)), [rows, rowKey]);
  const cursor = cursorIn(places, state.selected);
  const extraHeight = HEAD_HEIGHT + (hasFilters ? FILTERS_HEIGHT : 0) + (props.totals ? ROW_HEIGHT : 0);
  const bodyHeight = Math.max(ROW_HEIGHT * 2, size.height - extraHeight);
  const see = useSeen(props, bodyHeight);

  useHotkey('Ctrl+F', () => focusFilter(box.current), hasFilters && height === 'fill');
  useRestoredScroll(table, size.width > 0 && rows.length > 0, state.scrollTop);
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
    if (onOpen === undefined) return;
    passOverSecondClick();
    onOpen(place.row);
  }

  function enterRows(): void {
    box.current?.focus();
    if (cursor < 0) select(0);
  }

  return (
    <div className={height === 'fill' ? 'mw-grid' : 'mw-grid is-inline'}>
      <div
        ref={box}
        className="mw-grid-box"
        style={height === 'fill' ? {} : { height: height + extraHeight + 2 }}
        tabIndex={0}
        role="grid"
        aria-label={props['aria-label']}
        aria-rowcount={rows.length}
        aria-busy={props.status === 'loading' || props.isStale}
        onKeyDown={keyDown}
        onFocus={(event) => {
          if (event.target === box.current && event.target.matches(':focus-visible') && cursor < 0) select(0);
        }}
      >
        {size.width > 0 && (
          <GridTable
            {...props}
            handle={table}
            places={places}
            cursor={cursor}
            widths={columnWidths(columns, size.width - SCROLLBAR_WIDTH)}
            bodyHeight={bodyHeight}
            hasFilters={hasFilters}
            onPick={pick}
            onFiltersDone={enterRows}
            onScroll={see}
          />
        )}
      </div>
      {height === 'fill' && <Foot {...props} />}
    </div>
  );
}

function placeOf<Row extends object>(row: Row | undefined, index: number, rowKey: keyof Row): Place<Row> {
  return { key: row === undefined ? gapKey(index) : String(row[rowKey]), index, row };
}

const GAP = 'gap ';

function gapKey(index: number): string {
  return `${GAP}${index}`;
}

/** Place of the cursor, -1 for none. A row chosen before it was loaded is known by its place. */
function cursorIn(places: readonly Place<object>[], selected: string | undefined): number {
  if (selected?.startsWith(GAP)) return Number(selected.slice(GAP.length));
  return places.findIndex((place) => place.key === selected);
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

type Size = Readonly<{ width: number; height: number }>;

function useSize(box: RefObject<HTMLElement | null>): Size {
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

type Seen = Pick<ViewProps<object>, 'state' | 'onVisible' | 'onScrolled'>;

/** Tells which rows are in view, at first and at every scrolling. */
function useSeen({ state, onVisible, onScrolled }: Seen, bodyHeight: number): (scrollTop: number) => void {
  useEffect(() => {
    onVisible(...rowsInView(state.scrollTop, bodyHeight));
  }, [state.scrollTop, state.filters, state.sort, bodyHeight, onVisible]);
  return (scrollTop) => {
    onScrolled(scrollTop);
    onVisible(...rowsInView(scrollTop, bodyHeight));
  };
}

function rowsInView(scrollTop: number, bodyHeight: number): [from: number, to: number] {
  const from = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT));
  return [from, from + Math.ceil(bodyHeight / ROW_HEIGHT) + 1];
}

/** Back on a list, one is where one was. */
function useRestoredScroll(table: RefObject<TableHandle | null>, isReady: boolean, scrollTop: number): void {
  const wanted = useRef(scrollTop);
  useEffect(() => {
    if (!isReady || wanted.current === 0) return;
    table.current?.scrollTo({ top: wanted.current });
    wanted.current = 0;
  }, [table, isReady]);
}

/** Another selection of rows is read from its first. */
function useTopOnChange(table: RefObject<TableHandle | null>, filters: Filters, sort: Sort | undefined): void {
  const before = useRef({ filters, sort });
  useEffect(() => {
    if (before.current.filters === filters && before.current.sort === sort) return;
    before.current = { filters, sort };
    table.current?.scrollTo({ top: 0 });
  }, [table, filters, sort]);
}

type FootProps = Pick<ViewProps<object>, 'count' | 'status' | 'state' | 'onState' | 'footer'>;

function Foot({ count, status, state, onState, footer }: FootProps) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="mw-grid-foot">
      <span>
        {status === 'ready' && count !== undefined ? t('common.rowCount', { total: format.count(count) }) : ' '}
      </span>
      {Object.keys(state.filters).length > 0 && (
        <Button type="link" size="small" onClick={() => onState({ filters: {}, scrollTop: 0 })}>
          {t('common.clearFilters')}
        </Button>
      )}
      <span className="mw-grid-foot-extra">{footer}</span>
    </div>
  );
}

const DOUBLE_CLICK_MS = 600; // more than any system takes two clicks for one

/** Who double-clicks a row means to open it once: his second click would land on what has opened, and close it by its mask. */
function passOverSecondClick(): void {
  const stop = (event: MouseEvent) => event.detail > 1 && event.stopPropagation();
  window.addEventListener('click', stop, { capture: true });
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), DOUBLE_CLICK_MS);
}
