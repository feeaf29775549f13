import type { FastifyInstance, FastifyRequest } from 'fastify';
import { buffer } from 'node:stream/consumers';
import { DomainError } from '#domain/errors.ts';
import type { PcGate } from '../station/pcs.ts';
import { rpcErrorOf } from '../rpc/router.ts';
import { refuse } from './door.ts';

/**
 * What stands before the operations for other PCs: until one is approved it gets the interface's files, may ask, and may look
 * what has become of it. Without a gate every PC is let in.
 */
export function mountPcs(app: FastifyInstance, gate: PcGate | undefined): void {
  app.get('/pc/state', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    if (!gate) return { state: 'approved' };
    const token = tokenIn(request);
    const pc = await gate.find(token);
    if (pc?.state === 'approved') void reply.header('set-cookie', cookieOf(token)); // lasts as long as it is used
    return pc ? { state: pc.state, name: pc.name, code: pc.code } : { state: 'unknown' };
  });
  if (!gate) return;
  app.addHook('onRequest', async (request, reply) => {
    if (!/^\/(rpc|api)\//.test(request.url) || (await gate.isApproved(tokenIn(request)))) return undefined;
    return refuse(request, reply, new DomainError('pc.not-approved'));
  });
  app.post('/pc/ask', async (request, reply) => {
    try {
      const { token, code } = await gate.ask(await nameIn(request), request.ip);
      return await reply.header('set-cookie', cookieOf(token)).send({ state: 'waiting', code });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const answer = rpcErrorOf(error);
      return reply.code(answer.status).send(answer.toJSON());
    }
  });
}

const MAX_BODY = 2048;

/** @throws DomainError `input.invalid` when it isn't JSON with a name; only our own page sends that type without asking first */
async function nameIn({ headers, raw }: FastifyRequest): Promise<string> {
  const isJson = /^application\/json\b/.test(headers['content-type'] ?? '');
  if (isJson && Number(headers['content-length'] ?? 0) <= MAX_BODY) {
    const name = nameOf((await buffer(raw)).toString());
    if (name !== undefined) return name;
  }
  throw new DomainError('input.invalid', { faults: [{ path: 'name', rule: 'required' }] });
}

function nameOf(json: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    const name = typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : undefined;
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** The prefix makes browsers keep it to this very host, and HTTPS. */
const COOKIE = '__Host-mendway-pc';
const FOUR_HUNDRED_DAYS = 400 * 24 * 60 * 60; // the longest a browser keeps one

function cookieOf(token: string): string {
  return `${COOKIE}=${token}; Path=/; Max-Age=${FOUR_HUNDRED_DAYS}; Secure; HttpOnly; SameSite=Strict`;
}

function tokenIn({ headers }: FastifyRequest): string {
  const cookies = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return cookies.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}
