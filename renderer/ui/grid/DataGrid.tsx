import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import { call } from '#renderer/api/client.ts';
import { useStationSettings } from '../station.tsx';
import { toListFilters } from './filters.ts';
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
  }>;

/**
 * A list of the service: filters, order and rows on demand, however many there are. The scroll bar is true from the start;
 * what comes into view is loaded.
 */
export function DataGrid<N extends ListOperation>(props: DataGridProps<N>) {
  const { operation, input, initial = {}, id = operation, refetchInterval, ...look } = props;
  const { timeZone } = useStationSettings();
  const { state, change, scrolled } = useGridState(id, initial);
  const [pages, setPages] = useState<readonly number[]>([0]);
  const list = useMemo(
    () => ({ ...input, filters: toListFilters(state.filters, timeZone), sort: state.sort ? [state.sort] : [] }),
    [input, state.filters, state.sort, timeZone],
  );
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
  const [last, setLast] = useState(loaded.rows);
  if (loaded.rows !== undefined && loaded.rows !== last) setLast(loaded.rows);
  const rows = loaded.error ? [] : (loaded.rows ?? last ?? []);

  const see = useCallback((from: number, to: number) => {
    const wanted = pagesOf(from, to);
    setPages((before) => (before.join() === wanted.join() ? before : wanted));
  }, []);

  return (
    <GridView<RowOf<N>>
      {...look}
      rows={rows}
      status={loaded.error ? 'failed' : last === undefined ? 'loading' : 'ready'}
      error={loaded.error}
      onRetry={loaded.refetch}
      isStale={loaded.rows === undefined && loaded.error === null}
      state={state}
      onState={change}
      onScrolled={scrolled}
      onVisible={see}
      height="fill"
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
  error: Error | null;
  refetch: () => void;
}>;

function rowsOf<Row>(loaded: readonly PageQuery[], pages: readonly number[]): Loaded<Row> {
  const known = loaded.map((query) => query.data as Readonly<{ rows: readonly Row[]; total: number }> | undefined);
  const failed = loaded.find((query) => query.error !== null && query.data === undefined);
  const refetch = (): void => loaded.forEach((query) => void query.refetch());
  const total = known.find((page) => page !== undefined)?.total;
  if (total === undefined) return { rows: undefined, error: failed?.error ?? null, refetch };
  const rows = Array.from<Row | undefined>({ length: total });
  known.forEach((page, index) => page?.rows.forEach((row, at) => (rows[(pages[index] ?? 0) * PAGE + at] = row)));
  return { rows: rows.slice(0, total), error: failed?.error ?? null, refetch };
}
