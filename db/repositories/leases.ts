import type { Sql, Transaction } from '../store.ts';

/**
 * `until`, ms UTC: while somebody holds it, when it is anybody's again unless prolonged; at rest (`holder` is ''), when the work
 * is next due.
 */
export type Lease = Readonly<{ name: string; holder: string; until: number }>;

export async function allLeases(sql: Sql): Promise<Lease[]> {
  return sql.all<Lease>('SELECT name, holder, until FROM leases');
}

/**
 * Takes a lease that is due; of several who try at once one gets it.
 * @param latest ms UTC: what says to be held or to rest for longer was written by a clock that has been set back since
 */
export async function claimLease(trx: Transaction, lease: Lease, now: number, latest: number): Promise<boolean> {
  const changed = await trx.run(
    `INSERT INTO leases (name, holder, until) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
     WHERE leases.until <= ? OR leases.until > ?`,
    [lease.name, lease.holder, lease.until, now, latest],
  );
  return changed === 1;
}

/** False if somebody else has it by now. */
export async function prolongLease(trx: Transaction, { name, holder, until }: Lease): Promise<boolean> {
  return (await trx.run('UPDATE leases SET until = ? WHERE name = ? AND holder = ?', [until, name, holder])) === 1;
}

/** Gives it back; the work is due again at `until`. */
export async function releaseLease(trx: Transaction, { name, holder, until }: Lease): Promise<void> {
  await trx.run(`UPDATE leases SET holder = '', until = ? WHERE name = ? AND holder = ?`, [until, name, holder]);
}

/** Whether it is still held; nobody can take it before this transaction has ended. */
export async function isLeaseHeld(trx: Transaction, name: string, holder: string): Promise<boolean> {
  const row = await trx.first(`SELECT name FROM leases WHERE name = ? AND holder = ?${trx.forUpdate}`, [name, holder]);
  return row !== undefined;
}
