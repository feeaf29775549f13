import { useText } from '#renderer/text/react.ts';
import { type Tone, ToneTag } from '#renderer/ui/index.ts';

export type PeriodState = 'open' | 'calculated' | 'reviewed' | 'locked' | 'paid';

const PERIOD_TONES: Readonly<Record<PeriodState, Tone>> = {
  open: 'neutral',
  calculated: 'waiting',
  reviewed: 'waiting',
  locked: 'active',
  paid: 'good',
};

export function PeriodTag({ state }: Readonly<{ state: PeriodState }>) {
  const t = useText();
  return <ToneTag tone={PERIOD_TONES[state]}>{t(`payroll.periodStates.${state}`)}</ToneTag>;
}
