import Database from 'better-sqlite3';
import { DomainError } from '#domain/errors.ts';
import { asFailure } from './failures.ts';
import { asRefusal, bindable, columnOf, insertStatement, rowObject, type Column } from './rows.ts';
import type { EachOutcome, Extract, Replication, Sql, SqlRow, SqlValue, Store, Transaction } from './store.ts';

type Prepared = Readonly<{ statement: Database.Statement; columns: readonly Column[] }>;

/** One SQLite handle whose statements are prepared once and kept. Its promises are settled when they are returned. */
class SqliteHandle implements Transaction {
  readonly dialect = 'sqlite';
  readonly forUpdate = '';
  readonly database: Database.Database;
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: Database.Database) {
    this.database = database;
  }

  async all<Row>(text: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    const { statement, columns } = this.#prepare(text);
    const rows = statement.all(params.map(bindable)) as unknown[][];
    return rows.map((values) => rowObject<Row>(columns, values));
  }

  async first<Row>(text: string, params: readonly SqlValue[] = []): Promise<Row | undefined> {
    const { statement, columns } = this.#prepare(text);
    const values = statement.get(params.map(bindable)) as unknown[] | undefined;
    return values && rowObject<Row>(columns, values);
  }

  async values<Row extends readonly SqlValue[]>(text: string, params: readonly SqlValue[]): Promise<Row[]> {
    return this.#prepare(text).statement.all(params.map(bindable)) as unknown as Row[];
  }

  async *chunks<Row>(text: string, params: readonly SqlValue[], size: number): AsyncGenerator<Row[]> {
    const { columns } = this.#prepare(text);
    for await (const rows of this.tuples(text, params, size))
      yield rows.map((values) => rowObject<Row>(columns, values));
  }

  async *tuples<Row extends readonly SqlValue[]>(
    text: string,
    params: readonly SqlValue[],
    size: number,
  ): AsyncGenerator<Row[]> {
    const { statement } = this.#prepare(text);
    let chunk: Row[] = [];
    for (const values of statement.iterate(params.map(bindable)) as IterableIterator<Row>) {
      chunk.push(values);
      if (chunk.length < size) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }

  async run(text: string, params: readonly SqlValue[] = []): Promise<number> {
    try {
      return this.#prepare(text).statement.run(params.map(bindable)).changes;
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async runEach(text: string, rows: readonly (readonly SqlValue[])[]): Promise<EachOutcome> {
    const { statement } = this.#prepare(text);
    const failed: { index: number; error: Error }[] = [];
    const unchanged: number[] = [];
    for (let index = 0; index < rows.length; index++) {
      try {
        if (statement.run(rows[index]).changes === 0) unchanged.push(index);
      } catch (error) {
        // SQLite undoes a failed statement by itself. A full or broken disk is nothing to go on after.
        if (!(error instanceof Error) || !isOfTheRow(error)) throw error;
        failed.push({ index, error });
      }
    }
    return { failed, unchanged };
  }

  async insert(table: string, row: SqlRow): Promise<void> {
    const { text, params } = insertStatement(table, row);
    await this.run(text, params);
  }

  /** Nothing to do where the file could not be attached. */
  detach(schema: string): void {
    const attached = this.database.pragma('database_list') as { name: string }[];
    if (attached.some(({ name }) => name === schema)) this.database.exec(`DETACH ${schema}`);
  }

  #prepare(text: string): Prepared {
    const known = this.#prepared.get(text);
    if (known) return known;
    const statement = this.database.prepare(text);
    const columns = statement.reader ? statement.columns().map((column) => columnOf(column.name)) : [];
    const prepared = { statement: statement.reader ? statement.raw(true) : statement, columns };
    this.#prepared.set(text, prepared);
    return prepared;
  }
}

const isOfTheRow = (error: Error): boolean =>
  ('code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) || error instanceof TypeError;

/** Pages kept in memory by each handle, KiB. */
const CACHE = { writer: 24_576, reader: 16_384, lists: 65_536, extract: 8192 } as const;

/** Bytes of the file that a reader of lists sees as memory. */
const MAPPED = 4 * 1024 ** 3;

/** Pages (of 4 KiB) that the write-ahead log holds before it is carried over. */
const LOG_PAGES = 16_000;

function openHandle(filename: string, readonly: boolean, cache: keyof typeof CACHE): SqliteHandle {
  const database = new Database(filename, { readonly, fileMustExist: readonly, timeout: 10_000 });
  if (!readonly) database.pragma('journal_mode = WAL');
  // Not kept in the file: WAL falls back to NORMAL on reopening, and a power cut could then lose what was confirmed.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma(`cache_size = -${CACHE[cache]}`);
  // Whatever somebody else writes empties the cache: long lists then read the file's pages where the system keeps them.
  if (cache === 'lists') database.pragma(`mmap_size = ${MAPPED}`);
  // The log is carried over into the file less often: pages that many transactions change are written there once.
  if (!readonly) database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  return new SqliteHandle(database);
}

/** One after the other: a second transaction can't begin on a handle before the first has ended. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

async function inTransaction<T>(
  handle: SqliteHandle,
  begin: string,
  work: (handle: SqliteHandle) => Promise<T>,
): Promise<T> {
  await handle.run(begin);
  try {
    const result = await work(handle);
    await handle.run('COMMIT');
    return result;
  } catch (error) {
    if (handle.database.inTransaction) await handle.run('ROLLBACK');
    throw asFailure(error);
  }
}

/**
 * References can be left unchecked, and a file be put beside, only for a whole transaction, and from outside of it. Were they
 * checked, SQLite would copy the pages each row touches, so that it could be taken back: twice the time.
 */
async function replicateIn<T>(
  writer: SqliteHandle,
  { origin, log, beside }: Replication,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  writer.database.pragma('foreign_keys = OFF');
  try {
    if (beside !== undefined) {
      await writer.run('ATTACH ? AS beside', [beside]);
      writer.database.pragma('beside.cache_size = -2048');
    }
    return await inTransaction(writer, 'BEGIN IMMEDIATE', async (trx) => {
      await trx.run('UPDATE sync_session SET origin = ?, is_logged = ?', [origin, log === 'relay']);
      const result = await work(trx);
      await trx.run("UPDATE sync_session SET origin = '', is_logged = 1");
      return result;
    });
  } finally {
    writer.database.pragma('foreign_keys = ON');
    if (beside !== undefined) writer.detach('beside');
  }
}

/**
 * Copies out of a database: all is read on one view, and while others go on writing. What is written is another file, there
 * already, as `copy.…`; torn apart by a crash it is worth nothing.
 */
export async function copyFromSqlite<T>(
  filename: string,
  copy: string,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  const handle = new SqliteHandle(new Database(filename, { fileMustExist: true, timeout: 10_000 }));
  try {
    handle.database.pragma('foreign_keys = OFF');
    await handle.run('ATTACH ? AS copy', [copy]);
    handle.database.pragma('copy.journal_mode = OFF');
    handle.database.pragma('copy.synchronous = OFF');
    handle.database.pragma('copy.cache_size = -65536');
    return await inTransaction(handle, 'BEGIN', work);
  } finally {
    handle.database.close();
  }
}

/**
 * Makes a database one file, whole by itself, that can be moved.
 * @throws DomainError `sync.database-in-use` when somebody has it open
 */
export function foldSqliteFile(filename: string): void {
  const database = new Database(filename, { fileMustExist: true, timeout: 500 });
  try {
    database.pragma('journal_mode = DELETE');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')
      throw new DomainError('sync.database-in-use', { filename });
    throw error;
  } finally {
    database.close();
  }
}

/** Changes a file that nobody else has open, and that stays whole by itself; another one can be read as `beside.…`. */
export async function inSqliteFile<T>(
  filename: string,
  beside: string | null,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  const handle = new SqliteHandle(new Database(filename, { fileMustExist: true }));
  try {
    handle.database.pragma('synchronous = FULL');
    handle.database.pragma('foreign_keys = OFF');
    if (beside !== null) await handle.run('ATTACH ? AS beside', [beside]);
    return await inTransaction(handle, 'BEGIN IMMEDIATE', work);
  } finally {
    handle.database.close();
  }
}

/** From table to table, without a value coming into JavaScript: ten times as fast. */
async function extractIn<T>(handle: SqliteHandle, file: string, work: (extract: Extract) => Promise<T>): Promise<T> {
  await handle.run('ATTACH ? AS extract', [file]);
  try {
    // Cut off by a crash it is worth nothing.
    for (const setting of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -2048'])
      handle.database.pragma(`extract.${setting}`);
    return await inTransaction(handle, 'BEGIN', () => work(extractOf(handle)));
  } finally {
    handle.detach('extract');
  }
}

const extractOf = (handle: SqliteHandle): Extract => ({
  sql: handle,
  put: async (table, columns, select, params) => {
    await handle.run(`CREATE TABLE extract.${table} (${columns.join(', ')})`);
    return handle.run(`INSERT INTO extract.${table} ${select}`, params);
  },
  keys: async (table) => handle.database.prepare(`SELECT * FROM extract.${table}`).pluck().all() as string[],
});

/** A migrated database file, with a handle that writes and one that only reads; a third, once it is asked for, makes extracts. */
export function openSqliteStore(filename: string): Store {
  const writer = openHandle(filename, false, 'writer');
  const reader = openHandle(filename, true, 'reader');
  const writing = inTurn();
  const reading = inTurn();
  const extracting = inTurn();
  let extractor: SqliteHandle | undefined;
  return {
    dialect: 'sqlite',
    address: { kind: 'sqlite', filename },
    write: (work) => writing(() => inTransaction(writer, 'BEGIN IMMEDIATE', work)),
    replicate: (replication, work) => writing(() => replicateIn(writer, replication, work)),
    read: (work) => reading(() => inTransaction(reader, 'BEGIN', work)),
    extract: (file, work) =>
      extracting(() => extractIn((extractor ??= openHandle(filename, false, 'extract')), file, work)),
    close: async () => {
      await extracting(async () => extractor?.database.close());
      await writing(async () => writer.database.close());
      await reading(async () => reader.database.close());
    },
  };
}

/** For worker threads: reads only, on a handle of its own. */
export function openSqliteReader(filename: string): Pick<Store, 'dialect' | 'read' | 'close'> {
  const reader = openHandle(filename, true, 'lists');
  const reading = inTurn();
  return {
    dialect: 'sqlite',
    read: (work: (sql: Sql) => Promise<never>) => reading(() => inTransaction(reader, 'BEGIN', work)),
    close: async () => reading(async () => void reader.database.close()),
  };
}
