/** What other systems can be told of. */
export const WEBHOOK_EVENTS = [
  'work-order.registered',
  'work-order.state-changed',
  'settlement.made',
  'stock-document.posted',
  'customer.changed',
  'request.made',
  'request.answered',
] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long to wait after each failure, ms; after the last the delivery is given up, two days and a half after the first. */
const WAITS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR] as const;

/** When to try again after so many failures, ms UTC; null: it is given up. */
export function nextAttempt(failures: number, now: number): number | null {
  const wait = WAITS[failures - 1];
  return wait === undefined ? null : now + wait;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Only encrypted, but to this machine itself; a password in an address would be kept and shown. */
export function isWebhookAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

/** Under which name it is kept how far the change log has been told. */
export const WEBHOOKS_READER = 'webhooks';
