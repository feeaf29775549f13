import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createZstdDecompress } from 'node:zlib';
import { asFailure } from '#db/failures.ts';
import { DomainError } from '#domain/errors.ts';
import { snapshotProgress, unpackAs } from '../protocol.ts';
import type { Answer } from './https.ts';
import { refusalOf, type Line } from './line.ts';

/** `preparing`: the server makes it. `loading`: it comes. `share` from 0 to 1. */
export type SnapshotProgress = Readonly<{ step: 'preparing' | 'loading'; share: number }>;

/** Of what was fetched: the place in the server's change log from which pulling goes on, and the latest clock in its rows. */
export type FetchedSnapshot = Readonly<{ cursor: string; clock: string }>;

type Expected = FetchedSnapshot & Readonly<{ sha256: string; size: number }>;

/** Another snapshot is there now: what has come of the one before can't be gone on with. */
class OtherSnapshot extends Error {}

const BEGINNINGS = 5;

/**
 * Fetches the snapshot of the station's unit into `file`, unpacked and on the disk. A line that is cut is taken up again where
 * it was cut.
 * @throws DomainError what the server refuses with and what the line throws, `sync.bad-body`, `server.disk-full`
 */
export async function fetchSnapshot(
  line: Line,
  file: string,
  onProgress: (progress: SnapshotProgress) => void,
): Promise<FetchedSnapshot> {
  for (let beginning = 1; ; beginning++) {
    try {
      return await fetchOne(line, file, onProgress);
    } catch (error) {
      line.signal.throwIfAborted();
      if (!(error instanceof OtherSnapshot)) throw asFailure(error);
      if (beginning === BEGINNINGS) throw new DomainError('sync.timeout', { address: '', seconds: 0 });
    }
  }
}

async function fetchOne(
  line: Line,
  file: string,
  onProgress: (progress: SnapshotProgress) => void,
): Promise<FetchedSnapshot> {
  const { answer, expected } = await whenReady(line, onProgress);
  const handle = await open(file, 'w', 0o600);
  try {
    const onBytes = (count: number) => onProgress({ step: 'loading', share: count / expected.size });
    await pipeline(
      Readable.from(bytesOf(line, answer, expected, onBytes)),
      createZstdDecompress({ chunkSize: CHUNK_BYTES }),
      intoFile(handle),
      { signal: line.signal },
    );
    await handle.sync();
  } catch (error) {
    throw isTorn(error) ? new DomainError('sync.bad-body') : error;
  } finally {
    await handle.close();
  }
  return expected;
}

const CHUNK_BYTES = 1024 * 1024;

const isTorn = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ZSTD_');

/** Asks again for as long as the server is making it. */
async function whenReady(
  line: Line,
  onProgress: (progress: SnapshotProgress) => void,
): Promise<{ answer: Answer; expected: Expected }> {
  for (;;) {
    const answer = await ask(line, {});
    if (answer.status === 200) return { answer, expected: expectedOf(answer) };
    const body = await answer.body();
    if (answer.status !== 202) throw refusalOf(answer.status, body);
    onProgress({ step: 'preparing', share: (await unpackAs(snapshotProgress, body)).progress });
    await sleep(POLL_MS, undefined, { signal: line.signal });
  }
}

/** The server itself waits a little before it says that it isn't ready. */
const POLL_MS = 200;

async function ask({ client, token, signal }: Line, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return client.request({
    method: 'GET',
    path: '/sync/v1/snapshot',
    headers: { ...headers, authorization: `Bearer ${token}` },
    signal,
  });
}

function expectedOf({ headers }: Answer): Expected {
  const header = (name: string) => String(headers[name] ?? '');
  return {
    sha256: header('x-mendway-sha256'),
    size: Number(header('content-length')),
    cursor: header('x-mendway-cursor'),
    clock: header('x-mendway-clock'),
  };
}

/** How often a line may break before any more has come through it, and the pause (ms) after, which doubles. */
const TRIES = 8;
const PAUSE_MS = 250;

/** The packed bytes, whole and as the server made them, over as many connections as it takes. */
async function* bytesOf(
  line: Line,
  first: Answer,
  { sha256, size }: Expected,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let count = 0;
  let answer: Answer | undefined = first;
  for (let failures = 0; count < size;) {
    try {
      answer ??= await theRest(line, sha256, count);
      for await (const chunk of answer.stream as AsyncIterable<Buffer>) {
        hash.update(chunk);
        count += chunk.length;
        failures = 0;
        onBytes(count);
        yield chunk;
      }
      if (count < size) throw new DomainError('sync.server-unreachable', { address: '', reason: 'ECONNRESET' });
    } catch (error) {
      line.signal.throwIfAborted();
      if (error instanceof OtherSnapshot || !isPassing(error) || ++failures > TRIES) throw error;
      answer = undefined;
      await sleep(PAUSE_MS * 2 ** (failures - 1), undefined, { signal: line.signal });
    }
  }
  if (count > size || hash.digest('hex') !== sha256) throw new DomainError('sync.bad-body');
}

async function theRest(line: Line, sha256: string, from: number): Promise<Answer> {
  const answer = await ask(line, from === 0 ? {} : { range: `bytes=${from}-`, 'if-range': sha256 });
  if (answer.status >= 400) throw refusalOf(answer.status, await answer.body());
  if (answer.headers['x-mendway-sha256'] === sha256 && (answer.status === 206 || from === 0)) return answer;
  answer.stream.destroy();
  throw new OtherSnapshot();
}

/** What the line does to us, and a server that is in trouble for a while; what it refuses stays refused. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof DomainError)) return error instanceof Error && 'code' in error;
  return PASSING.has(error.code);
}

const PASSING: ReadonlySet<string> = new Set([
  'sync.server-unreachable',
  'sync.timeout',
  'sync.server-failed',
  'server.database-unavailable',
]);

const SYNC_EVERY_BYTES = 64 * CHUNK_BYTES;

/** Brought to the disk as it comes, so that nobody waits for all of it at the end. */
function intoFile(handle: FileHandle): Writable {
  let since = 0;
  let syncing: Promise<unknown> = Promise.resolve();
  const write = async (chunk: Buffer) => {
    await handle.appendFile(chunk);
    since += chunk.length;
    if (since < SYNC_EVERY_BYTES) return;
    since = 0;
    await syncing;
    syncing = handle.datasync();
    syncing.catch(() => undefined); // told when it is waited for
  };
  return new Writable({
    highWaterMark: 4 * CHUNK_BYTES,
    write: (chunk: Buffer, _encoding, done) => void write(chunk).then(() => done(), done),
    final: (done) => void syncing.then(() => done(), done),
  });
}
