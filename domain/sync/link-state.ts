/** How a station stands with its server, in the one word that the top bar shows. */

/** As the station's agent knows it: all but `active` and `rebuilding` have stopped it. */
export type LinkState = 'active' | 'suspended' | 'revoked' | 'cloned' | 'outdated' | 'rebuilding';

/** `alone`: belongs to no company. `never`: enrolled, nothing exchanged yet. */
export type SyncState = 'alone' | 'never' | 'ok' | 'offline' | 'waiting' | 'stopped';

/** ms without a word from the server after which a station counts as offline, though no attempt has failed. */
const SILENCE = 2 * 60_000;

/** Failures that go away by themselves: the line or the server is down. Any other needs somebody who looks after it. */
const PASSING_ERRORS: ReadonlySet<string> = new Set([
  'sync.server-unreachable',
  'sync.server-failed',
  'sync.timeout',
  'server.database-unavailable',
  'server.disk-full',
]);

export type LinkFacts = Readonly<{ state: LinkState; lastError: string; lastSuccessAt: number | null }>;

/** @param now ms UTC @param pending documents that wait to be sent */
export function syncState(link: LinkFacts | undefined, pending: number, now: number): SyncState {
  if (!link) return 'alone';
  if (link.state !== 'active' && link.state !== 'rebuilding') return 'stopped';
  if (link.lastError !== '' && !PASSING_ERRORS.has(link.lastError)) return 'stopped';
  if (link.lastSuccessAt === null) return link.lastError === '' ? 'never' : 'offline';
  if (link.lastError !== '' || now - link.lastSuccessAt > SILENCE) return 'offline';
  return pending > 0 || link.state === 'rebuilding' ? 'waiting' : 'ok';
}

/** What is the matter with a station as head office sees it, worst first; `calm`: nothing. */
export const STATION_TROUBLES = ['problem', 'refused', 'silent', 'late', 'clock', 'outdated', 'calm'] as const;
export type StationTrouble = (typeof STATION_TROUBLES)[number];

/** A station not heard of for so long (ms) is looked at; the same for what waits there. */
export const QUIET_AFTER = 60 * 60_000;
/** A clock that is wrong by more (ms) is looked at. */
export const WRONG_CLOCK = 5 * 60_000;
