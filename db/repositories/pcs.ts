import type { Sql, Transaction } from '../store.ts';

/** Other PCs of the station: each asks once and is approved, or not, by an administrator. Known by the hash of its token. */
export type Pc = Readonly<{
  id: string;
  name: string;
  code: string;
  state: 'waiting' | 'approved' | 'refused';
  address: string;
  askedAt: number;
  decidedAt: number | null;
  lastSeenAt: number | null;
}>;

const COLUMNS = 'id, name, code, state, address, asked_at, decided_at, last_seen_at';

export async function pcByToken(sql: Sql, tokenHash: string): Promise<Pc | undefined> {
  return sql.first<Pc>(`SELECT ${COLUMNS} FROM pcs WHERE token_hash = ?`, [tokenHash]);
}

export async function pcById(trx: Transaction, id: string): Promise<Pc | undefined> {
  return trx.first<Pc>(`SELECT ${COLUMNS} FROM pcs WHERE id = ?${trx.forUpdate}`, [id]);
}

export type ListedPc = Pc & Readonly<{ decidedBy: string | null }>;

/** Those that wait first, then by name. */
export async function listPcs(sql: Sql): Promise<ListedPc[]> {
  return sql.all<ListedPc>(
    `SELECT p.id, p.name, p.code, p.state, p.address, p.asked_at, p.decided_at, p.last_seen_at, e.name AS decided_by
     FROM pcs p LEFT JOIN employees e ON e.id = p.decided_by_id
     ORDER BY CASE p.state WHEN 'waiting' THEN 0 WHEN 'approved' THEN 1 ELSE 2 END, p.name, p.asked_at DESC`,
  );
}

export async function waitingPcs(trx: Transaction): Promise<Pick<Pc, 'id' | 'code' | 'address'>[]> {
  return trx.all(`SELECT id, code, address FROM pcs WHERE state = 'waiting' ORDER BY asked_at, id`);
}

export async function dropPc(trx: Transaction, id: string): Promise<void> {
  await trx.run('DELETE FROM pcs WHERE id = ?', [id]);
}

/** Those nobody decided about since `waitingSince`, and those refused before `refusedSince` (ms UTC). */
export async function dropOldPcs(trx: Transaction, waitingSince: number, refusedSince: number): Promise<void> {
  await trx.run(
    `DELETE FROM pcs WHERE (state = 'waiting' AND asked_at < ?) OR (state = 'refused' AND decided_at < ?)`,
    [waitingSince, refusedSince],
  );
}

export type PcDecision = Readonly<{ id: string; state: Pc['state']; name: string; byId: string; at: number }>;

export async function decidePc(trx: Transaction, { id, state, name, byId, at }: PcDecision): Promise<void> {
  await trx.run('UPDATE pcs SET state = ?, name = ?, decided_by_id = ?, decided_at = ? WHERE id = ?', [
    state,
    name,
    byId,
    at,
    id,
  ]);
}

export async function notePcSeen(trx: Transaction, id: string, at: number): Promise<void> {
  await trx.run('UPDATE pcs SET last_seen_at = ? WHERE id = ?', [at, id]);
}
