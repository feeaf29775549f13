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
  scopeKind === 'warehouse'
    ? t('counts.scopes.warehouse')
    : scopeKind === 'bin'
      ? t('counts.ofBin', { bin: text })
      : t('counts.ofClass', { text });

/** What stands at the head of every paper of a count. */
export const slipFacts = (t: Translate, count: Count) => [
  { label: t('counts.number'), value: count.number },
  { label: t('counts.startedOn'), value: count.startedOn },
  { label: t('stock.warehouse'), value: `${count.warehouseCode} ${count.warehouse}` },
  { label: t('counts.scope'), value: scopeText(t, count) },
];
