import type { InputOf } from '#operations/index.ts';
import type { TestStation } from './station.ts';

type Started = Readonly<{ id: string; number: string }>;

/** A count that has begun, by default of the whole warehouse; nothing is counted again unless it says above what. */
export async function givenStartedCount(
  station: TestStation,
  warehouseId: string,
  fields: Partial<InputOf<'stockCounts.start'>> = {},
): Promise<Started> {
  return station.run('stockCounts.start', { warehouseId, scopeKind: 'warehouse', ...fields }, { as: 'keeper' });
}

/** What the keeper found of a part. */
export async function givenCounted(
  station: TestStation,
  countId: string,
  partId: string,
  quantity: number,
  lot = '',
): Promise<void> {
  await station.run('stockCounts.count', { id: countId, partId, lot, way: 'set', quantity }, { as: 'keeper' });
}
