/**
 * Hybrid logical clock: the time where a value was set, never behind what has been seen. Text that sorts as the instants do:
 * 12 hex digits of ms UTC, 4 of a counter, the database that set it.
 */
export type Clock = string;

/** Before every other. */
export const NO_CLOCK: Clock = '';

const MAX_COUNTER = 0xffff;

/** The next reading at `node`: after `last`, which is the latest seen, even when the wall clock (ms UTC) has been set back. */
export function nextClock(last: Clock, now: number, node: string): Clock {
  const before = readingOf(last);
  if (now > before.at) return clockOf(now, 0, node);
  if (before.counter < MAX_COUNTER) return clockOf(before.at, before.counter + 1, node);
  return clockOf(before.at + 1, 0, node);
}

export function clockOf(at: number, counter: number, node: string): Clock {
  return `${Math.max(0, at).toString(16).padStart(12, '0')}${counter.toString(16).padStart(4, '0')}-${node}`;
}

/** ms UTC and counter of a reading. */
export function readingOf(clock: Clock): Readonly<{ at: number; counter: number; node: string }> {
  if (clock === NO_CLOCK) return { at: -1, counter: MAX_COUNTER, node: '' };
  return {
    at: Number.parseInt(clock.slice(0, 12), 16),
    counter: Number.parseInt(clock.slice(12, 16), 16),
    node: clock.slice(17),
  };
}

export const isClock = (text: string): boolean => text === NO_CLOCK || /^[0-9a-f]{16}-[0-9A-Za-z]{1,16}$/.test(text);

/** A reading that is further ahead of `now` than a clock may be wrong counts as `now`: a wrong clock can't win for a year. */
export function boundedClock(clock: Clock, now: number, tolerance: number): Clock {
  const { at, counter, node } = readingOf(clock);
  return at > now + tolerance ? clockOf(now, counter, node) : clock;
}

/** Field → clock of its value; `*` that of all fields not named. */
export type Clocks = Readonly<Record<string, Clock>>;

export const clockOfField = (clocks: Clocks, field: string): Clock => clocks[field] ?? clocks['*'] ?? NO_CLOCK;

/** The clocks after a change here: fields whose value is another one get `clock`. */
export function clocksAfterChange(
  clocks: Clocks,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  clock: Clock,
): Clocks {
  const changed = Object.keys(after).filter((field) => after[field] !== before[field]);
  return { ...clocks, ...Object.fromEntries(changed.map((field) => [field, clock])) };
}
