import type { Sql, Transaction } from '../store.ts';
import type { Cursor } from './cursor.ts';
import { turnOf } from './log.ts';
import type { StationScope } from './scope.ts';

/**
 * At the server: which units a station can't know yet to be in another region than its own. What its people changed of their
 * customers meanwhile, they were right to change.
 */

/** The audience of entries that say which region a unit has left; nobody is sent them. */
const LEFT = 'left';

export async function logLeft(trx: Transaction, unitIds: readonly string[], region: string): Promise<void> {
  for (const unitId of unitIds)
    await trx.run(
      `INSERT INTO change_log (turn, table_name, row_id, kind, audience, origin) VALUES (${turnOf(trx)}, 'units', ?, 'update', ?, '')`,
      [`${unitId} ${region}`, LEFT],
    );
}

/**
 * Units that are no longer in a region with a unit, but were when its station had come to the cursor or since; each with the
 * region that it is in now.
 */
export async function partedUnits(
  sql: Sql,
  unitId: string,
  { turn, seq }: Cursor,
  scope: StationScope,
): Promise<ReadonlyMap<string, string>> {
  const parted = new Map<string, string>();
  const left = await sql.all<{ rowId: string }>(
    'SELECT row_id FROM change_log WHERE audience = ? AND (turn, seq) > (?, ?)',
    [LEFT, turn, seq],
  );
  if (left.length === 0) return parted;
  const lately = new Set(left.map(({ rowId }) => rowId));
  const units = await sql.all<{ id: string; region: string }>(
    'SELECT id, COALESCE(region_id, id) AS region FROM units',
  );
  const regions = new Set(left.map(({ rowId }) => rowId.split(' ')[1] ?? ''));
  const ours = [scope.region, ...regions].filter((one) => one === scope.region || lately.has(`${unitId} ${one}`));
  for (const { id, region } of units)
    if (region !== scope.region && ours.some((one) => one === region || lately.has(`${id} ${one}`)))
      parted.set(id, region);
  return parted;
}
