import type { OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { type Choice, type Tone, ToneTag } from '#renderer/ui/index.ts';

/** Where an order to a supplier stands, as a word and a colour. */

export type Purchase = OutputOf<'purchases.get'>;
type State = Purchase['state'];

const STATES = [
  'requested',
  'approved',
  'ordered',
  'closed',
  'refused',
  'cancelled',
] as const satisfies readonly State[];

const TONES: Readonly<Record<State, Tone>> = {
  requested: 'waiting',
  approved: 'active',
  ordered: 'active',
  closed: 'good',
  refused: 'bad',
  cancelled: 'quiet',
};

export const stateOptions = (t: Translate): Choice[] =>
  STATES.map((value) => ({ value, label: t(`purchases.states.${value}`) }));

export function PurchaseTag({ state }: Readonly<{ state: State }>) {
  const t = useText();
  return <ToneTag tone={TONES[state]}>{t(`purchases.states.${state}`)}</ToneTag>;
}

/** Ordered, and wished for earlier than today. */
export const isOverdue = (
  { state, wishedOn }: Readonly<{ state: State; wishedOn: string | null }>,
  today: string,
): boolean => state === 'ordered' && wishedOn !== null && wishedOn < today;
