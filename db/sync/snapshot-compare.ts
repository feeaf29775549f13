import Database from 'better-sqlite3';
import { SYNCED_TABLES, type SyncedTable } from './tables.ts';

/**
 * Finds out how a station's database differs from a new snapshot, and writes it into the snapshot's file: `gone` names rows that
 * are no longer seen or have become others, `news` those that are missing or stand otherwise. Rows that this station
 * itself writes are left out of both. Takes seconds, so it runs in a thread of its own; the station goes on meanwhile.
 */
export function compareSnapshot(snapshot: string, station: string): void {
  const database = new Database(snapshot);
  try {
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -65536');
    database.prepare('ATTACH ? AS here').run(station);
    database.exec('CREATE TABLE gone (table_name TEXT NOT NULL, row_id TEXT NOT NULL) STRICT');
    database.exec('CREATE TABLE news (table_name TEXT NOT NULL, row_id TEXT NOT NULL) STRICT');
    database.transaction(() => {
      for (const table of SYNCED_TABLES) {
        note(database, 'gone', table, 'here', 'main');
        note(database, 'news', table, 'main', 'here');
      }
    })();
  } finally {
    database.close();
  }
}

type Schema = 'here' | 'main';

/** Rows on one side for which there is no equal one on the other. */
function note(
  database: Database.Database,
  list: 'gone' | 'news',
  table: SyncedTable,
  side: Schema,
  other: Schema,
): void {
  const { name, key, writer } = table;
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name) as string[];
  const equal = (alias: string) => `(${columns.map((column) => `${alias}.${column}`).join(', ')})`;
  const isOthers = writer === 'unit' ? 't.unit_id <> (SELECT unit_id FROM here.installation)' : '1 = 1';
  database.exec(
    `INSERT INTO ${list} (table_name, row_id) SELECT '${name}', t.${key} FROM ${side}.${name} t WHERE ${isOthers}
       AND NOT EXISTS (SELECT 1 FROM ${other}.${name} o WHERE o.${key} = t.${key} AND ${equal('o')} IS ${equal('t')})
     ORDER BY t.${key}`,
  );
}
