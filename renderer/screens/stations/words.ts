import { WRONG_CLOCK } from '#domain/sync/link-state.ts';
import type { OutputOf } from '#operations/index.ts';
import { durationText } from '#renderer/text/duration.ts';
import { isTextKey, type Translate } from '#renderer/text/index.ts';
import { type Format, type Tone } from '#renderer/ui/index.ts';
import { refusalText } from '../sync/words.ts';

/** A station in words. */

export type Station = OutputOf<'stations.get'>['station'];

export const STATION_STATES = ['active', 'suspended', 'revoked', 'replaced'] as const satisfies Station['state'][];

export const TONE_OF_STATE: Readonly<Record<Station['state'], Tone>> = {
  active: 'neutral',
  suspended: 'special',
  revoked: 'quiet',
  replaced: 'quiet',
};

const MEGABYTE = 1_000_000;

/** `worded` puts how long ago it was into its sentence. @param at ms UTC */
export function agoText(t: Translate, at: number, worded: (duration: string) => string): string {
  return worded(durationText(t, Math.max(0, Date.now() - at)));
}

/** How wrong its clock is; a little is right. @param skew ms that it is ahead */
export function clockText(t: Translate, skew: number): string {
  if (Math.abs(skew) <= WRONG_CLOCK) return '';
  return t(skew > 0 ? 'stations.ahead' : 'stations.behind', { duration: durationText(t, Math.abs(skew)) });
}

export function sizeText(t: Translate, format: Format, bytes: number): string {
  return bytes === 0 ? '' : t('stations.size', { megabytes: format.count(Math.ceil(bytes / MEGABYTE)) });
}

type Troubled = Pick<Station, 'trouble' | 'problem' | 'lastSeenAt'>;

/** The condition in a word or two, for the list. */
export function conditionText(t: Translate, { trouble, problem }: Troubled): string {
  const key = `sync.reasons.${problem.replace('sync.', '')}`;
  return trouble === 'problem' && isTextKey(key) ? t(key) : t(`stations.troubles.${trouble}`);
}

/** What there is to say about it beyond that word; '' nothing. */
export function troubleText(t: Translate, format: Format, { trouble, problem, lastSeenAt }: Troubled): string {
  if (trouble === 'problem') return refusalText(t, format, { code: problem, details: {} });
  if (trouble !== 'silent') return '';
  return lastSeenAt === null
    ? t('stations.never')
    : agoText(t, lastSeenAt, (duration) => t('stations.ago', { duration }));
}
