import type { UnitKind } from '#domain/organisation/kinds.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { UnitRow } from '#db/repositories/units.ts';
import type { Sql } from '#db/store.ts';
import type { Station } from '../operation.ts';

/** The level whose prices this unit sells at. */
export async function levelOf(sql: Sql, station: Station): Promise<UnitKind> {
  return (await requireRow<UnitRow>(sql, 'units', station.unitId, 'unit')).kind;
}
