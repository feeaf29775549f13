import { useText } from '#renderer/text/react.ts';
import { type Tone, ToneTag } from '#renderer/ui/index.ts';

export type AppealState = 'open' | 'granted' | 'refused';

const TONES: Readonly<Record<AppealState, Tone>> = { open: 'waiting', granted: 'good', refused: 'quiet' };

/** What became of an appeal. */
export function AppealTag({ state }: Readonly<{ state: AppealState }>) {
  const t = useText();
  return <ToneTag tone={TONES[state]}>{t(`payroll.appeals.states.${state}`)}</ToneTag>;
}
