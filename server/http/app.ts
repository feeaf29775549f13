import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { RPCHandler } from '@orpc/server/fastify';
import { RequestHeadersPlugin } from '@orpc/server/plugins';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { describeApi } from '../rpc/openapi.ts';
import { routerOf } from '../rpc/router.ts';
import type { StationService } from '../station/service.ts';
import type { Certificate } from '../tls/certificate.ts';
import { mountApiPage } from './api-page.ts';
import { type Door, LOOPBACK } from './door.ts';
import {
  boundBody,
  CLOSING_TIME,
  HANDSHAKE_TIMEOUT,
  HEADERS_TIMEOUT,
  MAX_CONNECTIONS,
  SERVER_OPTIONS,
} from './limits.ts';
import { mountPcs } from './pc-gate.ts';
import { mountSync } from './sync-route.ts';

const RENDERER = path.join(import.meta.dirname, '../../out/renderer');

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** The same operations as typed RPC under /rpc and as HTTP API under /api, and the interface itself. */
export async function createHttpApp(
  service: StationService,
  onBug: (error: unknown) => void,
  door: Door = LOOPBACK,
): Promise<FastifyInstance> {
  const app = listenerOf(door.certificate);
  // The bodies are read by oRPC itself.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    if (!door.isOurName(request.hostname)) return reply.code(421).send({ code: 'wrong-host' });
    return boundBody(service, request, reply);
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) onBug(error);
    return reply.code(status).send({ code: status >= 500 ? 'internal' : 'bad-request' });
  });
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), CLOSING_TIME).unref();
  });
  mountPcs(app, door.pcs);
  await mountApiPage(app);
  mountOperations(app, service, onBug);
  if (door.sync) mountSync(app, door.sync);
  if (existsSync(RENDERER)) await app.register(fastifyStatic, { root: RENDERER, cacheControl: false });
  return app;
}

function listenerOf(certificate: Certificate | undefined): FastifyInstance {
  const tls = certificate && { cert: certificate.cert, key: certificate.key, handshakeTimeout: HANDSHAKE_TIMEOUT };
  // Only the socket beneath differs; the types would have it another application.
  const app = (tls ? fastify({ ...SERVER_OPTIONS, https: tls }) : fastify(SERVER_OPTIONS)) as FastifyInstance;
  app.server.headersTimeout = HEADERS_TIMEOUT;
  app.server.maxConnections = MAX_CONNECTIONS;
  return app;
}

function mountOperations(app: FastifyInstance, service: StationService, onBug: (error: unknown) => void): void {
  const router = routerOf(service, onBug);
  const plugins = [new RequestHeadersPlugin()];
  const rpc = new RPCHandler(router, { plugins });
  const api = new OpenAPIHandler(router, { plugins });
  app.get('/api/openapi.json', describeApi);
  app.all('/rpc/*', async (request, reply) => {
    const { matched } = await rpc.handle(request, reply, { prefix: '/rpc', context: { source: request.ip } });
    if (!matched) return reply.code(404).send({ code: 'not-found' });
    return reply;
  });
  app.all('/api/*', async (request, reply) => {
    const { matched } = await api.handle(request, reply, { prefix: '/api', context: { source: request.ip } });
    if (!matched) return reply.code(404).send({ code: 'not-found' });
    return reply;
  });
}
