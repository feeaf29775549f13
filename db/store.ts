/** What every repository works with: the same text and the same rows on SQLite and on PostgreSQL. */

export type SqlValue = string | number | boolean | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue | undefined>>;
export type DialectName = 'sqlite' | 'postgres';

export interface Sql {
  readonly dialect: DialectName;
  /** Rows with camelCase keys; columns named `is_…` come as booleans. `?` marks a parameter. */
  all<Row>(text: string, params?: readonly SqlValue[]): Promise<Row[]>;
  first<Row>(text: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
  /** As `all`, but of each row only its values, in the order of the columns: for many thousand rows, half the time. */
  values<Row extends readonly SqlValue[]>(text: string, params: readonly SqlValue[]): Promise<Row[]>;
  /** The same rows as `all`, at most `size` at a time and read in one go, for what is too long to be held in memory. */
  chunks<Row>(text: string, params: readonly SqlValue[], size: number): AsyncIterable<Row[]>;
  /** As `chunks`, but of each row only its values. */
  tuples<Row extends readonly SqlValue[]>(
    text: string,
    params: readonly SqlValue[],
    size: number,
  ): AsyncIterable<Row[]>;
}

/** Where the data is: a SQLite file, or the address of a PostgreSQL database. */
export type DatabaseAddress = Readonly<{ kind: 'sqlite'; filename: string } | { kind: 'postgres'; url: string }>;

export type EachOutcome = Readonly<{
  failed: readonly Readonly<{ index: number; error: Error }>[];
  /** Indexes of rows that changed nothing. */
  unchanged: readonly number[];
}>;

/** Rows of another database are written as they came: their own database has judged them already. */
export type Replication = Readonly<{
  /** Where they come from: not empty. What is written is logged as coming from there. */
  origin: string;
  /** `relay`: the change log hears of it, for others to fetch. `keep`: nobody fetches from here. */
  log: 'relay' | 'keep';
  /** On SQLite: another file, whose tables can be read as `beside.…`. */
  beside?: string;
}>;

export interface Transaction extends Sql {
  /** Returns how many rows were changed. */
  run(text: string, params?: readonly SqlValue[]): Promise<number>;
  /** Keys in camelCase; what is undefined is left out. */
  insert(table: string, row: SqlRow): Promise<void>;
  /**
   * Runs one statement for every row of parameters. A row that fails is undone alone and told; the others stand.
   * Tells also those that changed nothing.
   */
  runEach(text: string, rows: readonly (readonly SqlValue[])[]): Promise<EachOutcome>;
  /** Put after a SELECT whose rows the same transaction goes on to change. */
  readonly forUpdate: '' | ' FOR UPDATE';
}

/** Rows on their way out of a database, into a small SQLite file. */
export interface Extract {
  readonly sql: Sql;
  /** What a SELECT gives becomes the rows of a new table with these columns. Returns how many. */
  put(table: string, columns: readonly string[], select: string, params: readonly SqlValue[]): Promise<number>;
  /** The first column of what was put. */
  keys(table: string): Promise<string[]>;
}

export interface Store {
  readonly dialect: DialectName;
  /** For a thread that opens it for itself. */
  readonly address: DatabaseAddress;
  /** All or nothing; one at a time on SQLite. What is thrown inside undoes everything and is thrown on. */
  write<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  /**
   * As `write`, for rows that come from another database. SQLite does not look whether what they refer to is there: it may come
   * later, and who must know looks himself (see db/sync/references).
   */
  replicate<T>(replication: Replication, work: (trx: Transaction) => Promise<T>): Promise<T>;
  /** One consistent view of the data for as long as `work` runs. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** As `read`; what is put stands in `file` then, which is new: a SQLite database, or nothing. */
  extract<T>(file: string, work: (extract: Extract) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
