import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import { call } from '#renderer/api/client.ts';
import { useStationSettings } from '../station.tsx';
import { type ListFilter, type Sort, toListFilters } from './filters.ts';
import { type GridLook, type GridState, GridView } from './GridView.tsx';
import { useGridState } from './memory.ts';

const PAGE = 100; // Rows fetched at a time: some three screens.

type ListOutput = Readonly<{ rows: readonly object[]; total: number }>;

/** Operations that answer with a page of rows. */
export type ListOperation = { [N in OperationName]: OutputOf<N> extends ListOutput ? N : never }[OperationName];

export type RowOf<N extends ListOperation> =
  OutputOf<N> extends Readonly<{ rows: readonly (infer Row extends object)[] }> ? Row : never;

type PageKeys = 'filters' | 'sort' | 'offset' | 'limit';

type DataGridProps<N extends ListOperation> = GridLook<RowOf<N>> &
  Readonly<{
    operation: N;
    /** Input beside filters, order and page. */
    input?: Omit<InputOf<N>, PageKeys>;
    initial?: Partial<Pick<GridState, 'filters' | 'sort'>>;
    /** Remembers filters and place under this name; default the operation's. */
    id?: string;
    /** Milliseconds between fresh looks. */
    refetchInterval?: number;
    /** Told the filters and order now in force, as the service takes them: for exports and sums beside the grid. */
    onAsk?: (asked: Asked) => void;
  }>;

export type Asked = Readonly<{ filters: ListFilter[]; sort: Sort[] }>;

/**
 * A list of the service: filters, order and rows on demand, however many there are. The scroll bar is true from the start;
 * what comes into view is loaded.
 */
export function DataGrid<N extends ListOperation>(props: DataGridProps<N>) {
  const { operation, input, initial = {}, id = operation, refetchInterval, onAsk, ...look } = props;
  const { timeZone } = useStationSettings();
  const { state, change, scrolled } = useGridState(id, initial);
  const [pages, setPages] = useState<readonly number[]>([0]);
  const asked = useMemo<Asked>(
    () => ({ filters: toListFilters(state.filters, timeZone), sort: state.sort ? [state.sort] : [] }),
    [state.filters, state.sort, timeZone],
  );
  useEffect(() => onAsk?.(asked), [onAsk, asked]);
  const list = useMemo(() => ({ ...input, ...asked }), [input, asked]);
  const page = useCallback((loaded: readonly PageQuery[]) => rowsOf<RowOf<N>>(loaded, pages), [pages]);
  const loaded = useQueries({
    queries: pages.map((number) => ({
      queryKey: [operation, list, number],
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<unknown> =>
        call(operation, { ...list, offset: number * PAGE, limit: PAGE } as unknown as InputOf<N>, { signal }),
      ...(refetchInterval === undefined ? {} : { refetchInterval }),
    })),
    combine: page,
  });
  // Until the first rows of another selection are there, those of the last stay in view, dimmed.
  const [last, setLast] = useState(loaded);
  if (loaded.rows !== undefined && loaded.rows !== last.rows) setLast(loaded);
  const rows = loaded.error ? [] : (loaded.rows ?? last.rows ?? []);
  const totals = loaded.error ? undefined : (loaded.totals ?? last.totals);

  const see = useCallback((from: number, to: number) => {
    const wanted = pagesOf(from, to);
    setPages((before) => (before.join() === wanted.join() ? before : wanted));
  }, []);

  return (
    <GridView<RowOf<N>>
      {...look}
      rows={rows}
      status={loaded.error ? 'failed' : last.rows === undefined ? 'loading' : 'ready'}
      error={loaded.error}
      onRetry={loaded.refetch}
      isStale={loaded.rows === undefined && loaded.error === null}
      state={state}
      onState={change}
      onScrolled={scrolled}
      onVisible={see}
      height="fill"
      {...(totals && { totals })}
    />
  );
}

function pagesOf(from: number, to: number): readonly number[] {
  const first = Math.floor(from / PAGE);
  const last = Math.floor(to / PAGE);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

type PageQuery = Readonly<{ data: unknown; error: Error | null; refetch: () => unknown }>;

type Loaded<Row> = Readonly<{
  /** All rows there are, with gaps where none were loaded; undefined while nothing of this list is known. */
  rows: readonly (Row | undefined)[] | undefined;
  /** As the service summed them over all rows, if it does. */
  totals: Totals | undefined;
  error: Error | null;
  refetch: () => void;
}>;

type Totals = Readonly<Record<string, number>>;
type Page<Row> = Readonly<{ rows: readonly Row[]; total: number; totals?: Totals }>;

function rowsOf<Row>(loaded: readonly PageQuery[], pages: readonly number[]): Loaded<Row> {
  const known = loaded.map((query) => query.data as Page<Row> | undefined);
  const failed = loaded.find((query) => query.error !== null && query.data === undefined);
  const refetch = (): void => loaded.forEach((query) => void query.refetch());
  const { total, totals } = known.find((page) => page !== undefined) ?? {};
  if (total === undefined) return { rows: undefined, totals, error: failed?.error ?? null, refetch };
  const rows = Array.from<Row | undefined>({ length: total });
  known.forEach((page, index) => page?.rows.forEach((row, at) => (rows[(pages[index] ?? 0) * PAGE + at] = row)));
  return { rows: rows.slice(0, total), totals, error: failed?.error ?? null, refetch };
}
