import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
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
  const [state, setState] = useGridState(id, initial);
  const [pages, setPages] = useState<readonly number[]>([0]);
  const list = useMemo(
    () => ({ ...input, filters: toListFilters(state.filters, timeZone), sort: state.sort ? [state.sort] : [] }),
    [input, state.filters, state.sort, timeZone],
  );
  const loaded = useQueries({
    queries: pages.map((page) => ({
      queryKey: [operation, list, page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(operation, { ...list, offset: page * PAGE, limit: PAGE } as unknown as InputOf<N>, { signal }),
      ...(refetchInterval === undefined ? {} : { refetchInterval }),
    })),
  });
  const failed = loaded.find((query) => query.error && query.data === undefined);
  const fresh = useRows<RowOf<N>>(loaded, pages);
  const last = useRef(fresh);
  if (fresh !== undefined) last.current = fresh;
  const rows = failed ? [] : (fresh ?? last.current ?? []);

  const see = useCallback((from: number, to: number) => {
    const wanted = pagesOf(from, to);
    setPages((before) => (before.join() === wanted.join() ? before : wanted));
  }, []);

  return (
    <GridView<RowOf<N>>
      {...look}
      rows={rows}
      status={failed ? 'failed' : last.current === undefined ? 'loading' : 'ready'}
      error={failed?.error ?? null}
      onRetry={() => loaded.forEach((query) => void query.refetch())}
      isStale={fresh === undefined && !failed}
      state={state}
      onState={setState}
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

type PageQuery = Readonly<{ data: unknown; dataUpdatedAt: number }>;

/** All rows there are, with gaps where none were loaded; undefined while nothing of this list is known. */
function useRows<Row>(
  loaded: readonly PageQuery[],
  pages: readonly number[],
): readonly (Row | undefined)[] | undefined {
  const known = loaded.map((query) => query.data as Readonly<{ rows: readonly Row[]; total: number }> | undefined);
  const stamp = loaded.map((query, index) => `${pages[index]}:${query.dataUpdatedAt}`).join();
  return useMemo(() => {
    const total = known.find((page) => page !== undefined)?.total;
    if (total === undefined) return undefined;
    const rows = new Array<Row | undefined>(total).fill(undefined);
    known.forEach((page, index) => page?.rows.forEach((row, at) => (rows[(pages[index] ?? 0) * PAGE + at] = row)));
    return rows.slice(0, total);
  }, [stamp]);
}
