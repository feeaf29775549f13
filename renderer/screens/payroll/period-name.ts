import { addDays } from '#domain/dates.ts';
import { useSession } from '#renderer/app/session.tsx';

type Named = Readonly<{ unitId: string; unitName: string; fromOn: string; toOn: string }>;

/** A period by its days, one of another unit by that unit's name, too: head office sees those of all. */
export function usePeriodName(): (period: Named) => string {
  const { station } = useSession();
  return ({ unitId, unitName, fromOn, toOn }) =>
    `${unitId === station.unitId ? '' : `${unitName} · `}${fromOn} – ${toOn}`;
}

/** For the name of a file: a month as such, anything else by its days. */
export function shortPeriod({ fromOn, toOn }: Readonly<{ fromOn: string; toOn: string }>): string {
  const isMonth = fromOn.endsWith('-01') && fromOn.slice(0, 7) === toOn.slice(0, 7) && addDays(toOn, 1).endsWith('-01');
  return isMonth ? fromOn.slice(0, 7) : `${fromOn} ${toOn}`;
}
