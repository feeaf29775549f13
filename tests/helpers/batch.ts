import Database from 'better-sqlite3';
import { batchTable } from '#db/sync/batch.ts';

export type BatchTable = readonly [
  table: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | bigint | Buffer | null)[])[],
];

/** Rows as they travel, see db/sync/batch. What is `added` nobody sends who means well. */
export function givenBatch(tables: readonly BatchTable[], added = ''): Buffer {
  const database = new Database(':memory:');
  for (const [table, columns, rows] of tables) {
    database.exec(`CREATE TABLE ${batchTable(table)} (${columns.join(', ')})`);
    const insert = database.prepare(`INSERT INTO ${batchTable(table)} VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run(row);
  }
  database.exec(added);
  const content = tables.length === 0 && added === '' ? Buffer.alloc(0) : database.serialize();
  database.close();
  return content;
}
