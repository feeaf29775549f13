import { hash } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { CODE_LIFETIME, enrolmentCodeOf } from '#domain/sync/enrolment-code.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { keepEnrolmentCode, stationOfUnit } from '#db/repositories/stations.ts';
import { id } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { enrolmentCodeHash } from './code-hash.ts';

type Unit = Readonly<{ id: string; code: string; name: string; isActive: boolean }>;

/**
 * A one-time code with which a PC becomes the station of a unit. It is told once, with the address and the certificate's
 * fingerprint to compare; only its hash is kept. An earlier code of the unit is no longer good.
 */
export const makeEnrolmentCode = defineCommand({
  name: 'stations.makeCode',
  right: 'stations.manage',
  byOtherUnits: true, // a region's administrator looks after the region's stations
  input: z.object({ unitId: id() }),
  secret: true,

  prepare: async (env) => env.server ?? null,

  async run(ctx, { unitId }, server) {
    const unit = await requireUnit(ctx, unitId);
    const code = enrolmentCodeOf(hash('sha256', ctx.newToken(), 'hex'));
    const expiresAt = ctx.now + CODE_LIFETIME;
    await keepEnrolmentCode(ctx.trx, {
      id: ctx.newId(),
      unitId,
      codeHash: enrolmentCodeHash(code),
      madeById: ctx.actor.employeeId,
      madeAt: ctx.now,
      expiresAt,
    });
    const replaces = (await stationOfUnit(ctx.trx, unitId)) ?? null;
    ctx.audit('code-made', 'unit', unitId, { after: { code: unit.code, expiresAt } });
    return { code, expiresAt, unit: { code: unit.code, name: unit.name }, replaces, server };
  },
});

/** @throws DomainError `not-found`, `document.of-another-unit`, `station.of-this-server`, `station.unit-closed` */
async function requireUnit(ctx: CommandContext, unitId: string): Promise<Unit> {
  const unit = await requireRow<Unit>(ctx.trx, 'units', unitId, 'unit');
  if (!ctx.isOwnUnit(unitId)) throw new DomainError('document.of-another-unit');
  if (unit.id === ctx.station.unitId) throw new DomainError('station.of-this-server', { unit: unit.name });
  if (!unit.isActive) throw new DomainError('station.unit-closed', { unit: unit.name });
  return unit;
}
