/** How somebody stands to the rest of the team: far above or far below the middle one. */
export type Standing = 'high' | 'low' | null;

/** Fewer people have no middle that says anything. */
const FEWEST = 3;

/** The middle value, half up between two; 0 of nothing. Integers. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [below = 0, above = 0] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return Math.floor((below + above + 1) / 2);
}

/** More than half as much again as the median, or less than half of it. */
export function standingTo(median: number, value: number, people: number): Standing {
  if (people < FEWEST || median <= 0) return null;
  if (value * 2 > median * 3) return 'high';
  return value * 2 < median ? 'low' : null;
}
