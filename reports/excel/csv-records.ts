/**
 * Reads comma-separated text of any size, record by record. Unlike a plain CSV parser it finds its way back: a quotation mark
 * that is never closed costs its own row, not all that follow, and each record knows the line it starts on.
 */

export type CsvRecord = Readonly<{
  /** Of the file, from 1. */
  line: number;
  /** What could be read: of a faulty record perhaps only the first value. */
  values: readonly string[];
  fault?: CsvFault;
}>;

export type CsvFault = Readonly<{ rule: 'ragged' | 'quoteNotClosed' | 'rowTooLong'; params: Record<string, number> }>;

type Line = Readonly<{ number: number; text: string }>;

/** Characters of a line, and of a record: what is longer is no row of a table. */
export const LONGEST = 100_000;

/** The first record is the heading: the others must have as many values, empty ones behind the last named column aside. */
export async function* csvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord[], void> {
  const pending: Line[] = [];
  let table: Table | undefined;
  for await (const lines of linesOf(chunks)) {
    pending.push(...lines.some);
    const found: CsvRecord[] = [];
    let start = 0;
    for (;;) {
      const line = pending[start];
      if (!line) break;
      table ??= { delimiter: delimiterOf(line.text), columns: undefined };
      const next = nextRecord({ lines: pending, isEnd: lines.isEnd }, start, table);
      if (!next) break;
      start = next.end;
      if (isBlank(next.record)) continue;
      table = { ...table, columns: table.columns ?? namedColumns(next.record.values) };
      found.push(next.record);
    }
    pending.splice(0, start);
    if (found.length > 0) yield found;
  }
}

type Table = Readonly<{ delimiter: string; columns: number | undefined }>;
type Window = Readonly<{ lines: readonly Line[]; isEnd: boolean }>;
type Next = Readonly<{ record: CsvRecord; end: number }>;

/** The record that starts at `start` and where the next one does; undefined when more lines are needed to tell. */
function nextRecord(window: Window, start: number, table: Table): Next | undefined {
  const line = window.lines[start];
  if (!line) return undefined;
  const reading = read(window.lines, start, table.delimiter);
  if (reading.kind === 'open' && !reading.isTooLong && !window.isEnd) return undefined;
  const values = reading.kind === 'whole' ? reading.values : [firstValue(line.text, table.delimiter)];
  if (reading.kind === 'whole' && fits(reading.values, table.columns))
    return { record: { line: line.number, values }, end: reading.end };

  const resumed = reading.end > start + 1 ? resume(window, start, reading.end, table) : reading.end;
  if (resumed === undefined) return undefined;
  const isRagged = reading.kind === 'whole' && resumed === reading.end;
  const fault = isRagged
    ? { rule: 'ragged' as const, params: { found: reading.values.length, expected: table.columns ?? 0 } }
    : faultOf(line.text, resumed - start);
  return { record: { line: line.number, values, fault }, end: resumed };
}

/** After a record that went wrong over several lines: the first of them that is a row by itself, or else the end. */
function resume(window: Window, start: number, end: number, table: Table): number | undefined {
  if (table.columns === undefined) return end;
  for (let at = start + 1; at < end; at++) {
    const reading = read(window.lines, at, table.delimiter);
    if (reading.kind === 'open' && !reading.isTooLong && !window.isEnd) return undefined;
    if (reading.kind === 'whole' && fits(reading.values, table.columns)) return at;
  }
  return end;
}

function faultOf(text: string, lines: number): CsvFault {
  if (text.length > LONGEST) return { rule: 'rowTooLong', params: { max: LONGEST } };
  return { rule: 'quoteNotClosed', params: { lines } };
}

type Reading =
  | Readonly<{ kind: 'whole'; values: readonly string[]; end: number }>
  /** Something stands behind a closing quotation mark, or the line is too long. */
  | Readonly<{ kind: 'broken'; end: number }>
  /** A quotation mark is still open where the lines end, or the record has become too long. */
  | Readonly<{ kind: 'open'; end: number; isTooLong: boolean }>;

/** One record by the rules of RFC 4180, whatever its number of values. */
function read(lines: readonly Line[], start: number, delimiter: string): Reading {
  const values: string[] = [];
  let row = start;
  let text = lines[row]?.text ?? '';
  let at = 0;
  if (text.length > LONGEST) return { kind: 'broken', end: start + 1 };
  for (;;) {
    if (text[at] === '"') {
      const quoted = readQuoted(lines, row, at + 1);
      if ('isTooLong' in quoted) return { kind: 'open', ...quoted };
      values.push(quoted.value);
      ({ row, at } = quoted);
      text = lines[row]?.text ?? '';
      if (at < text.length && text[at] !== delimiter) return { kind: 'broken', end: row + 1 };
    } else {
      const end = text.indexOf(delimiter, at);
      values.push(text.slice(at, end === -1 ? undefined : end));
      at = end === -1 ? text.length : end;
    }
    if (at >= text.length) return { kind: 'whole', values, end: row + 1 };
    at++;
  }
}

type Quoted = Readonly<{ value: string; row: number; at: number }> | Readonly<{ end: number; isTooLong: boolean }>;

/** From behind an opening quotation mark to behind its closing one, perhaps some lines below. */
function readQuoted(lines: readonly Line[], start: number, from: number): Quoted {
  let value = '';
  let at = from;
  for (let row = start; row < lines.length; row++) {
    const text = lines[row]?.text ?? '';
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1) break;
      value += text.slice(at, quote);
      if (text[quote + 1] !== '"') return { value, row, at: quote + 1 };
      value += '"';
      at = quote + 2;
    }
    value += `${text.slice(at)}\n`;
    at = 0;
    if (value.length > LONGEST) return { end: row + 1, isTooLong: true };
  }
  return { end: lines.length, isTooLong: false };
}

/** Such lines stand at the end of many files. */
function isBlank({ values, fault }: CsvRecord): boolean {
  return (!fault || fault.rule === 'ragged') && values.every((value) => value.trim() === '');
}

function fits(values: readonly string[], columns: number | undefined): boolean {
  if (columns === undefined) return true;
  return values.length >= columns && values.slice(columns).every((value) => value.trim() === '');
}

/** Some files end every line with a comma, the heading too. */
function namedColumns(heading: readonly string[]): number {
  return heading.findLastIndex((name) => name.trim() !== '') + 1;
}

/** Spreadsheets of some countries write semicolons. */
function delimiterOf(heading: string): string {
  const countOf = (delimiter: string) => heading.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, other) => (countOf(other) > countOf(best) ? other : best));
}

function firstValue(text: string, delimiter: string): string {
  return (text.slice(0, LONGEST).split(delimiter, 1)[0] ?? '').replaceAll('"', '');
}

/** Lines with their numbers, however they end; of one that is too long only the beginning. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<{ some: Line[]; isEnd: boolean }, void> {
  let number = 1;
  let rest = '';
  for await (const chunk of chunks) {
    const text = rest + chunk;
    // A line feed may follow in the next chunk.
    const held = text.endsWith('\r') ? 1 : 0;
    const parts = text.slice(0, text.length - held).split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? '').slice(0, LONGEST + 1) + (held ? '\r' : '');
    yield { some: parts.map((part) => ({ number: number++, text: part })), isEnd: false };
  }
  const some = rest
    .replace(/\r$/, '')
    .split('\r')
    .map((part) => ({ number: number++, text: part }));
  yield { some, isEnd: true };
}
