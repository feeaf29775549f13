import { subtreeOf } from '#domain/organisation/tree.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import type { Unit } from './units.ts';

type Upkeep = Readonly<{
  /** Whether whoever is signed in may change the organisation here. */
  mayManage: boolean;
  /** At a station that belongs to a company: by head office. */
  isKeptElsewhere: boolean;
}>;

export function useUpkeep(): Upkeep {
  const { isLinked } = useSession();
  const may = useMay();
  return { mayManage: may('organisation.manage') && !isLinked, isKeptElsewhere: isLinked };
}

/** Ids of the units that whoever is signed in organises: the own one and those below it. */
export function useOwnUnits(units: readonly Unit[]): ReadonlySet<string> {
  const { actor } = useSession();
  return new Set(subtreeOf(units, actor.unitId));
}
