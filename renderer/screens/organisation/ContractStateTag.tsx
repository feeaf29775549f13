import { useText } from '#renderer/text/react.ts';
import { type Tone, ToneTag } from '#renderer/ui/index.ts';
import type { ContractState } from '#domain/organisation/contracts.ts';

const TONES: Readonly<Record<ContractState, Tone>> = { active: 'good', suspended: 'waiting', ended: 'bad' };

type Props = Readonly<{ contract: Readonly<{ state: ContractState; isInForce: boolean }> }>;

/** Whether a provider gets work: an active contract may not have begun, or have run out. */
export function ContractStateTag({ contract: { state, isInForce } }: Props) {
  const t = useText();
  if (state === 'active' && !isInForce) return <ToneTag tone="quiet">{t('organisation.contracts.notInForce')}</ToneTag>;
  return <ToneTag tone={TONES[state]}>{t(`organisation.contractStates.${state}`)}</ToneTag>;
}
