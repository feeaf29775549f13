import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { connect, type TLSSocket } from 'node:tls';
import { DomainError } from '#domain/errors.ts';

/** The asking side of HTTPS: one server, its connections kept alive, and its certificate checked before a byte is sent. */

export type Peer = Readonly<{
  /** `https://host:port` */
  address: string;
  /** SHA-256 of the certificate it must show, as AA:BB:…; null: one that the system's authorities vouch for. */
  fingerprint: string | null;
  /** Nothing heard for this long (ms) means it doesn't answer. */
  timeoutMs: number;
}>;

export type Call = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'HEAD';
  /** With its query. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: Buffer | Readable;
  signal?: AbortSignal;
  /** All of it is on its way. */
  onSent?: () => void;
}>;

export type Answer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The whole of it. Either this or `stream` has to be read to its end, or the stream destroyed. */
  body(): Promise<Buffer>;
  stream: Readable;
}>;

export interface Client {
  /**
   * @throws DomainError `sync.server-unreachable`, `sync.certificate-changed`, `sync.certificate-expired`, `sync.timeout`;
   * the signal's reason when aborted
   */
  request(call: Call): Promise<Answer>;
  close(): void;
}

/** A client of one server. Nothing is sent to whoever can't show the right certificate. */
export function openClient(peer: Peer): Client {
  const target = hostOf(peer.address);
  const agent = new PinningAgent(peer, target);
  const request = async (call: Call): Promise<Answer> => {
    try {
      return await send(peer, target, agent, call);
    } catch (error) {
      // A kept connection that the server gave up in the same moment: it can't have heard the question.
      if (!(error instanceof StaleConnection)) throw error;
      return send(peer, target, agent, call);
    }
  };
  return { request, close: () => agent.destroy() };
}

export type CertificateSeen = Readonly<{
  /** SHA-256 as AA:BB:… */
  fingerprint: string;
  /** PEM */
  certificate: string;
  /** Vouched for by an authority that this system trusts, and for this very name. */
  isPublic: boolean;
  /** ms UTC */
  validFrom: number;
  validTo: number;
}>;

/** What a server shows to somebody who doesn't know it yet. @throws DomainError `sync.server-unreachable`, `sync.timeout` */
export async function inspectCertificate(address: string, timeoutMs = 15_000): Promise<CertificateSeen> {
  const socket = await connected({ address, fingerprint: null, timeoutMs }, hostOf(address));
  const certificate = socket.getPeerX509Certificate();
  const isPublic = socket.authorized;
  socket.destroy();
  if (!certificate) throw new DomainError('sync.server-unreachable', { address, reason: 'TLS' });
  return {
    fingerprint: certificate.fingerprint256,
    certificate: certificate.toString(),
    isPublic,
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
  };
}

type Host = Readonly<{ host: string; port: number }>;

/** @throws DomainError `sync.server-unreachable` when it is no HTTPS address */
function hostOf(address: string): Host {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:') throw new DomainError('sync.server-unreachable', { address, reason: 'https://…' });
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 443) };
}

type OnConnection = (error: Error | null, socket: Duplex) => void;

/**
 * Hands a connection over only when its certificate has been checked. Sessions are never resumed: kept connections make it
 * needless, and so the certificate is shown on each.
 */
class PinningAgent extends Agent {
  readonly #peer: Peer;
  readonly #host: Host;

  constructor(peer: Peer, host: Host) {
    super({ keepAlive: true, maxSockets: 8, maxCachedSessions: 0 });
    this.#peer = peer;
    this.#host = host;
  }

  override createConnection(_options: RequestOptions, done?: OnConnection): undefined {
    const give = done as ((error: Error | null, socket?: Duplex) => void) | undefined; // an error comes without a connection
    void checked(this.#peer, this.#host).then(
      (socket) => give?.(null, socket),
      (error: Error) => give?.(error),
    );
  }
}

/** A connection to the right one. */
async function checked(peer: Peer, host: Host): Promise<TLSSocket> {
  const socket = await connected(peer, host);
  const refusal = refusalOf(peer, socket);
  if (!refusal) return socket;
  socket.destroy();
  throw refusal;
}

/** A TLS connection to whomever; who it is, the caller looks. */
function connected(peer: Peer, { host, port }: Host): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      servername: isIP(host) ? '' : host,
      rejectUnauthorized: false, // `authorized` tells, and refusalOf decides
      ALPNProtocols: ['http/1.1'],
    });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const failed = (error: Error) => fail(asUnreachable(peer, error));
    const timedOut = () => fail(asTimeout(peer));
    const timer = setTimeout(timedOut, peer.timeoutMs);
    socket.once('error', failed);
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.off('error', failed);
      socket.on('error', () => undefined); // lost while nobody uses it
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(timer));
  });
}

function refusalOf({ address, fingerprint }: Peer, socket: TLSSocket): DomainError | undefined {
  const seen = socket.getPeerX509Certificate();
  const found = seen?.fingerprint256 ?? '';
  const isRight = fingerprint === null ? isVouchedFor(socket) : found === fingerprint.toUpperCase();
  if (!seen || !isRight)
    return new DomainError('sync.certificate-changed', { address, expected: fingerprint ?? 'CA', found });
  const [from, to] = [seen.validFromDate, seen.validToDate];
  const now = Date.now();
  if (now >= from.getTime() && now <= to.getTime()) return undefined;
  return new DomainError('sync.certificate-expired', { address, from: day(from), to: day(to) });
}

/** That it has run out is said of itself. */
function isVouchedFor(socket: TLSSocket): boolean {
  const reason = String(socket.authorizationError);
  return socket.authorized || reason === 'CERT_HAS_EXPIRED' || reason === 'CERT_NOT_YET_VALID';
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

class StaleConnection extends Error {}

function send(peer: Peer, { host, port }: Host, agent: Agent, call: Call): Promise<Answer> {
  call.signal?.throwIfAborted();
  const { method, path, signal, body } = call;
  const options = { host, port, agent, method, path, headers: headersOf(call), timeout: peer.timeoutMs };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = httpsRequest(options, (incoming) => resolve(answerOf(peer, incoming, signal)));
  const abort = () => {
    reject(signal?.reason); // at once, though the connection be still on its way
    outgoing.destroy();
  };
  signal?.addEventListener('abort', abort, { once: true });
  outgoing.on('error', (error) => reject(failureOf(peer, outgoing, call, error)));
  outgoing.once('timeout', () => outgoing.destroy(asTimeout(peer)));
  outgoing.once('close', () => signal?.removeEventListener('abort', abort));
  if (call.onSent) outgoing.once('finish', call.onSent);
  void sendBody(outgoing, body).catch((error: Error) => outgoing.destroy(error));
  return promise;
}

function headersOf({ headers = {}, body }: Call): Record<string, string | number> {
  return body instanceof Uint8Array ? { ...headers, 'content-length': body.byteLength } : { ...headers };
}

async function sendBody(outgoing: ClientRequest, body: Buffer | Readable | undefined): Promise<void> {
  if (body === undefined || body instanceof Uint8Array) outgoing.end(body);
  else await pipeline(body, outgoing);
}

function answerOf(peer: Peer, incoming: IncomingMessage, signal: AbortSignal | undefined): Answer {
  const { statusCode = 0, headers } = incoming;
  const body = () =>
    buffer(incoming).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw asUnreachable(peer, error);
    });
  return { status: statusCode, headers, body, stream: incoming };
}

function failureOf(peer: Peer, outgoing: ClientRequest, call: Call, error: Error): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  const isStale = outgoing.reusedSocket && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
  if (isStale && !isStream(call.body)) return new StaleConnection();
  return asUnreachable(peer, error);
}

const isStream = (body: Call['body']): boolean => body !== undefined && !(body instanceof Uint8Array);

function asTimeout({ address, timeoutMs }: Peer): DomainError {
  return new DomainError('sync.timeout', { address, seconds: Math.ceil(timeoutMs / 1000) });
}

function asUnreachable({ address }: Peer, error: unknown): Error {
  if (error instanceof DomainError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = code || (error instanceof Error ? error.message : String(error));
  return new DomainError('sync.server-unreachable', { address, reason });
}
