import { HANDSHAKE_STATES, type HandshakeOutcome, type HandshakeState } from '#domain/handshakes/standing.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { type Choice, type Tone, ToneTag } from '#renderer/ui/index.ts';

/** Where a request stands, in a word: how it ended says more than that it did. */

const TONES: Readonly<Record<HandshakeState, Tone>> = {
  waiting: 'waiting',
  accepted: 'active',
  refused: 'bad',
  withdrawn: 'quiet',
  ended: 'good',
};

const NOT_GOOD: ReadonlySet<HandshakeOutcome> = new Set([
  'unrepairable',
  'cancelled',
  'replaced',
  'taken-back',
  'closed',
]);

type Props = Readonly<{ state: HandshakeState; outcome: HandshakeOutcome }>;

export function StandingTag({ state, outcome }: Props) {
  const t = useText();
  const tone = NOT_GOOD.has(outcome) ? 'quiet' : TONES[state];
  const word = outcome === '' ? t(`handshakes.states.${state}`) : t(`handshakes.outcomes.${outcome}`);
  return <ToneTag tone={tone}>{word}</ToneTag>;
}

export const standingOptions = (t: Translate): Choice[] =>
  HANDSHAKE_STATES.map((value) => ({ value, label: t(`handshakes.states.${value}`) }));
