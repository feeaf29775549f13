import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useLanguage } from '#renderer/text/react.ts';
import { createFormat, type Format } from './format.ts';

/** What generic parts need to know about the station they work in. */
type StationSettings = Readonly<{ timeZone: string; currency: string }>;

const BEFORE_SIGN_IN: StationSettings = {
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: 'CNY',
};

const StationContext = createContext<StationSettings>(BEFORE_SIGN_IN);

type Props = Readonly<{ settings: StationSettings | undefined; children: ReactNode }>;

export function StationSettingsProvider({ settings = BEFORE_SIGN_IN, children }: Props) {
  return <StationContext value={settings}>{children}</StationContext>;
}

export function useStationSettings(): StationSettings {
  return useContext(StationContext);
}

/** All formatting on the station's clock, in its currency and the user's language. */
export function useFormat(): Format {
  const { timeZone, currency } = useStationSettings();
  const language = useLanguage();
  return useMemo(() => createFormat({ language, timeZone, currency }), [language, timeZone, currency]);
}
