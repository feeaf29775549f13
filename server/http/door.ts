import { isIP } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#domain/errors.ts';
import type { Certificate } from '../tls/certificate.ts';
import { rpcErrorOf } from '../rpc/router.ts';
import type { PcGate } from '../station/pcs.ts';
import type { SyncDoor } from './sync-route.ts';

/** How a service stands open: to this machine only, or over HTTPS to a network. */
export type Door = Readonly<{
  /** Without one, plain HTTP: for loopback only. */
  certificate?: Certificate | undefined;
  /** Whether a call may address us by this name. */
  isOurName(hostname: string): boolean;
  /** Other PCs have to be approved first. */
  pcs?: PcGate | undefined;
  /** Of the central server: where stations synchronise. */
  sync?: SyncDoor | undefined;
}>;

/** For browsers on this machine. */
export const LOOPBACK: Door = {
  isOurName: (hostname) => ['localhost', '127.0.0.1', '::1'].includes(bare(hostname)),
};

/**
 * For a network. A page of another site that got its own name to point here (DNS rebinding) comes with that name, so names have
 * to be ours; an address can only be where we are.
 *
 * Calls from pages of other sites are no danger beyond that: who calls is told by the session's token in a header, which a page
 * of another site doesn't know, and a browser sends it for no other origin without asking us first. The cookie of an approved PC
 * opens nothing by itself, and is kept from other sites' calls (SameSite=Strict).
 */
export function networkDoor(certificate: Certificate, names: readonly string[]): Door {
  const own = new Set([...certificate.names, ...names.map((name) => name.toLowerCase())]);
  const isWildcardOf = (name: string) => own.has(name.replace(/^[^.]+/, '*'));
  return {
    certificate,
    isOurName: (hostname) => {
      const name = bare(hostname);
      return isIP(name) !== 0 || own.has(name) || isWildcardOf(name);
    },
  };
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** Refuses a call before its body has been read, in the words of the protocol it came by. */
export function refuse(request: FastifyRequest, reply: FastifyReply, error: DomainError): FastifyReply {
  const answer = rpcErrorOf(error);
  const body = answer.toJSON();
  return reply.code(answer.status).send(request.url.startsWith('/rpc/') ? { json: body } : body);
}
