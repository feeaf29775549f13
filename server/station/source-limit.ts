import { isIPv6 } from 'node:net';

/** Counts what comes from one address, so that nobody can try without end. Kept in memory, by each process for itself. */
export interface SourceLimit {
  /** Takes one of the source's tries; the minutes until there is one again when there is none. */
  take(source: string): Readonly<{ isTaken: true }> | Readonly<{ isTaken: false; minutes: number }>;
  /** It was no try after all. */
  giveBack(source: string): void;
}

type Options = Readonly<{ most: number; withinMs: number; now(): number }>;

/** So many sources are remembered; whoever has that many addresses isn't held up by counting them. */
const MOST_SOURCES = 10_000;
const MINUTE = 60_000;

export function limitBySource({ most, withinMs, now }: Options): SourceLimit {
  const triesOf = new Map<string, number[]>();
  const recent = (key: string) => (triesOf.get(key) ?? []).filter((at) => at > now() - withinMs);
  return {
    take(source) {
      const key = networkOf(source);
      const tries = recent(key);
      const [oldest = 0] = tries;
      if (tries.length >= most)
        return { isTaken: false, minutes: Math.max(1, Math.ceil((oldest + withinMs - now()) / MINUTE)) };
      triesOf.delete(key); // to the end of the order in which they are forgotten
      triesOf.set(key, [...tries, now()]);
      for (const forgotten of triesOf.keys()) {
        if (triesOf.size <= MOST_SOURCES) break;
        triesOf.delete(forgotten);
      }
      return { isTaken: true };
    },
    giveBack(source) {
      triesOf.get(networkOf(source))?.pop();
    },
  };
}

/** One household or office has a whole /64 of IPv6 addresses to itself. */
function networkOf(source: string): string {
  const address = source.replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const [left, right] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array.from({ length: Math.max(0, 8 - (left?.length ?? 0) - (right?.length ?? 0)) }, () => '0');
  return [...(left ?? []), ...zeros, ...(right ?? [])].slice(0, 4).join(':');
}
