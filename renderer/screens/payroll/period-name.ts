import { useSession } from '#renderer/app/session.tsx';

type Named = Readonly<{ unitId: string; unitName: string; fromOn: string; toOn: string }>;

/** A period by its days, one of another unit by that unit's name, too: head office sees those of all. */
export function usePeriodName(): (period: Named) => string {
  const { station } = useSession();
  return ({ unitId, unitName, fromOn, toOn }) =>
    `${unitId === station.unitId ? '' : `${unitName} · `}${fromOn} – ${toOn}`;
}
