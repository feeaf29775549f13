import { parseArgs } from 'node:util';

/** What a figure has to reach: at least, or at most, so much. A figure without a bar is only shown. */
export type Bar = Readonly<{ atLeast: number } | { atMost: number }>;

/** One line of a benchmark; `unit` as in `tx/s`, `ms`, `ratio`, `MiB`. */
export type Figure = Readonly<{ name: string; figure: number; unit: string; bar?: Bar }>;

export type Bench = Readonly<{
  /** Adds a line. */
  add(name: string, figure: number, unit: string, bar?: Bar): void;
  /** A word on what is going on, on stderr. */
  say(line: string): void;
  /** What stands on the command line behind the benchmark's name, except `--json`. */
  args: readonly string[];
}>;

/**
 * Runs a benchmark: prints a table, or with `--json` only the figures, and ends with exit code 1 when a bar is missed
 * or the benchmark breaks.
 */
export async function bench(title: string, work: (bench: Bench) => Promise<void>): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
    strict: false,
  });
  const figures: Figure[] = [];
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    await work({
      add: (name, figure, unit, bar) => void figures.push(withBar(name, figure, unit, bar)),
      say,
      args: positionals,
    });
  } catch (error) {
    process.exitCode = 1;
    throw error;
  }
  console.log(values['json'] ? jsonOf(title, figures) : `${title}\n\n${tableOf(figures)}`);
  if (figures.some((figure) => !isReached(figure))) process.exitCode = 1;
}

const withBar = (name: string, figure: number, unit: string, bar: Bar | undefined): Figure => ({
  name,
  figure,
  unit,
  ...(bar && { bar }),
});

/** A figure that is no number reaches nothing. */
export function isReached({ figure, bar }: Figure): boolean {
  if (!Number.isFinite(figure)) return false;
  if (!bar) return true;
  return 'atLeast' in bar ? figure >= bar.atLeast : figure <= bar.atMost;
}

export function jsonOf(title: string, figures: readonly Figure[]): string {
  const isGood = figures.every(isReached);
  return JSON.stringify(
    { title, ok: isGood, figures: figures.map((line) => ({ ...line, ok: isReached(line) })) },
    null,
    2,
  );
}

/** Names on the left, numbers on the right. */
export function tableOf(figures: readonly Figure[]): string {
  const header = ['name', 'figure', 'unit', 'bar', 'ok'];
  const rows = [
    header,
    ...figures.map((line) => [line.name, shown(line.figure), line.unit, barOf(line), verdictOf(line)]),
  ];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const ruled = [rows[0]!, widths.map((width) => '-'.repeat(width)), ...rows.slice(1)];
  return ruled
    .map((row) =>
      row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function barOf({ bar }: Figure): string {
  if (!bar) return '';
  return 'atLeast' in bar ? `≥ ${shown(bar.atLeast)}` : `≤ ${shown(bar.atMost)}`;
}

function verdictOf(line: Figure): string {
  if (isReached(line)) return line.bar ? 'yes' : '';
  return 'NO';
}

/** Three significant digits below 100, whole numbers above. */
function shown(figure: number): string {
  if (!Number.isFinite(figure)) return String(figure);
  return Math.abs(figure) >= 100 ? Math.round(figure).toLocaleString('en') : String(Number(figure.toPrecision(3)));
}

/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle of several runs: one disturbed run does not move it. */
export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
