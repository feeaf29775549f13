import { regionOf, subtreeOf } from '#domain/organisation/tree.ts';
import type { OutputOf } from '#operations/index.ts';
import { type IndentedOption, indentedOptions } from './tree-rows.ts';

export type Unit = OutputOf<'organisation.units'>['units'][number];

/** Units to choose from, as the tree they are. */
export function unitOptions(units: readonly Unit[]): IndentedOption[] {
  return indentedOptions(units, ({ code, name }) => `${name} ${code}`);
}

/** What can be chosen as a unit's parent: what is open, and isn't below the unit itself. */
export function possibleParents(units: readonly Unit[], unitId: string | undefined): readonly Unit[] {
  const own = new Set(unitId === undefined ? [] : subtreeOf(units, unitId));
  return units.filter((unit) => unit.isActive && !own.has(unit.id));
}

/** How many units change their region, and from which to which the unit itself. */
export type RegionChange = Readonly<{ count: number; from: string; to: string }>;

/** What it means for who sees whose customers and work that a unit gets another place or kind; null: nothing. */
export function regionChange(
  units: readonly Unit[],
  unitId: string,
  place: Readonly<Pick<Unit, 'parentId' | 'kind'>>,
): RegionChange | null {
  const after = units.map((unit) => (unit.id === unitId ? { ...unit, ...place } : unit));
  const moved = subtreeOf(after, unitId).filter((id) => regionOf(units, id) !== regionOf(after, id));
  if (moved.length === 0) return null;
  const first = moved.includes(unitId) ? unitId : (moved[0] ?? unitId);
  const nameOf = (id: string) => units.find((unit) => unit.id === id)?.name ?? '';
  return { count: moved.length, from: nameOf(regionOf(units, first)), to: nameOf(regionOf(after, first)) };
}
