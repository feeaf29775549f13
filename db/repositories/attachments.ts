import { hash } from 'node:crypto';
import type { Sql, Transaction } from '../store.ts';

export type NewAttachment = Readonly<{
  id: string;
  unitId: string;
  entity: string;
  entityId: string;
  kind: 'photo' | 'signature' | 'document';
  name: string;
  mediaType: string;
  createdById: string;
  createdAt: number;
}>;
export type Attachment = NewAttachment & Readonly<{ size: number; sha256: string }>;

/** Saved with its document in the same transaction; the same content is kept once. */
export async function insertAttachment(
  trx: Transaction,
  attachment: NewAttachment,
  content: Uint8Array,
): Promise<void> {
  const sha256 = hash('sha256', content, 'hex');
  await trx.run('INSERT INTO attachment_contents (sha256, content) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING', [
    sha256,
    content,
  ]);
  await trx.insert('attachments', { ...attachment, size: content.byteLength, sha256 });
}

export async function attachmentsOf(sql: Sql, entityId: string): Promise<Attachment[]> {
  return sql.all<Attachment>('SELECT * FROM attachments WHERE entity_id = ? ORDER BY created_at, id', [entityId]);
}

export async function attachmentContent(
  sql: Sql,
  id: string,
): Promise<{ mediaType: string; name: string; content: Uint8Array } | undefined> {
  return sql.first(
    'SELECT a.media_type, a.name, c.content FROM attachments a JOIN attachment_contents c ON c.sha256 = a.sha256 WHERE a.id = ?',
    [id],
  );
}
