import { useQuery } from '@tanstack/react-query';
import { call } from '#renderer/api/client.ts';
import type { Count, CountLine } from './count-words.tsx';

const PAGE = 500;

/**
 * All lines of a count that differ: whoever confirms has to say why of each. They are those of the count as it stands: lines
 * from before its last step have no reasons yet, or too many.
 */
export function useDifferences({ id: countId, version }: Pick<Count, 'id' | 'version'>) {
  return useQuery<CountLine[]>({
    queryKey: ['stockCounts.lines', countId, 'differences', version],
    queryFn: async ({ signal }) => {
      const lines: CountLine[] = [];
      for (;;) {
        const page = { id: countId, which: 'differences', offset: lines.length, limit: PAGE } as const;
        const { rows, total } = await call('stockCounts.lines', page, { signal });
        lines.push(...rows);
        if (rows.length === 0 || lines.length >= total) return lines;
      }
    },
  });
}
