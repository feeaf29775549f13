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
