import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { RPCHandler } from '@orpc/server/fastify';
import { RequestHeadersPlugin } from '@orpc/server/plugins';
import fastify, { type FastifyInstance } from 'fastify';
import { describeApi } from '../rpc/openapi.ts';
import { routerOf } from '../rpc/router.ts';
import type { StationService } from '../station/service.ts';

const RENDERER = path.join(import.meta.dirname, '../../out/renderer');
const MAX_BODY = 128 * 1024 * 1024; // ten photos in one form

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** The same operations as typed RPC under /rpc and as HTTP API under /api, and the interface itself. Loopback only. */
export async function createHttpApp(
  service: StationService,
  onBug: (error: unknown) => void,
): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: MAX_BODY });
  const router = routerOf(service, onBug);
  const plugins = [new RequestHeadersPlugin()];
  const rpc = new RPCHandler(router, { plugins });
  const api = new OpenAPIHandler(router, { plugins });

  // The bodies are read by oRPC itself.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    // A page of another site that got its name to point here (DNS rebinding) comes with that name.
    if (!isLoopback(request.hostname)) return reply.code(421).send({ code: 'wrong-host' });
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) return reply.code(413).send({ code: 'too-large' });
    return undefined;
  });

  app.get('/api/openapi.json', describeApi);
  app.all('/rpc/*', async (request, reply) => {
    const { matched } = await rpc.handle(request, reply, { prefix: '/rpc', context: {} });
    if (!matched) return reply.code(404).send({ code: 'not-found' });
    return reply;
  });
  app.all('/api/*', async (request, reply) => {
    const { matched } = await api.handle(request, reply, { prefix: '/api', context: {} });
    if (!matched) return reply.code(404).send({ code: 'not-found' });
    return reply;
  });
  if (existsSync(RENDERER)) await app.register(fastifyStatic, { root: RENDERER, cacheControl: false });
  return app;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]' || hostname === '::1';
}
