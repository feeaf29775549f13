import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { Unit } from '#db/repositories/organisation.ts';
import { enrolmentCodeHash } from '#operations/stations/code-hash.ts';
import { codeByHash, noteStation, stationOfUnit, useCode } from '#db/sync/stations.ts';
import type { EnrolAnswer, EnrolRequest } from '../protocol.ts';
import { requireSameSchema, tokenHashOf } from './access.ts';
import type { Central } from './central.ts';

/**
 * A PC with a code becomes its unit's station; the one before it, if there was one, no longer is.
 * @throws DomainError `sync.code-unknown`, `sync.schema-newer`, `sync.schema-older`
 */
export async function enrol(central: Central, request: EnrolRequest): Promise<EnrolAnswer> {
  requireSameSchema(central, request.schema);
  const secret = central.newToken();
  const now = central.now();
  return central.store.write(async (trx) => {
    const code = await codeByHash(trx, enrolmentCodeHash(request.code));
    if (!code || code.usedAt !== null || code.expiresAt <= now) throw new DomainError('sync.code-unknown');
    const unit = await requireRow<Unit>(trx, 'units', code.unitId, 'unit');
    const before = await stationOfUnit(trx, code.unitId);
    if (before) await noteStation(trx, before.id, { state: 'replaced' });
    const stationId = central.newId();
    await trx.insert('stations', {
      ...NEW_STATION,
      id: stationId,
      unitId: unit.id,
      name: request.name,
      tokenHash: tokenHashOf(secret),
      databaseId: request.databaseId,
      programVersion: request.program,
      schemaVersion: request.schema,
      // What the PC before had announced and never sent stays to be seen.
      announced: before?.announced ?? '[]',
      enrolledAt: now,
      lastSeenAt: now,
    });
    await useCode(trx, code.id, stationId, now);
    return {
      stationId,
      token: `${stationId}.${secret}`,
      serverDatabaseId: central.databaseId,
      unit: { id: unit.id, code: unit.code, name: unit.name },
      before: before ? { announced: JSON.parse(before.announced) as string[], lastSeenAt: before.lastSeenAt } : null,
    };
  });
}

const NEW_STATION = {
  state: 'active',
  pushedSeq: 0,
  pushedDigest: '',
  pullCursor: '',
  databaseSize: 0,
  pendingCount: 0,
  pendingSince: null,
  refusedCount: 0,
  clockSkew: 0,
  problem: '',
  lastSuccessAt: null,
  version: 1,
} as const;
