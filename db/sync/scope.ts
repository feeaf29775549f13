import type { Sql } from '../store.ts';
import type { SyncedTable } from './tables.ts';

/** What a station sees: its region, and its unit with all below. */
export type StationScope = Readonly<{
  region: string;
  /** All units of the region. */
  regionUnits: readonly string[];
  /** The unit itself and those below it. */
  units: readonly string[];
}>;

const UNIT_ID = /^[0-9A-Za-z-]{1,60}$/;

/** An id that can stand in a statement as it is. */
export function unitLiteral(id: string): string {
  if (!UNIT_ID.test(id)) throw new Error(`not a unit's id: ${id}`);
  return `'${id}'`;
}

/** As in `unit_id IN (…)`: ids are checked and written out, so that a statement stays the same for a station. */
function listOf(ids: readonly string[]): string {
  return ids.length === 0 ? `('')` : `(${ids.map(unitLiteral).join(', ')})`;
}

/** The condition under which rows of a table, as `t`, are seen. */
export function seenBy({ regionUnits, units }: StationScope, { audience }: SyncedTable): string {
  if (audience === 'company') return '1 = 1';
  if (audience === 'region') return `t.unit_id IN ${listOf(regionUnits)}`;
  if (audience === 'unit') return `t.unit_id IN ${listOf(units)}`;
  return `(t.unit_id IN ${listOf(units)} OR t.to_unit_id IN ${listOf(units)})`;
}

/** The audiences of the change log that concern the station. */
export function audiencesOf({ region, units }: StationScope): string[] {
  return ['*', `r:${region}`, ...units.map((unit) => `u:${unit}`)];
}

/** The columns of a table as `t`, those cut for outsiders with what they see instead. */
export function columnsSeen(table: SyncedTable, columns: readonly string[], scope: StationScope | null): string[] {
  return columns.map((column) => {
    const instead = table.cut[column];
    if (instead === undefined || !scope) return `t.${column}`;
    return `CASE WHEN t.unit_id IN ${listOf(scope.units)} THEN t.${column} ELSE ${instead} END`;
  });
}

type UnitRow = Readonly<{ id: string; parentId: string | null; regionId: string | null }>;

/** The scope of the station that serves a unit. */
export async function scopeOfUnit(sql: Sql, unitId: string): Promise<StationScope> {
  const rows = await sql.all<UnitRow>('SELECT id, parent_id, region_id FROM units ORDER BY id');
  const region = rows.find(({ id }) => id === unitId)?.regionId ?? unitId;
  const regionUnits = rows.filter(({ id, regionId }) => (regionId ?? id) === region).map(({ id }) => id);
  const units = new Set([unitId]);
  for (let before = 0; before !== units.size;) {
    before = units.size;
    for (const { id, parentId } of rows) if (parentId !== null && units.has(parentId)) units.add(id);
  }
  return { region, regionUnits, units: [...units].toSorted() };
}
