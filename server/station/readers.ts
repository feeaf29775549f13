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
type Reader = { worker: Worker; waiting: Map<number, Waiting> };

// One for short look-ups while the other is busy with a long report.
const READERS = 2;

// As the worker's own file: TypeScript in the source tree, JavaScript in a bundle.
const WORKER = new URL(`./reader-worker${path.extname(import.meta.url)}`, import.meta.url);

export function openReaders(address: DatabaseAddress, station: Station): Readers {
  const setup: ReaderSetup = { address, station };
  const readers: Reader[] = Array.from({ length: READERS }, () => start(setup));
  let nextId = 0;

  const query = (query: ReaderQuery, signal?: AbortSignal) =>
    new Promise<unknown>((resolve, reject) => {
      signal?.throwIfAborted();
      const reader = leastBusy(readers);
      const id = ++nextId;
      reader.waiting.set(id, { resolve, reject });
      reader.worker.postMessage({ id, ...query });
      signal?.addEventListener('abort', () => cancel(reader, id, signal.reason, setup), { once: true });
    });

  const close = async () => {
    await Promise.all(readers.map((reader) => reader.worker.terminate()));
  };
  return { query, close };
}

function start(setup: ReaderSetup): Reader {
  const reader: Reader = { worker: new Worker(WORKER, { workerData: setup }), waiting: new Map() };
  listen(reader, setup);
  return reader;
}

function listen(reader: Reader, setup: ReaderSetup): void {
  const { worker } = reader;
  worker.on('message', (answer: ReaderAnswer) => settle(reader, answer));
  worker.on('error', (error) => {
    // A thread that died takes its own queries with it, not the service.
    if (reader.worker === worker) restart(reader, setup, error);
  });
}

function settle(reader: Reader, answer: ReaderAnswer): void {
  const waiting = reader.waiting.get(answer.id);
  reader.waiting.delete(answer.id);
  if (!waiting) return;
  if (answer.ok) waiting.resolve(answer.value);
  else waiting.reject(answer.code ? new DomainError(answer.code, answer.details) : new Error(answer.message));
}

/** Nothing is written by a reader, so a query that is no longer wanted is ended with its thread; the others are asked again by their callers. */
function cancel(reader: Reader, id: number, reason: unknown, setup: ReaderSetup): void {
  const waiting = reader.waiting.get(id);
  if (!waiting) return;
  reader.waiting.delete(id);
  waiting.reject(reason);
  if (reader.waiting.size > 0) return; // others wait for the same thread: it finishes, and the answer is dropped
  const old = reader.worker;
  restart(reader, setup, reason);
  void old.terminate();
}

function restart(reader: Reader, setup: ReaderSetup, reason: unknown): void {
  for (const waiting of reader.waiting.values()) waiting.reject(reason);
  reader.waiting = new Map();
  reader.worker = new Worker(WORKER, { workerData: setup });
  listen(reader, setup);
}

function leastBusy(readers: readonly Reader[]): Reader {
  const reader = readers.toSorted((a, b) => a.waiting.size - b.waiting.size)[0];
  if (!reader) throw new Error('no readers');
  return reader;
}
