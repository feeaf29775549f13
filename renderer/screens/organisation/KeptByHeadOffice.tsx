import { useText } from '#renderer/text/react.ts';
import { useUpkeep } from './use-upkeep.ts';
import './organisation.css';

/** A calm word, at a station that belongs to a company, on why nothing can be changed here. */
export function KeptByHeadOffice() {
  const t = useText();
  const { isKeptElsewhere } = useUpkeep();
  if (!isKeptElsewhere) return null;
  return <div className="mw-organisation-note mw-soft">{t('organisation.keptByHeadOffice')}</div>;
}
