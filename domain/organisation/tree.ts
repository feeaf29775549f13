import { DomainError } from '../errors.ts';

/** What the tree of units is made of. A unit whose parent isn't among those given stands at the top. */
export type TreeUnit = Readonly<{ id: string; parentId: string | null; kind: string }>;

/** The unit and all units below it, the unit itself first. @throws DomainError `unit.cycle` */
export function subtreeOf(units: readonly TreeUnit[], unitId: string): string[] {
  const children = Map.groupBy(units, (unit) => unit.parentId);
  const found: string[] = [];
  const waiting = units.some(({ id }) => id === unitId) ? [unitId] : [];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.includes(id)) throw new DomainError('unit.cycle', { unitId: id });
    found.push(id);
    for (const child of children.get(id) ?? []) waiting.push(child.id);
  }
  return found;
}

/**
 * The unit whose subtree sees one another's customers and work: the nearest unit of kind `region` among the unit itself and
 * those above it; without one, the unit just below the top. The top is its own region.
 * @throws DomainError `unit.cycle`
 */
export function regionOf(units: readonly TreeUnit[], unitId: string): string {
  const path = pathUp(units, unitId);
  const region = path.find(({ kind }) => kind === 'region');
  return (region ?? path.at(-2) ?? path.at(-1))?.id ?? unitId;
}

/** All units of the unit's region, the unit itself among them. @throws DomainError `unit.cycle` */
export function regionUnits(units: readonly TreeUnit[], unitId: string): string[] {
  const region = regionOf(units, unitId);
  return units.filter(({ id }) => regionOf(units, id) === region).map(({ id }) => id);
}

/**
 * The unit with those above it and those below it: whose places of sale and suppliers it works with.
 * @throws DomainError `unit.cycle`
 */
export function lineOf(units: readonly TreeUnit[], unitId: string): string[] {
  const above = pathUp(units, unitId).slice(1);
  return [...above.map(({ id }) => id), ...subtreeOf(units, unitId)];
}

/** The units above this one, its parent first. @throws DomainError `unit.cycle` */
export const unitsAbove = (units: readonly TreeUnit[], unitId: string): string[] =>
  pathUp(units, unitId)
    .slice(1)
    .map(({ id }) => id);

/** The unit, its parent, and so on up to the top. */
function pathUp(units: readonly TreeUnit[], unitId: string): TreeUnit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const path: TreeUnit[] = [];
  for (let unit = byId.get(unitId); unit; unit = unit.parentId === null ? undefined : byId.get(unit.parentId)) {
    if (path.includes(unit)) throw new DomainError('unit.cycle', { unitId });
    path.push(unit);
  }
  return path;
}
