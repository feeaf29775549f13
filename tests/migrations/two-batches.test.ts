import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '#db/migrate.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** A station that has sent something, as it was before two batches travelled at once. */
const BEFORE = `
  INSERT INTO server_link (id, address, station_id, token, server_database_id, state, pushed_seq, pushed_digest, pull_cursor, scope,
      last_error, last_error_detail, clock_offset, enrolled_at)
    VALUES (1, 'https://server:1', 's-1', 't', 'd-1', 'active', 42, 'abc', '7', '{}', '', '{}', 0, 0);`;

test('schema 19 leaves a station where it has come to with its server', async () => {
  const folder = temporaryFolder();
  const filename = path.join(folder.path, 'mendway.db');
  await migrateSqlite(filename, 18);
  const before = new Database(filename);
  before.exec(BEFORE);
  before.close();

  await migrateSqlite(filename, 19);
  const after = new Database(filename, { readonly: true });
  try {
    const link = after.prepare('SELECT pushed_seq, pushed_digest, sent_seq, sent_digest FROM server_link').get();
    expect(link).toEqual({ pushed_seq: 42, pushed_digest: 'abc', sent_seq: 0, sent_digest: '' });
  } finally {
    after.close();
    folder.remove();
  }
});
