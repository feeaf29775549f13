import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { DomainError, type ErrorCode } from '#domain/errors.ts';
import { LATEST_VERSION } from '#db/migrate.ts';
import { isBefore, leftOutUpTo } from '#db/repositories/change-log.ts';
import { installationOf } from '#db/repositories/installation.ts';
import { endOfLog } from '#db/sync/log.ts';
import { settledTurn } from '#db/settled.ts';
import { scopeOfUnit } from '#db/sync/scope.ts';
import type { SnapshotContent } from '#db/sync/snapshot-file.ts';
import { hasSentSince } from '#db/sync/stations.ts';
import type { DatabaseAddress, Sql, Store } from '#db/store.ts';

/** Snapshots for stations to come, each made once and kept for a day: what has changed since, a station fetches by pulling. */

export type SnapshotKeeper = Readonly<{
  read: Store['read'];
  address: DatabaseAddress;
  dataFolder: string;
  now(): number;
  newId(): string;
}>;

export type SnapshotTask = Readonly<{ address: DatabaseAddress; unitId: string; file: string }>;
/** Of the packed file; sizes in bytes. */
export type MadeSnapshot = SnapshotContent & Readonly<{ sha256: string; size: number; unpackedSize: number }>;
export type SnapshotTold = Readonly<
  { progress: number } | { made: MadeSnapshot } | { failed: { code: ErrorCode | null; message: string } }
>;

const DAY = 24 * 60 * 60_000;

const keptSnapshotSchema = z.object({
  file: z.string(),
  sha256: z.string(),
  size: z.number(),
  unpackedSize: z.number(),
  cursor: z.object({ turn: z.number(), seq: z.number() }),
  region: z.string(),
  units: z.array(z.string()),
  clock: z.string(),
  madeAt: z.number(), // ms UTC
  schema: z.number(),
  databaseId: z.string(),
});
export type KeptSnapshot = Readonly<z.output<typeof keptSnapshotSchema>>;

const folderOf = ({ dataFolder }: Pick<SnapshotKeeper, 'dataFolder'>): string => path.join(dataFolder, 'snapshots');

/** The snapshot that is there for a unit, if its station can go on from it. */
export async function keptSnapshot(keeper: SnapshotKeeper, unitId: string): Promise<KeptSnapshot | undefined> {
  const kept = read(path.join(folderOf(keeper), `${unitId}.json`));
  if (!kept || !isWhole(kept) || isOld(kept, keeper.now())) return undefined;
  const settled = await keeper.read(settledTurn);
  return (await keeper.read((sql) => isStillTrue(sql, unitId, kept, settled))) ? kept : undefined;
}

function read(note: string): KeptSnapshot | undefined {
  if (!existsSync(note)) return undefined;
  const parsed = keptSnapshotSchema.safeParse(JSON.parse(readFileSync(note, 'utf8')));
  return parsed.success ? parsed.data : undefined;
}

const isWhole = ({ file, size }: KeptSnapshot): boolean => statSync(file, { throwIfNoEntry: false })?.size === size;

/** One from the future was made before the clock was set back. */
const isOld = ({ madeAt }: KeptSnapshot, now: number): boolean => Math.abs(now - madeAt) >= DAY;

/**
 * What the unit itself has sent since is not in it, and a station isn't told by pulling what its own unit did: then it takes
 * a new one.
 */
async function isStillTrue(sql: Sql, unitId: string, kept: KeptSnapshot, settled: number): Promise<boolean> {
  const { cursor, schema, databaseId, region, units } = kept;
  if (schema !== LATEST_VERSION || databaseId !== (await installationOf(sql))?.databaseId) return false;
  if (isBefore(cursor, await leftOutUpTo(sql)) || isBefore(await endOfLog(sql, settled), cursor)) return false;
  const scope = await scopeOfUnit(sql, unitId);
  if (scope.region !== region || scope.units.join() !== units.join()) return false;
  return !(await hasSentSince(sql, unitId, cursor, scope));
}

type Making = Readonly<{ progress(): number; made: Promise<KeptSnapshot>; abandon(): void }>;

/** Of this process: whoever asks for one that is being made waits for the same. */
const underWay = new Map<string, Making>();

export function makeSnapshot(keeper: SnapshotKeeper, unitId: string): Making {
  const key = path.join(folderOf(keeper), unitId);
  const known = underWay.get(key);
  if (known) return known;
  const making = begin(keeper, unitId);
  underWay.set(key, making);
  making.made.catch(() => undefined).finally(() => underWay.delete(key));
  return making;
}

/** The server is being closed. */
export function abandonSnapshots(keeper: Pick<SnapshotKeeper, 'dataFolder'>): void {
  for (const [key, making] of underWay) if (path.dirname(key) === folderOf(keeper)) making.abandon();
}

const WORKER = new URL(`./snapshot-worker${path.extname(import.meta.url)}`, import.meta.url);

function begin(keeper: SnapshotKeeper, unitId: string): Making {
  const folder = folderOf(keeper);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = path.join(folder, `${unitId}-${keeper.newId()}.draft`);
  const task: SnapshotTask = { address: keeper.address, unitId, file: draft };
  const worker = new Worker(WORKER, { workerData: task });
  let progress = 0;
  const told = new Promise<MadeSnapshot>((resolve, reject) => {
    worker.on('message', (message: SnapshotTold) => {
      if ('progress' in message) progress = message.progress;
      else if ('made' in message) resolve(message.made);
      else reject(failureOf(message.failed));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a snapshot's thread ended with ${code}`)));
  });
  const made = told
    .then((content) => keep(keeper, unitId, draft, content))
    .finally(() => {
      for (const name of readdirSync(folder))
        if (name.startsWith(path.basename(draft))) remove(path.join(folder, name));
    });
  return { progress: () => progress, made, abandon: () => void worker.terminate() };
}

const failureOf = ({ code, message }: { code: ErrorCode | null; message: string }): Error =>
  code ? new DomainError(code) : new Error(message);

/** First the file, then the note that says it is there. */
async function keep(keeper: SnapshotKeeper, unitId: string, draft: string, made: MadeSnapshot): Promise<KeptSnapshot> {
  const folder = folderOf(keeper);
  const databaseId = (await keeper.read(installationOf))?.databaseId ?? '';
  const file = path.join(folder, `${unitId}-${made.sha256.slice(0, 16)}.db.zst`);
  const kept = { ...made, units: [...made.units], file, madeAt: keeper.now(), schema: LATEST_VERSION, databaseId };
  renameSync(draft, file);
  writeFileSync(`${draft}.note`, JSON.stringify(kept), { mode: 0o600, flush: true });
  renameSync(`${draft}.note`, path.join(folder, `${unitId}.json`));
  for (const name of readdirSync(folder))
    if (name.startsWith(`${unitId}-`) && name.endsWith('.db.zst') && name !== path.basename(file))
      remove(path.join(folder, name));
  return kept;
}

/** Takes away what nobody is given any more, and what a crash left. */
export function dropOldSnapshots({ dataFolder, now }: Pick<SnapshotKeeper, 'dataFolder' | 'now'>): void {
  const folder = folderOf({ dataFolder });
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats && Math.abs(now() - stats.mtimeMs) >= DAY) remove(file);
  }
}

/** Where a file can't be removed while somebody reads it, it is the next time. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // on Windows only
  }
}
