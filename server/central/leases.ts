import { claimLease, isLeaseHeld, prolongLease, releaseLease, type Lease } from '#db/repositories/leases.ts';
import type { Store, Transaction } from '#db/store.ts';

/** How long a process that says nothing more still counts as at work. */
export const LEASE_MS = 30_000;
const CLOCKS_DIFFER_MS = 60_000;

/** The process was too slow, or stopped for a while: somebody else does its work now. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

export type LeaseHost = Readonly<{
  store: Store;
  now(): number;
  /** Of this process. */
  holder: string;
  leaseMs: number;
}>;

/** Work that is done under a lease. */
export type HeldLease = Readonly<{
  /** Aborted when the lease is lost. */
  signal: AbortSignal;
  /** Changes data only while the lease is held: whoever has lost it can't write behind the back of the next. @throws LeaseLostError */
  write<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
}>;

/** The latest that a lease can say, ms UTC. */
const latestOf = ({ now, leaseMs }: LeaseHost, everyMs: number): number =>
  now() + Math.max(leaseMs, everyMs) + CLOCKS_DIFFER_MS;

/** Whether it is worth trying to get it. */
export function isLeaseDue(host: LeaseHost, lease: Lease | undefined, everyMs: number): boolean {
  return lease === undefined || lease.until <= host.now() || lease.until > latestOf(host, everyMs);
}

/**
 * Does the work if it is due and nobody else is at it; due again after what `work` answers, ms, or sooner if this process dies.
 * @param everyMs longest time it may rest
 */
export async function underLease(
  host: LeaseHost,
  name: string,
  everyMs: number,
  work: (lease: HeldLease) => Promise<number>,
): Promise<void> {
  const { store, now, holder, leaseMs } = host;
  const until = now() + leaseMs;
  const latest = latestOf(host, everyMs);
  if (!(await store.write((trx) => claimLease(trx, { name, holder, until }, now(), latest)))) return;
  const lost = new AbortController();
  const renewal = setInterval(() => void renew(host, name, lost), leaseMs / 3);
  try {
    const rest = await work({ signal: lost.signal, write: (change) => writeUnder(host, name, change) });
    await store.write((trx) => releaseLease(trx, { name, holder, until: now() + rest }));
  } finally {
    clearInterval(renewal);
  }
}

async function writeUnder<T>(host: LeaseHost, name: string, work: (trx: Transaction) => Promise<T>): Promise<T> {
  return host.store.write(async (trx) => {
    if (!(await isLeaseHeld(trx, name, host.holder))) throw new LeaseLostError(name);
    return work(trx);
  });
}

/** A renewal that fails is tried again at the next; in the end the lease runs out, and writing under it says so. */
async function renew({ store, now, holder, leaseMs }: LeaseHost, name: string, lost: AbortController): Promise<void> {
  const isHeld = await store
    .write((trx) => prolongLease(trx, { name, holder, until: now() + leaseMs }))
    .catch(() => true);
  if (!isHeld) lost.abort(new LeaseLostError(name));
}
