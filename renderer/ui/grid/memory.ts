import { useState } from 'react';
import type { GridState } from './GridView.tsx';

// Within one sign-in: back from a document, its list is as it was left.
const remembered = new Map<string, GridState>();

export function forgetGrids(): void {
  remembered.clear();
}

const FRESH: GridState = { filters: {}, sort: undefined, selected: undefined, scrollTop: 0 };

type Memory = Readonly<{
  state: GridState;
  change: (part: Partial<GridState>) => void;
  /** Remembered without drawing again: the table has scrolled by itself. */
  scrolled: (scrollTop: number) => void;
}>;

/** What is set on the grid called `id`, kept while the user looks at other screens. */
export function useGridState(id: string | undefined, initial: Partial<GridState>): Memory {
  const known = id === undefined ? undefined : remembered.get(id);
  const [state, setState] = useState<GridState>(known ?? { ...FRESH, ...initial });
  function remember(after: GridState): void {
    if (id !== undefined) remembered.set(id, after);
  }
  return {
    state,
    change: (part) =>
      setState((before) => {
        const after = { ...before, ...part };
        // Where the table has scrolled to meanwhile is known here only.
        remember({ ...after, scrollTop: part.scrollTop ?? remembered.get(id ?? '')?.scrollTop ?? 0 });
        return after;
      }),
    scrolled: (scrollTop) => remember({ ...state, scrollTop }),
  };
}
