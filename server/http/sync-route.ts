import { pipeline, Transform } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CentralSync, SyncRequest } from '#sync/central/index.ts';

/** The stations' side door at the central server: it reads and answers bodies itself. */
export type SyncDoor = Pick<CentralSync, 'handle'>;

const PREFIX = '/sync/v1';
const MAX_BODY = 32 * 1024 * 1024;

export function mountSync(app: FastifyInstance, sync: SyncDoor): void {
  app.all(`${PREFIX}/*`, async (request, reply) => {
    const { status, headers, body } = await sync.handle(asSyncRequest(request));
    return reply.code(status).headers(headers).send(body);
  });
}

function asSyncRequest({ method, url, headers, raw }: FastifyRequest): SyncRequest {
  const { pathname, searchParams } = new URL(url, 'https://localhost');
  const single = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  // What is read is bounded, whatever the sender says of its length.
  const body = pipeline(raw, atMost(MAX_BODY), () => undefined);
  return {
    method,
    path: pathname.slice(PREFIX.length),
    headers: Object.fromEntries(single),
    query: searchParams,
    body,
  };
}

function atMost(limit: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > limit) done(new Error(`a body of more than ${limit} bytes`));
      else done(null, chunk);
    },
  });
}
