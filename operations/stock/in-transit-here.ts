import { shipmentsTo } from '#db/repositories/availability.ts';
import type { Sql } from '#db/store.ts';
import { transferContent } from '../handshakes/content.ts';

export const placeKey = (warehouseId: string, partId: string): string => `${warehouseId} ${partId}`;

/** What is on its way to these units and nobody has answered, thousandths, by `placeKey`. */
export async function inTransitTo(sql: Sql, unitIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  if (unitIds.length === 0) return sums;
  for (const shipment of await shipmentsTo(sql, unitIds)) {
    const { to, lines } = transferContent(shipment);
    for (const { partId, quantity } of lines) {
      const key = placeKey(to.id, partId);
      sums.set(key, (sums.get(key) ?? 0) + quantity);
    }
  }
  return sums;
}
