import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '#domain/errors.ts';
import { openReader } from '#db/open.ts';
import { operations } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { environmentOf } from '../environment.ts';
import type { ReaderAnswer, ReaderQuery, ReaderSetup } from './readers.ts';

/** A reader thread: runs queries, one after the other, on its own read-only connection. */

const { address, station } = workerData as ReaderSetup;
const environment = environmentOf(openReader(address), station);

async function answer({ id, operation, actor, input }: ReaderQuery & { id: number }): Promise<ReaderAnswer> {
  try {
    return { id, ok: true, value: await perform(environment, operations[operation], { actor, commandId: '', input }) };
  } catch (error) {
    if (error instanceof DomainError)
      return { id, ok: false, code: error.code, details: error.details, message: error.message };
    return {
      id,
      ok: false,
      code: null,
      details: {},
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

parentPort?.on('message', (query: ReaderQuery & { id: number }) => {
  void answer(query).then((reply) => parentPort?.postMessage(reply));
});
