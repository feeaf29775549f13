import type { Transaction } from '../store.ts';

/** What has ended and is kept for a while only. Each deletes at most `limit` rows and returns how many. */

/** Codes that ran out before `before`, ms UTC, used or not. */
export async function deleteOldCodes(trx: Transaction, before: number, limit: number): Promise<number> {
  return trx.run(
    'DELETE FROM enrolment_codes WHERE id IN (SELECT id FROM enrolment_codes WHERE expires_at < ? LIMIT ?)',
    [before, limit],
  );
}

/** Sessions that ended or ran out before `before`, ms UTC. */
export async function deleteOldSessions(trx: Transaction, before: number, limit: number): Promise<number> {
  return trx.run(
    'DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < ? OR ended_at < ? LIMIT ?)',
    [before, before, limit],
  );
}
