import Database from 'better-sqlite3';
import pg from 'pg';
import { asFailure } from './failures.ts';
import { WRITERS_LOCK } from './settled.ts';
import { asRefusal, bindable, columnOf, insertStatement, rowObject } from './rows.ts';
import { DomainError } from '#domain/errors.ts';
import type { EachOutcome, Extract, Sql, SqlRow, SqlValue, Store, Transaction } from './store.ts';

/** Counts and sums come as text so as not to lose digits; ours are integers far below 2^53, and one that is not is a bug. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${text}`);
  return value;
}

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, safeInteger);
types.setTypeParser(pg.types.builtins.NUMERIC, safeInteger);

const statements = new Map<string, { name: string; text: string }>();

function numbered(text: string): string {
  let n = 0;
  return text.replace(/\?/g, () => `$${++n}`);
}

/** `?` to `$n`, and a name, so that the server plans each text once for a connection. */
function statementOf(text: string): { name: string; text: string } {
  let statement = statements.get(text);
  if (!statement) {
    statement = { name: `s${statements.size}`, text: numbered(text) };
    statements.set(text, statement);
  }
  return statement;
}

class PostgresHandle implements Transaction {
  readonly dialect = 'postgres';
  readonly forUpdate = ' FOR UPDATE';
  readonly #client: pg.PoolClient;
  #cursors = 0;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async all<Row>(text: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    const result = await this.#query(text, params);
    const columns = result.fields.map((field) => columnOf(field.name));
    return result.rows.map((values) => rowObject<Row>(columns, values));
  }

  async first<Row>(text: string, params: readonly SqlValue[] = []): Promise<Row | undefined> {
    return (await this.all<Row>(text, params))[0];
  }

  async values<Row extends readonly SqlValue[]>(text: string, params: readonly SqlValue[]): Promise<Row[]> {
    return (await this.#query(text, params)).rows as unknown as Row[];
  }

  async *chunks<Row>(text: string, params: readonly SqlValue[], size: number): AsyncGenerator<Row[]> {
    for await (const { fields, rows } of this.#fetched(text, params, size)) {
      const columns = fields.map((field) => columnOf(field.name));
      yield rows.map((values) => rowObject<Row>(columns, values));
    }
  }

  async *tuples<Row extends readonly SqlValue[]>(
    text: string,
    params: readonly SqlValue[],
    size: number,
  ): AsyncGenerator<Row[]> {
    for await (const { rows } of this.#fetched(text, params, size)) yield rows as unknown as Row[];
  }

  async *#fetched(
    text: string,
    params: readonly SqlValue[],
    size: number,
  ): AsyncGenerator<pg.QueryArrayResult<unknown[]>> {
    const cursor = `c${++this.#cursors}`; // closed by the server at the end of the transaction, whatever happens before
    await this.#query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, params, 'once');
    for (;;) {
      const result = await this.#query(`FETCH ${size} FROM ${cursor}`, [], 'once');
      if (result.rows.length > 0) yield result;
      if (result.rows.length < size) break;
    }
    await this.#query(`CLOSE ${cursor}`, [], 'once');
  }

  async run(text: string, params: readonly SqlValue[] = []): Promise<number> {
    try {
      return (await this.#query(text, params)).rowCount ?? 0;
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async runEach(text: string, rows: readonly (readonly SqlValue[])[]): Promise<EachOutcome> {
    const failed: { index: number; error: Error }[] = [];
    const unchanged: number[] = [];
    for (const [index, row] of rows.entries()) {
      await this.#client.query('SAVEPOINT each_row');
      try {
        if ((await this.run(text, row)) === 0) unchanged.push(index);
        await this.#client.query('RELEASE SAVEPOINT each_row');
      } catch (error) {
        if (!(error instanceof Error) || !isOfTheRow(error)) throw error;
        await this.#client.query('ROLLBACK TO SAVEPOINT each_row');
        failed.push({ index, error });
      }
    }
    return { failed, unchanged };
  }

  async insert(table: string, row: SqlRow): Promise<void> {
    const { text, params } = insertStatement(table, row);
    await this.run(text, params);
  }

  /** `once`: not worth planning for later use, and such texts are without end. */
  #query(
    text: string,
    params: readonly SqlValue[],
    use: 'often' | 'once' = 'often',
  ): Promise<pg.QueryArrayResult<unknown[]>> {
    const values = params.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : bindable(value)));
    const statement = use === 'often' ? statementOf(text) : { text: numbered(text) };
    return this.#client.query({ ...statement, values, rowMode: 'array', types });
  }
}

/** Classes 22 and 23: data and integrity; P0001: raised by a trigger of ours. Anything else is nothing to go on after. */
const isOfTheRow = (error: Error): boolean =>
  error instanceof DomainError || (error instanceof pg.DatabaseError && /^(22|23|P0001)/.test(error.code ?? ''));

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
/** Somebody else was faster with the same number, code or command: seen the second time, it is answered in our own words. */
const UNIQUE_VIOLATION = '23505';
const TRANSIENT: ReadonlySet<string | undefined> = new Set([SERIALIZATION_FAILURE, DEADLOCK, UNIQUE_VIOLATION]);

function mayBeTriedAgain(error: unknown): boolean {
  return error instanceof pg.DatabaseError && TRANSIENT.has(error.code);
}

const READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** With it the transaction is counted among those under way, in the same journey. */
const BEGIN = `BEGIN; SELECT pg_advisory_xact_lock_shared(${WRITERS_LOCK})`;

async function inTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (handle: PostgresHandle) => Promise<T>,
): Promise<T> {
  const client = await connected(pool);
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(new PostgresHandle(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true; // the connection itself is gone, and with it the transaction
    });
    throw asFailure(error);
  } finally {
    client.release(broken);
  }
}

async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw asFailure(error);
  }
}

function extractInto(file: Database.Database, handle: PostgresHandle): Extract {
  return {
    sql: handle,
    put: async (table, columns, select, params) => {
      file.exec(`CREATE TABLE ${table} (${columns.join(', ')})`);
      const rows = await handle.values(select, params);
      const insert = file.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
      for (const row of rows) insert.run(row);
      return rows.length;
    },
    keys: async (table) => file.prepare(`SELECT * FROM ${table}`).pluck().all() as string[],
  };
}

/** Longer than this (ms) nobody waits for a connection: the server is gone, or has more to do than it can. */
const CONNECT_TIMEOUT = 20_000;

/** A migrated PostgreSQL database; `url` as in `postgres://user@host:port/name`. */
export function openPostgresStore(url: string, connections = 10): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
  });
  // A connection may be lost while nobody uses it, or while it is being closed. Whoever needs it next gets another one or is told;
  // an error nobody listens to would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const write = async <T>(work: (trx: Transaction) => Promise<T>, triesLeft = 5): Promise<T> => {
    try {
      return await inTransaction(pool, BEGIN, work);
    } catch (error) {
      if (triesLeft > 0 && mayBeTriedAgain(error)) return write(work, triesLeft - 1);
      throw error;
    }
  };
  return {
    dialect: 'postgres',
    address: { kind: 'postgres', url },
    write: (work) => write(work),
    replicate: ({ origin, beside }, work) =>
      write(async (trx) => {
        if (beside !== undefined) throw new Error('there is nothing beside a PostgreSQL database');
        await trx.all("SELECT set_config('mendway.origin', ?, true)", [origin]);
        return work(trx);
      }),
    read: (work: (sql: Sql) => Promise<never>) => inTransaction(pool, READ, work),
    extract: async (file, work) => {
      const database = new Database(file);
      try {
        for (const setting of ['journal_mode = OFF', 'synchronous = OFF']) database.pragma(setting);
        database.exec('BEGIN');
        const result = await inTransaction(pool, READ, (handle) => work(extractInto(database, handle)));
        database.exec('COMMIT');
        return result;
      } finally {
        database.close();
      }
    },
    close: () => pool.end(),
  };
}
