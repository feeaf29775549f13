import type { Transaction } from '../store.ts';

/** The next number, from 1, of a sequence; rolled back with its transaction, so there are no gaps. */
export async function nextInSequence(trx: Transaction, key: string): Promise<number> {
  return takeFromSequence(trx, key, 1);
}

/** Takes `count` numbers at once and returns the last of them. */
export async function takeFromSequence(trx: Transaction, key: string, count: number): Promise<number> {
  const row = await trx.first<{ last: number }>(
    'INSERT INTO sequences (key, last) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET last = sequences.last + excluded.last RETURNING last',
    [key, count],
  );
  if (!row) throw new Error(`no sequence ${key}`);
  return row.last;
}

const TURNS = 7_240_002;

/**
 * Whoever comes with the same key waits until this transaction has ended: for what no row can be locked for, because it is
 * not there yet. On SQLite nobody else writes anyway.
 */
export async function takeTurn(trx: Transaction, key: string): Promise<void> {
  if (trx.dialect === 'postgres') await trx.all('SELECT pg_advisory_xact_lock(?, hashtext(?))', [TURNS, key]);
}
