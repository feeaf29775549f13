import { nextClock, type Clock } from '#domain/clock.ts';
import type { Transaction } from '../store.ts';

/** The next reading of this database's hybrid logical clock. @param now ms UTC */
export async function tick(trx: Transaction, now: number): Promise<Clock> {
  const row = await trx.first<{ lastClock: string; databaseId: string }>(
    `SELECT last_clock, database_id FROM installation${trx.forUpdate}`,
  );
  const next = nextClock(row?.lastClock ?? '', now, nodeOf(row?.databaseId ?? ''));
  await trx.run('UPDATE installation SET last_clock = ?', [next]);
  return next;
}

/** Clocks seen elsewhere: ours goes on after the latest of them. */
export async function observeClock(trx: Transaction, clock: Clock): Promise<void> {
  await trx.run('UPDATE installation SET last_clock = ? WHERE last_clock < ?', [clock, clock]);
}

/** The random end of the database's id: enough to tell two readings of the same instant apart. */
export function nodeOf(databaseId: string): string {
  return databaseId.replaceAll('-', '').slice(-12) || '0';
}
