import { expect, test } from 'vitest';
import { instantOfId } from '#domain/sync/instant-of-id.ts';
import { syncState, type LinkFacts } from '#domain/sync/link-state.ts';

const NOW = Date.parse('2026-03-15T09:00:00Z');
const FINE: LinkFacts = { state: 'active', lastError: '', lastSuccessAt: NOW - 5000 };

test('a station without a server is alone', () => {
  expect(syncState(undefined, 0, NOW)).toBe('alone');
});

test.each<[fact: string, link: Partial<LinkFacts>, pending: number, state: string]>([
  ['all has been exchanged', {}, 0, 'ok'],
  ['documents wait', {}, 3, 'waiting'],
  ['a snapshot is being taken in', { state: 'rebuilding' }, 0, 'waiting'],
  ['nothing has been exchanged yet', { lastSuccessAt: null }, 3, 'never'],
  ['the server was never reached', { lastSuccessAt: null, lastError: 'sync.server-unreachable' }, 0, 'offline'],
  ['the line is down', { lastError: 'sync.server-unreachable' }, 3, 'offline'],
  ['nobody has tried for long', { lastSuccessAt: NOW - 10 * 60_000 }, 0, 'offline'],
  ['head office suspended the station', { state: 'suspended' }, 0, 'stopped'],
  ['the key was revoked', { state: 'revoked', lastError: 'sync.server-unreachable' }, 3, 'stopped'],
  ['the database is a copy', { state: 'cloned' }, 0, 'stopped'],
  ['the program is too old', { state: 'outdated' }, 0, 'stopped'],
  ['the certificate is another one', { lastError: 'sync.certificate-changed' }, 0, 'stopped'],
])('when %s, the station says so', (_fact, link, pending, state) => {
  expect(syncState({ ...FINE, ...link }, pending, NOW)).toBe(state);
});

test('the id of a row tells when it was made', () => {
  expect(instantOfId('019cf0b4-5c80-7abc-8def-0123456789ab')).toBe(0x019cf0b45c80);
  expect(instantOfId('7d444840-9dc0-11d1-b245-5ffdce74fad2')).toBeUndefined();
  expect(instantOfId('')).toBeUndefined();
});
