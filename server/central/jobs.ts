import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { allLeases } from '#db/repositories/leases.ts';
import type { DatabaseAddress, Sql, Store } from '#db/store.ts';
import type { Environment } from '#operations/operation.ts';
import { isLeaseDue, LEASE_MS, LeaseLostError, underLease, type HeldLease, type LeaseHost } from './leases.ts';
import { expireSnapshots, prepareSnapshots } from './snapshots.ts';
import { compactChangeLog, expireCodes, expireDeliveries, expireSessions } from './upkeep.ts';
import { deliverToWebhooks } from './webhooks/deliver.ts';
import { tellWebhooks } from './webhooks/tell.ts';

/**
 * Work on a timetable. However many processes serve one database, each job is done by one of them at a time, and by another
 * one when it dies. A job may be cut off anywhere and be done again: what it writes goes through `write`.
 */
export type Job = Readonly<{
  name: string;
  everyMs: number;
  /** A look that costs little, so that what has nothing to do writes nothing. */
  isWanted?(sql: Sql, now: number): Promise<boolean>;
  run(ctx: JobContext): Promise<void>;
}>;

export type JobContext = HeldLease &
  Readonly<{ environment: Environment; read: Store['read']; address: DatabaseAddress; dataFolder: string }>;

export type JobHost = Readonly<{
  environment: Environment;
  store: Store;
  dataFolder: string;
  log(message: string): void;
}>;

const JOBS: readonly Job[] = [
  tellWebhooks,
  deliverToWebhooks,
  compactChangeLog,
  expireCodes,
  expireDeliveries,
  expireSessions,
  prepareSnapshots,
  expireSnapshots,
];

/** A job that failed is tried again after this time at the latest. */
const RETRY_MS = 60_000;

type Pace = Readonly<{ lookMs: number; leaseMs: number }>;

/** Does what is due until stopped. All of it may be run at a station as well as at the central server. */
export function startJobs(
  host: JobHost,
  jobs = JOBS,
  { lookMs, leaseMs }: Pace = { lookMs: 1000, leaseMs: LEASE_MS },
): { stop(): Promise<void> } {
  const leases: LeaseHost = { store: host.store, now: host.environment.now, holder: uuidv7(), leaseMs };
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const begin = (job: Job) => {
    const turn = takeTurn(host, leases, job, stopping.signal)
      .catch((error: unknown) => host.log(`${job.name}: ${messageOf(error)}`))
      .finally(() => running.delete(job.name));
    running.set(job.name, turn);
  };
  const look = async () => {
    const idle = jobs.filter(({ name }) => !running.has(name));
    const due = await dueOf(leases, idle);
    if (!stopping.signal.aborted) due.forEach(begin);
  };
  const looking = everySoOften(look, lookMs, (error) => host.log(`jobs: ${messageOf(error)}`));
  return {
    stop: async () => {
      stopping.abort(new Error('stopped'));
      await looking.stop();
      await Promise.all(running.values());
    },
  };
}

/** Again and again, each time after the last has ended. */
function everySoOften(work: () => Promise<void>, pauseMs: number, onError: (error: unknown) => void) {
  const stopped = new AbortController();
  const loop = async () => {
    while (!stopped.signal.aborted) {
      await work().catch(onError);
      await sleep(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return { stop: () => (stopped.abort(), ended) };
}

async function dueOf(host: LeaseHost, jobs: readonly Job[]): Promise<Job[]> {
  return host.store.read(async (sql) => {
    const leases = new Map((await allLeases(sql)).map((lease) => [lease.name, lease]));
    const due: Job[] = [];
    for (const job of jobs)
      if (isLeaseDue(host, leases.get(job.name), job.everyMs) && ((await job.isWanted?.(sql, host.now())) ?? true))
        due.push(job);
    return due;
  });
}

async function takeTurn(host: JobHost, leases: LeaseHost, job: Job, stopping: AbortSignal): Promise<void> {
  const { store, environment, dataFolder } = host;
  await underLease(leases, job.name, job.everyMs, async (lease) => {
    const signal = AbortSignal.any([lease.signal, stopping]);
    try {
      const { address } = store;
      await job.run({ ...lease, signal, environment, read: (work) => store.read(work), address, dataFolder });
      return job.everyMs;
    } catch (error) {
      if (error instanceof LeaseLostError || stopping.aborted) return 0;
      host.log(`${job.name} failed and will be tried again: ${messageOf(error)}`);
      return Math.min(job.everyMs, RETRY_MS);
    }
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
