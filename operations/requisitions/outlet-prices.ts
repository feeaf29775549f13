import { pricesFor } from '#db/repositories/part-lists.ts';
import type { Sql } from '#db/store.ts';
import type { Station } from '../operation.ts';
import { levelOf } from '../stock/level.ts';

/** What this unit asks of an outlet, fen for one, by part; those without a price for outlets are left out. */
export async function outletPrices(
  sql: Sql,
  station: Station,
  partIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  return pricesFor(sql, partIds, { level: await levelOf(sql, station), customerClass: 'outlet' });
}
