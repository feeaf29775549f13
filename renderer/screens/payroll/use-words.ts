import { useText } from '#renderer/text/react.ts';
import { minorDigits } from '#domain/money.ts';
import { useFormat, useStationSettings } from '#renderer/ui/index.ts';

/** What explaining sentences are made with. */
export function useWords() {
  const t = useText();
  const format = useFormat();
  const { currency } = useStationSettings();
  return { t, format, decimals: minorDigits(currency) };
}
