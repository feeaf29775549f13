import { DomainError, type ErrorCode } from '#domain/errors.ts';
import { z } from 'zod';
import { LATEST_VERSION } from '#db/migrate.ts';
import { installationOf } from '#db/repositories/installation.ts';
import { refusalCount, serverLink, type ServerLink } from '#db/repositories/server-link.ts';
import { countAfter, databaseSize, lastEntry, noteLink, unsentNumbers } from '#db/sync/link.ts';
import type { Sql, Store } from '#db/store.ts';
import type { Environment } from '#operations/operation.ts';
import { PROGRAM_VERSION } from '../program.ts';
import { PROTOCOL_VERSION, type HelloRequest } from '../protocol.ts';
import { pullContents, pushContents } from './contents.ts';
import { askElsewhere } from './elsewhere.ts';
import { openClient, type Client } from './https.ts';
import { ask, type Line } from './line.ts';
import { takeNewSnapshot } from './new-snapshot.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import type { Station } from './station.ts';

/**
 * Keeps a station and its server alike for as long as the station runs: soon after something was done here, every few seconds
 * otherwise, less often while the line is down. What it finds it writes to `server_link`, where screens read it.
 */
export type Agent = Readonly<{ wake(): void; stop(): Promise<void> }>;

type Setup = Readonly<{ environment: Environment; store: Store; dataFolder: string; log(line: string): void }>;

const TICK_MS = 1000;
const TIMEOUT_MS = 60_000;
/** Between two rounds with nothing to send. */
const IDLE_MS = Number(process.env['MENDWAY_SYNC_INTERVAL_MS'] ?? 10_000);
/** The pause after failures doubles from here up to there. */
const [SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS] = [Math.min(2000, IDLE_MS), Math.max(60_000, IDLE_MS)];

export function startAgent(setup: Setup): Agent {
  const stopped = new AbortController();
  let wake: () => void = () => undefined;
  const nap = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, TICK_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    const round = roundsOf(setup, stopped.signal);
    while (!stopped.signal.aborted) {
      await round.runIfDue().catch((error: unknown) => setup.log(error instanceof Error ? String(error.stack) : ''));
      if (!stopped.signal.aborted) await nap();
    }
    round.close();
  };
  const done = loop();
  return {
    wake: () => wake(),
    stop: async () => {
      stopped.abort(new Error('the station is being closed'));
      wake();
      await done;
    },
  };
}

type Rounds = Readonly<{ runIfDue(): Promise<void>; close(): void }>;

function roundsOf(setup: Setup, signal: AbortSignal): Rounds {
  const { store } = setup;
  let client: Client | undefined;
  let speaksTo = '';
  let dueAt = 0;
  let failures = 0;
  let seenEntry = -1;
  let servedWish: number | null = null;
  const runIfDue = async () => {
    const link = await store.read(serverLink);
    if (!link) return;
    const last = await store.read(lastEntry);
    // Another wish than the last one; which of two is later, a clock that was set back can't say.
    const isWanted = link.wantedAt !== null && link.wantedAt !== servedWish;
    const isNews = last !== seenEntry && failures === 0 && link.state === 'active';
    // The clock of this machine may jump: only how much time has gone by counts here.
    if (!isWanted && !isNews && performance.now() < dueAt) return;
    if (link.state === 'revoked' || link.state === 'cloned') return;
    const peer = `${link.address} ${link.fingerprint}`;
    if (!client || speaksTo !== peer) {
      client?.close();
      client = openClient({ address: link.address, fingerprint: link.fingerprint, timeoutMs: TIMEOUT_MS });
      speaksTo = peer;
    }
    servedWish = link.wantedAt;
    const isGood = await attempt(setup, { client, token: link.token, signal }, link);
    failures = isGood ? 0 : failures + 1;
    seenEntry = last;
    dueAt = performance.now() + pauseAfter(failures);
  };
  return { runIfDue, close: () => client?.close() };
}

function pauseAfter(failures: number): number {
  if (failures === 0) return IDLE_MS;
  const pause = Math.min(SHORTEST_PAUSE_MS * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_MS);
  return pause * (0.75 + Math.random() / 2); // so that hundreds of stations don't come back in the same second
}

/** Head office learns of a copy that has stopped itself; if it can't be told now, the copy's own screen says it. */
async function reportCopy({ environment, store, log }: Setup, line: Line, link: ServerLink): Promise<void> {
  const state = await store.read((sql) => stateOf(sql, environment.now(), link));
  await ask(line, 'hello', JSON.stringify({ ...state, problem: 'sync.cloned' }), helloAnswer).catch((error: unknown) =>
    log(`the copy could not be reported: ${error instanceof Error ? error.message : String(error)}`),
  );
}

/** One round; what went wrong is noted. Returns whether all went well. */
async function attempt(setup: Setup, line: Line, link: ServerLink): Promise<boolean> {
  const { environment, store, dataFolder, log } = setup;
  const { now } = environment;
  await store.write((trx) => noteLink(trx, { lastAttemptAt: now() }));
  try {
    const installation = await store.read(installationOf);
    if (!installation) throw new Error('no company in this database');
    const { databaseId, unitId } = installation;
    const station: Station = { store, dataFolder, databaseId, unitId, now, newId: environment.newId, log };
    await synchronise(station, line, link);
    await store.write((trx) =>
      noteLink(trx, { state: 'active', lastError: '', lastErrorDetail: '{}', lastSuccessAt: now() }),
    );
    return true;
  } catch (error) {
    if (line.signal.aborted) return false;
    await noteFailure(store, error);
    if (error instanceof DomainError && error.code === 'sync.cloned') await reportCopy(setup, line, link);
    log(`synchronisation: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Codes after which the station stands otherwise until somebody does something. */
const STATE_AFTER: Partial<Record<ErrorCode, ServerLink['state']>> = {
  'sync.suspended': 'suspended',
  'sync.revoked': 'revoked',
  'sync.unknown-station': 'revoked',
  'sync.cloned': 'cloned',
  'sync.schema-newer': 'outdated',
  'sync.schema-older': 'outdated',
};

async function noteFailure(store: Store, error: unknown): Promise<void> {
  const { code, details } = error instanceof DomainError ? error : { code: 'sync.failed' as const, details: {} };
  const state = STATE_AFTER[code];
  await store.write((trx) =>
    noteLink(trx, { lastError: code, lastErrorDetail: JSON.stringify(details), ...(state && { state }) }),
  );
  if (!(error instanceof DomainError)) throw error;
}

async function synchronise(station: Station, line: Line, link: ServerLink): Promise<void> {
  await sayHello(station, line, link);
  await push(station, line, link);
  const reason = await pull(station, line, link);
  if (reason) await beginAnew(station, line, reason);
  await askElsewhere(station, line);
  // After the documents, which somebody may wait for.
  await pushContents(station, line);
  await pullContents(station, line);
}

/** What was sent before is in the snapshot; what has come since is fetched as ever. */
async function beginAnew(station: Station, line: Line, reason: string): Promise<void> {
  station.log(`synchronisation: a new snapshot, because of ${reason}`);
  await takeNewSnapshot(station, line);
  const link = await station.store.read(serverLink);
  if (link) await pull(station, line, link);
}

const helloAnswer = z.object({ now: z.number(), serverDatabaseId: z.string() });

async function sayHello(station: Station, line: Line, link: ServerLink): Promise<void> {
  const state = await station.store.read((sql) => stateOf(sql, station.now(), link));
  const answer = await ask(line, 'hello', JSON.stringify(state), helloAnswer);
  if (answer.serverDatabaseId !== link.serverDatabaseId) throw new DomainError('sync.wrong-server');
  await station.store.write((trx) => noteLink(trx, { clockOffset: answer.now - station.now() }));
}

async function stateOf(sql: Sql, now: number, link: ServerLink): Promise<HelloRequest> {
  return {
    protocol: PROTOCOL_VERSION,
    schema: LATEST_VERSION,
    program: PROGRAM_VERSION,
    databaseId: (await installationOf(sql))?.databaseId ?? '',
    now,
    databaseSize: await databaseSize(sql),
    pendingCount: await countAfter(sql, link.pushedSeq),
    refusedCount: await refusalCount(sql),
    problem: '',
    announced: await unsentNumbers(sql, link.pushedSeq),
  };
}
