import { hash } from 'node:crypto';
import type { Sql, Transaction } from '../store.ts';
import { seenBy, type StationScope } from './scope.ts';
import { syncedTable } from './tables.ts';

/** Contents of attachments, which travel in pieces by their hash. */

export async function hasContent(sql: Sql, sha256: string): Promise<boolean> {
  return (await sql.first('SELECT 1 AS one FROM attachment_contents WHERE sha256 = ?', [sha256])) !== undefined;
}

export async function contentOf(sql: Sql, sha256: string): Promise<Uint8Array | undefined> {
  const row = await sql.first<{ content: Uint8Array }>('SELECT content FROM attachment_contents WHERE sha256 = ?', [
    sha256,
  ]);
  return row?.content;
}

/** Bytes of a content that have come from a sender so far. */
export async function bytesReceived(sql: Sql, sha256: string, stationId: string): Promise<number> {
  const row = await sql.first<{ bytes: number }>(
    'SELECT COALESCE(SUM(LENGTH(content)), 0) AS bytes FROM attachment_pieces WHERE sha256 = ? AND station_id = ?',
    [sha256, stationId],
  );
  return row?.bytes ?? 0;
}

export type Piece = Readonly<{ sha256: string; stationId: string; position: number; content: Uint8Array }>;

/**
 * Keeps a piece; with the last one the content is whole and kept, if it is what its hash says.
 * @param size bytes of the whole. Returns the bytes there are now: 0 when the whole was not what it should be and begins anew
 */
export async function keepPiece(trx: Transaction, piece: Piece, size: number): Promise<number> {
  const { sha256, stationId } = piece;
  if (await hasContent(trx, sha256)) return size;
  await trx.insert('attachment_pieces', piece);
  const received = piece.position + piece.content.byteLength;
  if (received < size) return received;
  const pieces = await trx.all<{ content: Uint8Array }>(
    'SELECT content FROM attachment_pieces WHERE sha256 = ? AND station_id = ? ORDER BY position',
    [sha256, stationId],
  );
  const content = Buffer.concat(pieces.map((one) => one.content));
  await trx.run('DELETE FROM attachment_pieces WHERE sha256 = ? AND station_id = ?', [sha256, stationId]);
  if (hash('sha256', content, 'hex') !== sha256) return 0;
  await trx.run('INSERT INTO attachment_contents (sha256, content) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING', [
    sha256,
    content,
  ]);
  return size;
}

/** Bytes of an attachment that the unit has; undefined when it has none with this hash. */
export async function sizeOfOwn(sql: Sql, sha256: string, unitId: string): Promise<number | undefined> {
  const row = await sql.first<{ size: number }>('SELECT size FROM attachments WHERE sha256 = ? AND unit_id = ?', [
    sha256,
    unitId,
  ]);
  return row?.size;
}

/** Whether the station sees an attachment with this hash. */
export async function isSeen(sql: Sql, sha256: string, scope: StationScope): Promise<boolean> {
  const table = syncedTable('attachments');
  if (!table) throw new Error('attachments are not synchronised');
  const row = await sql.first(`SELECT 1 AS one FROM attachments t WHERE t.sha256 = ? AND ${seenBy(scope, table)}`, [
    sha256,
  ]);
  return row !== undefined;
}

/** At a station: contents of its own that the server is not known to have, the oldest first. */
export async function unsentContents(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.all<{ sha256: string }>(
    `SELECT a.sha256 FROM attachments a JOIN attachment_contents c ON c.sha256 = a.sha256
     WHERE a.unit_id = (SELECT unit_id FROM installation)
       AND NOT EXISTS (SELECT 1 FROM attachments_sent s WHERE s.sha256 = a.sha256)
     GROUP BY a.sha256 ORDER BY MIN(a.created_at), a.sha256 LIMIT ?`,
    [limit],
  );
  return rows.map(({ sha256 }) => sha256);
}

export async function noteSent(trx: Transaction, sha256: string): Promise<void> {
  await trx.run('INSERT INTO attachments_sent (sha256) VALUES (?) ON CONFLICT (sha256) DO NOTHING', [sha256]);
}

/** At a station: contents that are missing, those somebody waits for first, then its own. Others stay at the server. */
export async function missingContents(sql: Sql, limit: number): Promise<{ sha256: string; size: number }[]> {
  return sql.all(
    `SELECT a.sha256, MAX(a.size) AS size FROM attachments a LEFT JOIN attachments_wanted w ON w.sha256 = a.sha256
     WHERE (a.unit_id = (SELECT unit_id FROM installation) OR w.sha256 IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM attachment_contents c WHERE c.sha256 = a.sha256)
     GROUP BY a.sha256 ORDER BY CASE WHEN MAX(w.at) IS NULL THEN 1 ELSE 0 END, MIN(a.created_at), a.sha256 LIMIT ?`,
    [limit],
  );
}

export async function wantContent(trx: Transaction, sha256: string, at: number): Promise<void> {
  await trx.run('INSERT INTO attachments_wanted (sha256, at) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING', [
    sha256,
    at,
  ]);
}

export async function noteFetched(trx: Transaction, sha256: string): Promise<void> {
  await trx.run('DELETE FROM attachments_wanted WHERE sha256 = ?', [sha256]);
  await noteSent(trx, sha256);
}
