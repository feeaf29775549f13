import { noteStation, type StationRow } from '#db/sync/stations.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { Unit } from '#db/repositories/organisation.ts';
import type { HelloAnswer, HelloRequest } from '../protocol.ts';
import { CLOCK_TOLERANCE_MS } from '../protocol.ts';
import { requireSameSchema } from './access.ts';
import type { Central } from './central.ts';

/** Notes how a station is, for head office to see, and says how far its changes have arrived. */
export async function hello(central: Central, station: StationRow, request: HelloRequest): Promise<HelloAnswer> {
  const now = central.now();
  const clockSkew = request.now - now;
  await central.store.write((trx) =>
    noteStation(trx, station.id, {
      databaseId: request.databaseId,
      schemaVersion: request.schema,
      programVersion: request.program,
      databaseSize: request.databaseSize,
      pendingCount: request.pendingCount,
      pendingSince: request.pendingCount === 0 ? null : (station.pendingSince ?? now),
      refusedCount: request.refusedCount,
      clockSkew,
      problem: problemOf(request.problem, station.problem, clockSkew),
      announced: JSON.stringify(request.announced),
      lastSeenAt: now,
    }),
  );
  requireSameSchema(central, request.schema);
  const unit = await central.store.read((sql) => requireRow<Unit>(sql, 'units', station.unitId, 'unit'));
  return {
    now,
    serverDatabaseId: central.databaseId,
    pushed: { seq: station.pushedSeq, digest: station.pushedDigest },
    company: central.company,
    unit: { id: unit.id, code: unit.code, name: unit.name },
  };
}

/** A copy that has stopped itself says so once; the other one's reports don't hide it. Head office clears it. */
function problemOf(reported: string, before: string, clockSkew: number): string {
  if (reported !== '' || before === 'sync.cloned') return reported || before;
  return Math.abs(clockSkew) > CLOCK_TOLERANCE_MS ? 'clock' : '';
}
