import type { Translate } from './texts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long, to the unit that matters. @param ms not negative */
export function durationText(t: Translate, ms: number): string {
  if (ms < MINUTE) return t('sync.moment');
  if (ms < HOUR) return t('sync.minutes', { count: Math.floor(ms / MINUTE) });
  if (ms < 2 * DAY) return t('sync.hours', { count: Math.floor(ms / HOUR) });
  return t('sync.days', { count: Math.floor(ms / DAY) });
}
