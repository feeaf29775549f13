import { useCallback, useLayoutEffect, useMemo } from 'react';
import { useLanguage } from '#renderer/text/react.ts';
import { useStationSettings } from '../station.tsx';
import { passes, sorted } from './filters.ts';
import { ROW_HEIGHT } from './GridTable.tsx';
import { type GridLook, GridView } from './GridView.tsx';
import { useGridState } from './memory.ts';

type LocalGridProps<Row> = GridLook<Row> &
  Readonly<{
    rows: readonly Row[];
    /** Under the rows, by column: as the service summed them, so that screen and file agree. */
    totals?: Readonly<Partial<Record<string, number>>>;
    /** `fill` the page (default), or as high as its rows, at most `maxRows`. */
    height?: 'fill' | 'rows';
    maxRows?: number;
    /** Remembers filters and place under this name while the user is elsewhere. */
    id?: string;
    /** Hears which rows are in the list as it is filtered and sorted. */
    onShown?: (rows: readonly Row[]) => void;
  }>;

/** A grid of rows that are all at hand: lines of a document, a report's result. Filters and sorts by itself. */
export function LocalGrid<Row extends object>(props: LocalGridProps<Row>) {
  const { rows, columns, height = 'fill', maxRows = 10, id, onShown, ...look } = props;
  const { timeZone } = useStationSettings();
  const language = useLanguage();
  const { state, change, scrolled } = useGridState(id, {});
  const shown = useMemo(
    () =>
      sorted(
        rows.filter((row) => passes(row, columns, state.filters, timeZone)),
        state.sort,
        language,
      ),
    [rows, columns, state.filters, state.sort, timeZone, language],
  );
  // Before it is painted: who acts on what he sees, acts on these rows.
  useLayoutEffect(() => onShown?.(shown), [shown, onShown]);
  return (
    <GridView
      {...look}
      columns={columns}
      rows={shown}
      count={shown.length}
      hasFilters={look.hasFilters ?? height === 'fill'}
      status="ready"
      error={null}
      onRetry={nothingToDo}
      isStale={false}
      state={state}
      onState={change}
      onScrolled={scrolled}
      onVisible={useCallback(nothingToDo, [])}
      height={height === 'fill' ? 'fill' : Math.min(Math.max(rows.length, 2), maxRows) * ROW_HEIGHT}
    />
  );
}

function nothingToDo(): void {}
