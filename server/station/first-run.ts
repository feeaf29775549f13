import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { RPCHandler } from '@orpc/server/fastify';
import fastify from 'fastify';
import { LOOPBACK } from '../http/door.ts';
import { firstRunRouter } from '../rpc/first-run.ts';
import { createSampleIn } from '../sample/create-in.ts';
import { sampleSignIns } from '../sample/people.ts';
import { createCompanyIn } from './create-company.ts';
import { joiningIn } from './joining.ts';
import { log } from './log.ts';
import { databaseIn } from './service.ts';

/** The page the desktop app shows at its first start; built with the desktop's files. */
const PAGE = path.join(import.meta.dirname, '../../out/electron/first-run');
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const isFirstRunPageBuilt = (): boolean => existsSync(path.join(PAGE, 'index.html'));

type Options = Readonly<{ dataFolder: string; port: number; onListening(address: string): void }>;

/**
 * For a browser on this machine, while the data folder holds no company: making one, joining one, or the sample. Ends when one
 * of them is done and its page has said so, and answers the port, which is then free again.
 */
export async function serveFirstRun({ dataFolder, port, onListening }: Options): Promise<number> {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const address = databaseIn(dataFolder);
  const router = firstRunRouter(
    {
      ...joiningIn(dataFolder),
      createCompany: (input) => createCompanyIn(address, input),
      createSample: async () => {
        await createSampleIn(dataFolder, Date.now());
        return sampleSignIns();
      },
      begin: async () => begin(),
    },
    log,
  );
  const app = await appFor(router);
  const at = await app.listen({ host: '127.0.0.1', port });
  onListening(at);
  await begun;
  await app.close(); // answers what it is being asked, `begin` among it
  return Number(new URL(at).port);
}

async function appFor(router: ReturnType<typeof firstRunRouter>) {
  const rpc = new RPCHandler(router);
  const app = fastify({ forceCloseConnections: 'idle' });
  // The bodies are read by oRPC itself.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' });
    const { origin } = request.headers;
    // A page from elsewhere may neither come under its own name nor send us anything.
    const isOurs = origin === undefined || origin === `http://${request.host}`;
    if (!LOOPBACK.isOurName(request.hostname) || !isOurs) return reply.code(421).send({ code: 'wrong-host' });
    return undefined;
  });
  app.all('/rpc/*', async (request, reply) => {
    const { matched } = await rpc.handle(request, reply, { prefix: '/rpc', context: {} });
    if (!matched) return reply.code(404).send({ code: 'not-found' });
    return reply;
  });
  await app.register(fastifyStatic, { root: PAGE, cacheControl: false });
  return app;
}
