import { useEffect, useMemo } from 'react';
import type { InputOf, OutputOf } from '#operations/index.ts';
import { useStationSettings } from '../station.tsx';
import { type ListFilter, type Sort, toListFilters } from './filters.ts';
import { type GridLook, type GridState, GridView } from './GridView.tsx';
import { useGridState } from './memory.ts';
import { type ListOperation, type SumsOperation, useRows } from './use-rows.ts';

export type RowOf<N extends ListOperation> =
  OutputOf<N> extends Readonly<{ rows: readonly (infer Row extends object)[] }> ? Row : never;

type PageKeys = 'filters' | 'sort' | 'offset' | 'limit';

type DataGridProps<N extends ListOperation> = GridLook<RowOf<N>> &
  Readonly<{
    operation: N;
    /** Of a list that doesn't say itself how many rows there are: asked beside it, so that the rows needn't wait for it. */
    sums?: SumsOperation;
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
  const { operation, sums, input, initial = {}, id = operation, refetchInterval, onAsk, ...look } = props;
  const { timeZone } = useStationSettings();
  const { state, change, scrolled } = useGridState(id, initial);
  const asked = useMemo<Asked>(
    () => ({ filters: toListFilters(state.filters, timeZone), sort: state.sort ? [state.sort] : [] }),
    [state.filters, state.sort, timeZone],
  );
  useEffect(() => onAsk?.(asked), [onAsk, asked]);
  const list = useMemo(() => ({ ...input, ...asked }), [input, asked]);
  const rows = useRows<RowOf<N>>({ operation, sums, list, refetchInterval });
  return <GridView<RowOf<N>> {...look} {...rows} state={state} onState={change} onScrolled={scrolled} height="fill" />;
}
