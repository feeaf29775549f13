import { z } from 'zod';
import { checksumOf, rowHashes } from '#db/sync/checksums.ts';
import { scopeOfUnit } from '#db/sync/scope.ts';
import type { StationRow } from '#db/sync/stations.ts';
import { syncedTable } from '#db/sync/tables.ts';
import { DomainError } from '#domain/errors.ts';
import type { Central } from './central.ts';

const range = z.object({ after: z.string().max(100), upTo: z.string().max(100).nullable() });

export const verifyRequest = z.object({
  table: z.string().max(60),
  ranges: z.array(range.extend({ count: z.int(), hash: z.string().max(64) })).max(10_000),
});

/** Ranges in which the server's rows, as the station may see them, are others than the station's; with each row's hash. */
export async function verify(central: Central, { unitId }: StationRow, request: z.output<typeof verifyRequest>) {
  const table = syncedTable(request.table);
  if (!table) throw new DomainError('sync.unknown-table');
  return central.store.read(async (sql) => {
    const scope = await scopeOfUnit(sql, unitId);
    const different = [];
    for (const { count, hash, ...keys } of request.ranges) {
      const ours = await checksumOf(sql, table, keys, scope);
      if (ours.count === count && ours.hash === hash) continue;
      different.push({ ...keys, rows: await rowHashes(sql, table, keys, scope, Number.MAX_SAFE_INTEGER) });
    }
    return { different };
  });
}
