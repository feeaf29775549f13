import { keepPreviousData, skipToken, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import { call } from '#renderer/api/client.ts';
import type { ListFilter } from './filters.ts';
import type { ViewProps } from './GridView.tsx';

const PAGE = 100; // Rows fetched at a time: some three screens.

type Totals = Readonly<Record<string, number>>;
type ListOutput = Readonly<{ rows: readonly object[]; total?: number }>;
type SumsOutput = Readonly<{ total: number; totals: Totals }>;

/** Operations that answer with a page of rows. */
export type ListOperation = { [N in OperationName]: OutputOf<N> extends ListOutput ? N : never }[OperationName];

/** Operations that answer how many rows there are, and what they come to. */
export type SumsOperation = {
  [N in OperationName]: OutputOf<N> extends SumsOutput & Readonly<{ rows?: never }> ? N : never;
}[OperationName];

type List = Readonly<{
  operation: ListOperation;
  sums: SumsOperation | undefined;
  /** Filters and order with what else the operation asks for. */
  list: Readonly<{ filters: ListFilter[]; sort: unknown }>;
  refetchInterval: number | undefined;
}>;

type Shown<Row> = Pick<
  ViewProps<Row>,
  'rows' | 'count' | 'status' | 'error' | 'onRetry' | 'isStale' | 'onVisible' | 'totals'
>;

/** The rows in view of a list of the service, with how many there are and what they come to. */
export function useRows<Row>({ operation, sums, list, refetchInterval }: List): Shown<Row> {
  const [pages, setPages] = useState<readonly number[]>([0]);
  const often = refetchInterval === undefined ? {} : { refetchInterval };
  const summed = useSums(sums, list, often);
  const page = useCallback(
    (loaded: readonly PageQuery[]) => rowsOf<Row>(loaded, pages, summed?.counted),
    [pages, summed?.counted],
  );
  const loaded = useQueries({
    queries: pages.map((number) => ({
      queryKey: [operation, list, number],
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<unknown> =>
        call(operation, { ...list, offset: number * PAGE, limit: PAGE } as unknown as InputOf<ListOperation>, {
          signal,
        }),
      ...often,
    })),
    combine: page,
  });
  // Until the first rows of another selection are there, those of the last stay in view, dimmed.
  const [last, setLast] = useState(loaded);
  if (loaded.rows !== undefined && loaded.rows !== last.rows) setLast(loaded);
  const onVisible = useCallback((from: number, to: number) => {
    const wanted = pagesOf(from, to);
    setPages((before) => (before.join() === wanted.join() ? before : wanted));
  }, []);
  const onRetry = (): void => {
    loaded.refetch();
    summed?.refetch();
  };
  return { ...shownOf(loaded, last, summed), onRetry, onVisible };
}

/** @param last what was loaded of the selection before, until there is something of this one */
function shownOf<Row>(
  loaded: Loaded<Row>,
  last: Loaded<Row>,
  summed: Sums | undefined,
): Omit<Shown<Row>, 'onRetry' | 'onVisible'> {
  const error = loaded.error ?? summed?.error ?? null;
  if (error) return { rows: [], count: undefined, status: 'failed', error, isStale: false };
  const rows = loaded.rows ?? last.rows ?? [];
  const totals = summed?.totals ?? loaded.totals ?? last.totals;
  return {
    rows,
    count: summed ? summed.count : rows.length,
    status: last.rows === undefined ? 'loading' : 'ready',
    error,
    isStale: loaded.rows === undefined,
    ...(totals && { totals }),
  };
}

type Sums = Readonly<{
  /** How many rows there are; undefined until these filters have been answered. */
  counted: number | undefined;
  /** The same, but of the filters before until then. */
  count: number | undefined;
  /** Their line is there before they are: nothing jumps. */
  totals: Totals;
  error: Error | null;
  refetch: () => void;
}>;

/** Of a list whose rows don't say it. */
function useSums(
  sums: SumsOperation | undefined,
  { sort: _, ...input }: List['list'],
  often: Readonly<{ refetchInterval?: number }>,
): Sums | undefined {
  const { data, error, isPlaceholderData, refetch } = useQuery<SumsOutput>({
    queryKey: [sums, input],
    queryFn: sums ? ({ signal }) => call(sums, input, { signal }) : skipToken,
    placeholderData: keepPreviousData,
    ...often,
  });
  if (sums === undefined) return undefined;
  return {
    counted: isPlaceholderData ? undefined : data?.total,
    count: data?.total,
    totals: data?.totals ?? {},
    error,
    refetch: () => void refetch(),
  };
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

type Page<Row> = Readonly<{ rows: readonly Row[]; total?: number; totals?: Totals }>;

/** @param counted how many there are, where the pages don't say it; as long as nobody knows, as many as are seen */
function rowsOf<Row>(loaded: readonly PageQuery[], pages: readonly number[], counted: number | undefined): Loaded<Row> {
  const known = loaded.map((query) => query.data as Page<Row> | undefined);
  const failed = loaded.find((query) => query.error !== null && query.data === undefined);
  const refetch = (): void => loaded.forEach((query) => void query.refetch());
  const first = known.find((page) => page !== undefined);
  const error = failed?.error ?? null;
  if (first === undefined) return { rows: undefined, totals: undefined, error, refetch };
  const rows = Array.from<Row | undefined>({ length: first.total ?? counted ?? 0 });
  known.forEach((page, index) => page?.rows.forEach((row, at) => (rows[(pages[index] ?? 0) * PAGE + at] = row)));
  return { rows: rows.slice(0, first.total ?? rows.length), totals: first.totals, error, refetch };
}
