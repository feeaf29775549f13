/** What every repository works with: the same text and the same rows on SQLite and on PostgreSQL. */

export type SqlValue = string | number | boolean | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue | undefined>>;
export type DialectName = 'sqlite' | 'postgres';

export interface Sql {
  readonly dialect: DialectName;
  /** Rows with camelCase keys; columns named `is_…` come as booleans. `?` marks a parameter. */
  all<Row>(text: string, params?: readonly SqlValue[]): Promise<Row[]>;
  first<Row>(text: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
  /** The same rows as `all`, at most `size` at a time and read in one go, for what is too long to be held in memory. */
  chunks<Row>(text: string, params: readonly SqlValue[], size: number): AsyncIterable<Row[]>;
}

export interface Transaction extends Sql {
  /** Returns how many rows were changed. */
  run(text: string, params?: readonly SqlValue[]): Promise<number>;
  /** Keys in camelCase; what is undefined is left out. */
  insert(table: string, row: SqlRow): Promise<void>;
  /** Put after a SELECT whose rows the same transaction goes on to change. */
  readonly forUpdate: '' | ' FOR UPDATE';
}

export interface Store {
  readonly dialect: DialectName;
  /** All or nothing; one at a time on SQLite. What is thrown inside undoes everything and is thrown on. */
  write<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** One consistent view of the data for as long as `work` runs. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
