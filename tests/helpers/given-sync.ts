import { v7 as uuidv7 } from 'uuid';
import type { Store } from '#db/store.ts';
import { columnsOf } from '#db/sync/columns.ts';
import { syncedTable } from '#db/sync/tables.ts';

/** Rows of synchronisation as agent and server write them; nothing has to run for it. */

const AT = Date.parse('2026-03-15T01:00:00Z');

type Values = Readonly<Record<string, string | number | null>>;

/** The database belongs to a company's server; all that is in its change log waits to be sent. */
export async function givenLink(store: Store, values: Values = {}): Promise<void> {
  await store.write((trx) =>
    trx.insert('server_link', {
      id: 1,
      address: 'https://mendway.example:4871',
      fingerprint: 'ab12'.repeat(16),
      certificate: null,
      stationId: 'station-here',
      token: 'secret',
      serverDatabaseId: 'central',
      state: 'active',
      pushedSeq: 0,
      pushedDigest: '',
      pullCursor: '',
      scope: '',
      lastAttemptAt: AT,
      lastSuccessAt: AT,
      lastError: '',
      lastErrorDetail: '',
      wantedAt: null,
      clockOffset: 0,
      enrolledAt: AT,
      ...values,
    }),
  );
}

/** Everything so far has arrived at the server. */
export async function givenAllSent(store: Store): Promise<void> {
  await store.write((trx) =>
    trx.run('UPDATE server_link SET pushed_seq = COALESCE((SELECT MAX(seq) FROM change_log), 0)'),
  );
}

export async function givenRefusal(store: Store, values: Values = {}): Promise<string> {
  const id = uuidv7();
  await store.write((trx) =>
    trx.insert('sync_refusals', {
      id,
      stationId: 'station-here',
      direction: 'out',
      tableName: 'customers',
      rowId: uuidv7(),
      code: 'sync.breaks-a-rule',
      detail: '{}',
      content: '',
      at: AT,
      attempts: 1,
      ...values,
    }),
  );
  return id;
}

/** A row as it travels, as the JSON that is kept of it when it is refused: its columns in their order, null where none is given. */
export async function givenContent(store: Store, tableName: string, values: Values): Promise<string> {
  const table = syncedTable(tableName);
  if (!table) throw new Error(`${tableName} is not synchronised`);
  const columns = await store.read((sql) => columnsOf(sql, table));
  return JSON.stringify(columns.map(({ name }) => values[name] ?? null));
}

/** A unit below the one that the database serves. */
export async function givenUnit(store: Store, values: Values = {}): Promise<string> {
  const id = uuidv7();
  await store.write((trx) =>
    trx.insert('units', {
      id,
      code: `U${id.slice(-6).toUpperCase()}`,
      name: '长宁站',
      kind: 'outlet',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      version: 1,
      createdAt: AT,
      ...values,
    }),
  );
  return id;
}

/** A station as its server knows it; without anything the matter unless said so. */
export async function givenStation(store: Store, unitId: string, values: Values = {}): Promise<string> {
  const id = uuidv7();
  await store.write((trx) =>
    trx.insert('stations', {
      id,
      unitId,
      name: '前台电脑',
      tokenHash: id,
      databaseId: id,
      state: 'active',
      pushedSeq: 0,
      pushedDigest: '',
      pullCursor: '',
      programVersion: '1.0.0',
      schemaVersion: 10,
      databaseSize: 12_345_678,
      pendingCount: 0,
      pendingSince: null,
      refusedCount: 0,
      clockSkew: 0,
      problem: '',
      announced: '[]',
      enrolledAt: AT,
      lastSeenAt: AT,
      lastSuccessAt: AT,
      version: 1,
      ...values,
    }),
  );
  return id;
}
