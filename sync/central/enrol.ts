import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { Unit } from '#db/repositories/organisation.ts';
import { enrolmentCodeHash } from '#operations/stations/code-hash.ts';
import {
  codeByHash,
  markCodeUsed,
  noteStation,
  stationBefore,
  stationById,
  stationOfUnit,
  type EnrolmentCode,
} from '#db/sync/stations.ts';
import type { Transaction } from '#db/store.ts';
import type { EnrolAnswer, EnrolRequest } from '../protocol.ts';
import { requireSameSchema, tokenHashOf } from './access.ts';
import type { Central } from './central.ts';

/**
 * A PC with a code becomes its unit's station; the one before it, if there was one, no longer is. Asked again by the same
 * PC, because the answer was lost, it gets another token.
 * @throws DomainError `sync.code-unknown`, `sync.company-here`, `sync.wrong-server`, `sync.schema-newer`, `sync.schema-older`
 */
export async function enrol(central: Central, request: EnrolRequest): Promise<EnrolAnswer> {
  requireSameSchema(central, request.schema);
  return central.store.write(async (trx) => {
    const code = await codeByHash(trx, enrolmentCodeHash(request.code));
    if (!code) throw new DomainError('sync.code-unknown');
    requireSameUnit(central, code, request);
    const unit = await requireRow<Unit>(trx, 'units', code.unitId, 'unit');
    const secret = central.newToken();
    const stationId = await stationFor(trx, central, code, request, tokenHashOf(secret));
    const before = await stationBefore(trx, code.unitId, stationId);
    return {
      stationId,
      token: `${stationId}.${secret}`,
      serverDatabaseId: central.databaseId,
      unit: { id: unit.id, code: unit.code, name: unit.name },
      before: before ? { announced: JSON.parse(before.announced) as string[], lastSeenAt: before.lastSeenAt } : null,
    };
  });
}

/** A database that is made anew stays its unit's. */
function requireSameUnit({ databaseId }: Central, { unitId }: EnrolmentCode, { rebuilds }: EnrolRequest): void {
  if (!rebuilds) return;
  if (rebuilds.serverDatabaseId !== databaseId) throw new DomainError('sync.wrong-server');
  if (rebuilds.unitId !== unitId) throw new DomainError('sync.company-here');
}

/** Its id; the code is used up from here on, except for the very same PC. @throws DomainError `sync.code-unknown` */
async function stationFor(
  trx: Transaction,
  central: Central,
  code: EnrolmentCode,
  request: EnrolRequest,
  tokenHash: string,
): Promise<string> {
  if (code.usedAt === null) return newStation(trx, central, code, request, tokenHash);
  const enrolled = code.stationId === null ? undefined : await stationById(trx, code.stationId);
  if (enrolled?.databaseId !== request.databaseId || enrolled.state !== 'active')
    throw new DomainError('sync.code-unknown');
  await noteStation(trx, enrolled.id, { tokenHash });
  return enrolled.id;
}

async function newStation(
  trx: Transaction,
  central: Central,
  { id: codeId, unitId, expiresAt }: EnrolmentCode,
  { name, databaseId, program: programVersion, schema: schemaVersion }: EnrolRequest,
  tokenHash: string,
): Promise<string> {
  const now = central.now();
  if (expiresAt <= now) throw new DomainError('sync.code-unknown');
  const before = await stationOfUnit(trx, unitId);
  if (before) await noteStation(trx, before.id, { state: 'replaced' });
  const id = central.newId();
  // What the PC before had announced and never sent stays to be seen.
  const announced = before?.announced ?? '[]';
  const known = { id, unitId, name, tokenHash, databaseId, programVersion, schemaVersion, announced };
  await trx.insert('stations', { ...NEW_STATION, ...known, enrolledAt: now, lastSeenAt: now });
  await markCodeUsed(trx, codeId, id, now);
  return id;
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
