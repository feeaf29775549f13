import { useState } from 'react';
import type { GridState } from './GridView.tsx';

// Within one sign-in: back from a document, its list is as it was left.
const remembered = new Map<string, GridState>();

export function forgetGrids(): void {
  remembered.clear();
}

const FRESH: GridState = { filters: {}, sort: undefined, selected: undefined, scrollTop: 0 };

/** What is set on the grid called `id`, kept while the user looks at other screens. */
export function useGridState(
  id: string | undefined,
  initial: Partial<GridState>,
): [GridState, (change: Partial<GridState>) => void] {
  const [state, setState] = useState<GridState>(
    () => (id === undefined ? undefined : remembered.get(id)) ?? { ...FRESH, ...initial },
  );
  function change(part: Partial<GridState>): void {
    setState((before) => {
      const after = { ...before, ...part };
      if (id !== undefined) remembered.set(id, after);
      return after;
    });
  }
  return [state, change];
}
