import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { DomainError } from '#domain/errors.ts';
import { tokenOf } from '../rpc/router.ts';
import type { StationService } from '../station/service.ts';
import { refuse } from './door.ts';

/** How long, how much and how many at once: whoever keeps us waiting or sends without end is cut off. */

const SECOND = 1000;
const MEGABYTE = 1024 * 1024;

/** Ten photos in one form. */
const MAX_BODY = 128 * MEGABYTE;
/** What somebody may send before we know who it is: a sign-in. */
const MAX_UNKNOWN = 64 * 1024;
/** What stations send. */
const MAX_SYNC = 32 * MEGABYTE;

export const SERVER_OPTIONS = {
  bodyLimit: MAX_BODY,
  // The whole of a request: 32 MB over a line of 1 Mbit/s.
  requestTimeout: 300 * SECOND,
  // Longer than a station's pause between two questions, so that its connection is kept.
  keepAliveTimeout: 75 * SECOND,
  forceCloseConnections: 'idle',
  return503OnClosing: false,
} as const satisfies FastifyServerOptions;

/** When the service stops, what has been begun may take this long (ms) to end. */
export const CLOSING_TIME = 5 * SECOND;

/** Whoever takes longer to say what he wants isn't a browser. */
export const HEADERS_TIMEOUT = 30 * SECOND;
export const HANDSHAKE_TIMEOUT = 20 * SECOND;
export const MAX_CONNECTIONS = 2000;

/** Looks at the length of a body before a byte of it is read. @returns the reply when it has been refused */
export async function boundBody(
  service: StationService,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding, authorization } = request.headers;
  const isSync = request.url.startsWith('/sync/');
  if (Number(length ?? 0) > (isSync ? MAX_SYNC : MAX_BODY)) return reply.code(413).send({ code: 'too-large' });
  if (isSync) return undefined; // counted while it is read
  if (encoding !== undefined) return reply.code(411).send({ code: 'length-required' });
  if (Number(length ?? 0) <= MAX_UNKNOWN || (await service.isSignedIn(tokenOf(authorization)))) return undefined;
  return refuse(request, reply, new DomainError('session.required'));
}
