import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isWebhookAddress } from '#domain/webhooks.ts';
import { InnerAddressError, lookupOuter, requireOuterHost } from './addresses.ts';

const TIMEOUT_MS = 10_000;
const SHORT_BYTES = 64 * 1024;

/** On intranets and in tests, where receivers are in the network the server stands in. */
const mayBeInner = (): boolean => process.env['MENDWAY_WEBHOOK_PRIVATE'] === '1';

export type Message = Readonly<{ url: string; secret: string; event: string; deliveryId: string; body: string }>;

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`: who knows the secret knows that it is ours, and when it was sent. */
function signatureOf(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/**
 * Sends a message; '' when it was taken with a status of 2xx, else the kind of failure. A redirect is not followed: the address
 * was allowed, not the one it points to.
 * @param now ms UTC
 * @throws the signal's reason when aborted
 */
export async function sendMessage(message: Message, now: number, signal: AbortSignal): Promise<string> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const status = await post(message, now, AbortSignal.any([signal, timeout]));
    if (status >= 200 && status < 300) return '';
    return `${status >= 300 && status < 400 ? 'redirect' : 'status'}:${status}`;
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) return 'timeout';
    if (error instanceof InnerAddressError) return 'inner-address';
    return `connection:${codeOf(error)}`;
  }
}

function post({ url, secret, event, deliveryId, body }: Message, now: number, signal: AbortSignal): Promise<number> {
  const { protocol, hostname } = new URL(url);
  if (!isWebhookAddress(url)) throw new InnerAddressError(url);
  const isGuarded = !mayBeInner();
  if (isGuarded) requireOuterHost(hostname);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Mendway',
    'mendway-event': event,
    'mendway-delivery': deliveryId,
    'mendway-signature': signatureOf(body, secret, Math.floor(now / 1000)),
  };
  const options = { method: 'POST', headers, signal, ...(isGuarded ? { lookup: lookupOuter } : {}) };
  return new Promise((resolve, reject) => {
    const call = (protocol === 'https:' ? requestHttps : requestHttp)(url, options, (answer) => {
      // Nobody reads what it says beside its status; a short answer leaves the connection for the next message.
      if (Number(answer.headers['content-length'] ?? Infinity) <= SHORT_BYTES) answer.resume();
      else answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    call.on('error', reject).end(body);
  });
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
