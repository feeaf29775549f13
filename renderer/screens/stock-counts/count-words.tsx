import type { CountScope, CountState } from '#domain/stock/count.ts';
import type { OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { type Tone, ToneTag } from '#renderer/ui/index.ts';

export type Count = OutputOf<'stockCounts.get'>;
export type CountLine = OutputOf<'stockCounts.lines'>['rows'][number];

const TONES: Readonly<Record<CountState, Tone>> = {
  counting: 'active',
  recounting: 'special',
  counted: 'waiting',
  posted: 'good',
  cancelled: 'quiet',
};

export function CountStateTag({ state }: Readonly<{ state: CountState }>) {
  const t = useText();
  return <ToneTag tone={TONES[state]}>{t(`counts.states.${state}`)}</ToneTag>;
}

type Scoped = Readonly<{ scopeKind: CountScope; scopeText: string }>;

export const scopeText = (t: Translate, { scopeKind, scopeText: text }: Scoped): string =>
  scopeKind === 'warehouse' ? t('counts.scopes.warehouse') : t('counts.ofClass', { text });
