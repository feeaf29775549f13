import { snakeCase } from './rows.ts';
import type { DialectName, Sql, SqlRow, SqlValue, Transaction } from './store.ts';

/** Many rows with few statements, since on PostgreSQL each statement is a journey. */

const texts = new Map<string, string>();

/** Few sizes, so that each statement is prepared once. */
const SIZES = [32, 4, 1] as const;

/** Rows of one shape: each has the keys of the first. */
export async function insertRows(trx: Transaction, table: string, rows: readonly SqlRow[]): Promise<void> {
  const keys = Object.keys(rows[0] ?? {});
  let done = 0;
  for (const size of SIZES) {
    while (rows.length - done >= size) {
      const params = rows.slice(done, done + size).flatMap((row) => keys.map((key) => row[key] ?? null));
      await trx.run(insertText(table, keys, size), params);
      done += size;
    }
  }
}

function insertText(table: string, keys: readonly string[], size: number): string {
  const shape = `${table} ${size} ${keys.join()}`;
  let text = texts.get(shape);
  if (text === undefined) {
    const values = `(${keys.map(() => '?').join(', ')})`;
    const all = Array.from({ length: size }, () => values).join(', ');
    text = `INSERT INTO ${table} (${keys.map(snakeCase).join(', ')}) VALUES ${all}`;
    texts.set(shape, text);
  }
  return text;
}

const IN_SIZE = 256;
const IN_MARKS = Array.from({ length: IN_SIZE }, () => '?').join(', ');

/** The rows whose value is among `values`; `select` ends with `… WHERE column IN`. */
export async function selectIn<Row>(sql: Sql, select: string, values: readonly SqlValue[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (let i = 0; i < values.length; i += IN_SIZE) {
    const some = values.slice(i, i + IN_SIZE);
    // Filled up with the last one, so that the statement is always the same.
    const params = [...some, ...Array.from({ length: IN_SIZE - some.length }, () => some.at(-1) ?? null)];
    rows.push(...(await sql.all<Row>(`${select} (${IN_MARKS})`, params)));
  }
  return rows;
}

/**
 * What stands before a table that is joined to thousands of keys by one statement: `… FROM ${keysBefore(dialect)} t ON t.id = j.value`.
 * The parameter is the JSON text of the keys; `j.key` is the place of each in it, from 0. The rows come in no sequence.
 */
export const keysBefore = (dialect: DialectName): string =>
  dialect === 'sqlite'
    ? 'json_each(?) j CROSS JOIN' // not turned round by the planner, which knows nothing of how many keys there are
    : `(SELECT n - 1 AS key, k COLLATE "C" AS value FROM json_array_elements_text(?::json) WITH ORDINALITY AS e(k, n)) j JOIN`;
