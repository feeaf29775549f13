import type { z } from 'zod';
import { partsOfUnits } from '#db/repositories/stock-elsewhere.ts';
import type { StationRow } from '#db/sync/stations.ts';
import type { elsewhereRequest, ElsewhereAnswer } from '../protocol.ts';
import type { Central } from './central.ts';

/** Where parts lie in units whose stock a station doesn't see: how many, and from when that is, but not what they are worth. */
export async function elsewhere(
  central: Central,
  { unitId }: StationRow,
  { partIds }: z.output<typeof elsewhereRequest>,
): Promise<ElsewhereAnswer> {
  const rows = await central.store.read((sql) => partsOfUnits(sql, partIds, unitId));
  const now = central.now();
  return { rows: rows.map(({ asOf, ...row }) => ({ ...row, asOf: asOf ?? now })) };
}
