/** What every benchmark ends with: a table for people, or with `--json` the figures alone; exit code 1 when a bar is missed. */

export type Figure = Readonly<{ name: string; figure: number; unit: string; atLeast?: number; atMost?: number }>;

export function reportBench(bench: string, figures: readonly Figure[]): void {
  const rows = figures.map((row) => ({ ...row, ok: isMet(row) }));
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ bench, figures: rows })}\n`);
  else process.stdout.write(`${table(bench, rows)}\n`);
  if (rows.some((row) => !row.ok)) process.exitCode = 1;
}

/** Whether the bar is met; a figure that is no number meets none. */
export function isMet({ figure, atLeast = -Infinity, atMost = Infinity }: Figure): boolean {
  return figure >= atLeast && figure <= atMost;
}

/** Names on the left, numbers on the right. */
export function table(bench: string, rows: readonly (Figure & { ok: boolean })[]): string {
  const cells = rows.map((row) => [row.name, digits(row.figure), row.unit, barOf(row), verdict(row)]);
  const all = [[bench, 'figure', 'unit', 'bar', 'ok'], ...cells];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...all.map((line) => line[i]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, i) => (i === 1 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function hasBar(row: Figure): boolean {
  return row.atLeast !== undefined || row.atMost !== undefined;
}

function verdict(row: Figure & { ok: boolean }): string {
  if (!row.ok) return 'MISSED';
  return hasBar(row) ? 'met' : '';
}

function barOf({ atLeast, atMost }: Figure): string {
  return [atLeast === undefined ? '' : `≥ ${atLeast}`, atMost === undefined ? '' : `≤ ${atMost}`]
    .filter(Boolean)
    .join(', ');
}

function digits(figure: number): string {
  return Math.abs(figure) >= 100 ? Math.round(figure).toLocaleString('en-US') : figure.toFixed(3);
}

/** Throughput and 99th percentile of single times in ms. */
export function measured(times: readonly number[]): { perSecond: number; p99: number; median: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    perSecond: (1000 * times.length) / times.reduce((sum, time) => sum + time, 0),
    p99: at(0.99),
    median: at(0.5),
  };
}
