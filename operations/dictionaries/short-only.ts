const LONGEST = 60; // characters

/** What is told at length is this job's own; only what is short enough to be chosen again goes into a dictionary. */
export function shortOnly(value: string): string {
  return value.length <= LONGEST ? value : '';
}
