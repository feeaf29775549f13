import { DomainError } from '#domain/errors.ts';
import type { SqlRow, SqlValue } from './store.ts';

/** Turns result columns into keys and values of TypeScript's side, and back. */

const DATABASE_REFUSALS = ['document.of-another-unit', 'sync.head-office-only'] as const;

export type Column = Readonly<{ key: string; isBoolean: boolean }>;

export function columnOf(name: string): Column {
  return {
    key: name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    isBoolean: /^is(_|[A-Z])/.test(name), // a list names its columns by the keys of its rows
  };
}

export function rowObject<Row>(columns: readonly Column[], values: readonly unknown[]): Row {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    if (!column) continue;
    const value = values[i];
    row[column.key] = column.isBoolean && value !== null ? value === 1 : value;
  }
  return row as Row;
}

/** Refusals that the database itself makes (see schema-tools) carry the code of a DomainError as their message. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = DATABASE_REFUSALS.find((one) => error.message === one);
  return code ? new DomainError(code) : error;
}

/** SQL knows no booleans here: they are 0 and 1. */
export function bindable(value: SqlValue): string | number | null | Uint8Array {
  return typeof value === 'boolean' ? Number(value) : value;
}

export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const insertTexts = new Map<string, string>();

/** The INSERT of these keys, built once for each table and set of keys. */
export function insertStatement(table: string, row: SqlRow): { text: string; params: SqlValue[] } {
  let shape = table;
  const params: SqlValue[] = [];
  for (const key in row) {
    const value = row[key];
    if (value === undefined) continue;
    shape += `,${key}`;
    params.push(value);
  }
  let text = insertTexts.get(shape);
  if (text === undefined) {
    const [, ...keys] = shape.split(',');
    text = `INSERT INTO ${table} (${keys.map(snakeCase).join(', ')}) VALUES (${keys.map(() => '?').join(', ')})`;
    insertTexts.set(shape, text);
  }
  return { text, params };
}
