import { ORPCError, os } from '@orpc/server';
import { DomainError, type ErrorCode, type ErrorDetails } from '#domain/errors.ts';
import { operationNames, type OperationName } from '#operations/index.ts';
import type { ServiceRequest, StationService } from '../station/service.ts';
import { followed, PROGRESS_HEADER } from './follow.ts';

/** What a call brings along, over HTTP and over a port alike. */
export type CallContext = Readonly<{
  reqHeaders?: Headers | undefined;
  /** The address it came from, over a network. */
  source?: string | undefined;
}>;

/** HTTP statuses of the refusals that aren't simply 422. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  'access.denied': 403,
  'command.replayed-differently': 409,
  'document.changed': 409,
  'input.invalid': 400,
  'not-found': 404,
  'pc.asked-too-often': 429,
  'pc.not-approved': 403,
  'server.database-unavailable': 503,
  'server.disk-full': 507,
  'session.required': 401,
  'sign-in.locked': 429,
  'sign-in.too-many': 429,
  'sign-in.wrong': 401,
};

/** Every operation as a procedure `area.verb`, with its HTTP route `POST /area/verb-noun`. */
export function routerOf(service: StationService, onBug: (error: unknown) => void) {
  const router: Record<string, Record<string, ReturnType<typeof procedureOf>>> = {};
  for (const name of operationNames) {
    const [area = '', verb = ''] = name.split('.');
    (router[area] ??= {})[verb] = procedureOf(service, name, onBug);
  }
  return router;
}

export function routeOf(name: OperationName) {
  const [area = '', verb = ''] = name.split('.');
  return { method: 'POST', path: `/${kebab(area)}/${kebab(verb)}`, tags: [area], operationId: name } as const;
}

function procedureOf(service: StationService, name: OperationName, onBug: (error: unknown) => void) {
  return os
    .$context<CallContext>()
    .route(routeOf(name))
    .handler(async ({ input, context, signal }) => {
      const headers = context.reqHeaders;
      const request = {
        operation: name,
        token: tokenOf(headers?.get('authorization')),
        source: context.source,
        commandId: headers?.get('idempotency-key') ?? undefined,
        input: input ?? {},
        signal,
      };
      const perform = (waiting: Pick<ServiceRequest, 'onProgress'>) =>
        performed(service, { ...request, ...waiting }, onBug);
      return headers?.get(PROGRESS_HEADER) === '1' ? followed(perform) : perform({});
    });
}

async function performed(
  service: StationService,
  request: ServiceRequest,
  onBug: (error: unknown) => void,
): Promise<unknown> {
  try {
    return await service.perform(request);
  } catch (error) {
    // That it has ended is what was wanted; nobody hears of it any more.
    if (request.signal?.aborted) throw error;
    throw asRpcError(error, onBug);
  }
}

/** The session's token, as every call brings it along. */
export function tokenOf(authorization: string | null | undefined): string {
  return authorization?.replace(/^Bearer /i, '') ?? '';
}

/** A refusal with its code and details, as every client knows it; anything else is a bug, reported and not told. */
export function asRpcError(error: unknown, onBug: (error: unknown) => void): unknown {
  if (error instanceof DomainError) return rpcErrorOf(error);
  onBug(error);
  return error;
}

export const statusOf = (code: ErrorCode): number => STATUS[code] ?? 422;

export function rpcErrorOf({ code, details }: DomainError): ORPCError<ErrorCode, ErrorDetails> {
  return new ORPCError(code, { status: statusOf(code), data: details });
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
