import { z } from 'zod';
import { subtreeOf } from '#domain/organisation/tree.ts';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { heldOf, type Account } from '#db/repositories/deposits.ts';
import { allUnits } from '#db/repositories/units.ts';
import { id, money, text } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import type { CommandContext } from '../operation.ts';

/** An amount that is paid in or out. */
export const payment = z.object({
  /** Whose deposit it is: a unit below this one, or this one itself for one of its technicians. */
  unitId: id(),
  technicianId: id().nullable().default(null),
  /** Fen. */
  amount: money().min(1),
  reason: text(200),
});

/**
 * A deposit that this unit holds, or begins to.
 * @throws DomainError `not-found`, `unit.not-below-own`, `input.invalid`
 */
export async function accountHere(
  ctx: CommandContext,
  { unitId: toUnitId, technicianId }: Readonly<{ unitId: string; technicianId: string | null }>,
): Promise<Account> {
  const { unitId } = ctx.station;
  const account = { unitId, toUnitId, technicianId };
  if (technicianId !== null) await requireOwnTechnician(ctx, account);
  else if (toUnitId === unitId) throw fieldFault('technicianId', 'required');
  else if ((await heldOf(ctx.trx, account)) === undefined) await requireBelow(ctx, toUnitId);
  return account;
}

async function requireOwnTechnician(ctx: CommandContext, { unitId, toUnitId, technicianId }: Account): Promise<void> {
  if (toUnitId !== unitId) throw fieldFault('technicianId', 'notAllowed');
  const technician = await requireRow<{ unitId: string }>(ctx.trx, 'employees', technicianId ?? '', 'employee');
  if (technician.unitId !== unitId) throw fieldFault('technicianId', 'notAllowed');
}

async function requireBelow(ctx: CommandContext, unitId: string): Promise<void> {
  await requireRow(ctx.trx, 'units', unitId, 'unit');
  const units = await allUnits(ctx.trx);
  if (!subtreeOf(units, ctx.station.unitId).includes(unitId)) throw new DomainError('unit.not-below-own');
}
