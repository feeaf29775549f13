import type { UnitKind } from '#domain/organisation/kinds.ts';
import type { Sql, Transaction } from '../store.ts';
import { NUMBERED } from '../sync/tables.ts';
import { requireRow } from './documents.ts';

/** The tree of units: head office, regions, provinces, outlets. */

export type UnitFields = Readonly<{
  parentId: string | null;
  code: string;
  name: string;
  kind: UnitKind;
  timeZone: string;
  currency: string;
  isActive: boolean;
}>;
export type UnitRow = UnitFields &
  Readonly<{ id: string; regionId: string | null; version: number; createdAt: number }>;

export async function allUnits(sql: Sql): Promise<UnitRow[]> {
  return sql.all<UnitRow>('SELECT * FROM units ORDER BY code');
}

/** The time zone of the unit's clocks. @throws DomainError `not-found` */
export async function timeZoneOf(sql: Sql, unitId: string): Promise<string> {
  return (await requireRow<UnitRow>(sql, 'units', unitId, 'unit')).timeZone;
}

/** `employees`: at work there. `stations`: databases that serve the unit, this one counted when it does. */
export type CountedUnit = UnitRow & Readonly<{ employees: number; warehouses: number; stations: number }>;

const SERVED = `SELECT unit_id FROM installation
  UNION ALL SELECT unit_id FROM stations WHERE state IN ('active', 'suspended')`;

export async function countedUnits(sql: Sql): Promise<CountedUnit[]> {
  return sql.all<CountedUnit>(
    `SELECT u.*, COALESCE(e.count, 0) AS employees, COALESCE(w.count, 0) AS warehouses, COALESCE(s.count, 0) AS stations
     FROM units u
       LEFT JOIN (SELECT unit_id, COUNT(*) AS count FROM employees WHERE is_active = 1 GROUP BY unit_id) e ON e.unit_id = u.id
       LEFT JOIN (SELECT unit_id, COUNT(*) AS count FROM warehouses GROUP BY unit_id) w ON w.unit_id = u.id
       LEFT JOIN (SELECT unit_id, COUNT(*) AS count FROM (${SERVED}) x GROUP BY unit_id) s ON s.unit_id = u.id
     ORDER BY u.code`,
  );
}

/** Whether a database serves the unit: this one, or a station that is enrolled. */
export async function hasStation(sql: Sql, unitId: string): Promise<boolean> {
  return (await sql.first(`SELECT unit_id FROM (${SERVED}) s WHERE unit_id = ?`, [unitId])) !== undefined;
}

/** Whether the unit's code may stand in the number of a document. */
export async function hasNumbers(sql: Sql, unitId: string): Promise<boolean> {
  for (const table of NUMBERED)
    if (await sql.first(`SELECT id FROM ${table} WHERE unit_id = ? LIMIT 1`, [unitId])) return true;
  return false;
}

/** Who sees a region's customers and work follows from this column, in the change log and in every list. */
export async function setRegion(trx: Transaction, unitId: string, regionId: string): Promise<void> {
  await trx.run('UPDATE units SET region_id = ? WHERE id = ?', [regionId, unitId]);
}
