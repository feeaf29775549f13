import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Actor } from '#domain/access/actor.ts';
import { DomainError, type ErrorCode, type ErrorDetails } from '#domain/errors.ts';
import type { DatabaseAddress } from '#db/open.ts';
import type { OperationName } from '#operations/index.ts';
import type { Station } from '#operations/operation.ts';

/** Threads with read-only connections: a list, search or report of any length holds up neither the window nor the writer. */
export interface Readers {
  /** @throws DomainError; the signal's reason when aborted */
  query(query: ReaderQuery, signal?: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

export type ReaderQuery = Readonly<{ operation: OperationName; actor: Actor; input: unknown }>;
export type ReaderSetup = Readonly<{ address: DatabaseAddress; station: Station }>;
export type ReaderAnswer = Readonly<
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; code: ErrorCode | null; details: ErrorDetails; message: string }
>;

type Waiting = Readonly<{ resolve(value: unknown): void; reject(error: unknown): void }>;
/** Without a worker before the first query, and after one has died. */
type Reader = { worker: Worker | undefined; waiting: Map<number, Waiting> };

// One for short look-ups while the other is busy with a long report.
const READERS = 2;

// As the worker's own file: TypeScript in the source tree, JavaScript in a bundle.
const WORKER = new URL(`./reader-worker${path.extname(import.meta.url)}`, import.meta.url);

export function openReaders(address: DatabaseAddress, station: Station): Readers {
  const setup: ReaderSetup = { address, station };
  // Each thread starts with the first query it is asked: a station that only synchronises does without their memory.
  const readers: Reader[] = Array.from({ length: READERS }, () => ({ worker: undefined, waiting: new Map() }));
  let nextId = 0;
  let isClosed = false;

  const query = (query: ReaderQuery, signal?: AbortSignal) =>
    new Promise<unknown>((resolve, reject) => {
      signal?.throwIfAborted();
      if (isClosed) throw new Error('the readers are closed');
      const reader = leastBusy(readers);
      const id = ++nextId;
      reader.waiting.set(id, { resolve, reject });
      if (!reader.worker) reader.worker = startWorker(reader, setup);
      reader.worker.postMessage({ id, ...query });
      signal?.addEventListener('abort', () => cancel(reader, id, signal.reason, setup), { once: true });
    });

  const close = async () => {
    isClosed = true;
    const workers = readers.flatMap(({ worker }) => worker ?? []);
    for (const reader of readers) abandon(reader, new Error('the readers are closed'));
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  return { query, close };
}

/** A thread that died, of an error or without a word, takes its own queries with it, not the service. */
function startWorker(reader: Reader, setup: ReaderSetup): Worker {
  const worker = new Worker(WORKER, { workerData: setup });
  const isCurrent = () => reader.worker === worker;
  worker.on('message', (answer: ReaderAnswer) => settle(reader, answer));
  worker.on('error', (error) => isCurrent() && abandon(reader, error));
  worker.on('exit', (code) => isCurrent() && abandon(reader, new Error(`a reader thread ended with ${code}`)));
  return worker;
}

function settle(reader: Reader, answer: ReaderAnswer): void {
  const waiting = reader.waiting.get(answer.id);
  reader.waiting.delete(answer.id);
  if (!waiting) return;
  if (answer.ok) waiting.resolve(answer.value);
  else waiting.reject(answer.code ? new DomainError(answer.code, answer.details) : new Error(answer.message));
}

/** Nothing is written by a reader, so a query that is no longer wanted is ended with its thread. */
function cancel(reader: Reader, id: number, reason: unknown, setup: ReaderSetup): void {
  const waiting = reader.waiting.get(id);
  if (!waiting) return;
  reader.waiting.delete(id);
  waiting.reject(reason);
  if (reader.waiting.size > 0) return; // others wait for the same thread: it finishes, and the answer is dropped
  const { worker } = reader;
  abandon(reader, reason);
  void worker?.terminate();
  reader.worker = startWorker(reader, setup); // ready before the next query comes
}

/** The next query starts a new thread: one that can't start at all is not started again and again for nobody. */
function abandon(reader: Reader, reason: unknown): void {
  const { waiting } = reader;
  reader.waiting = new Map();
  reader.worker = undefined;
  for (const { reject } of waiting.values()) reject(reason);
}

function leastBusy(readers: readonly Reader[]): Reader {
  const reader = readers.toSorted((a, b) => a.waiting.size - b.waiting.size)[0];
  if (!reader) throw new Error('no readers');
  return reader;
}
