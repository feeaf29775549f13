import type { FieldFault } from '#domain/errors.ts';
import { departmentsOf } from '#db/repositories/departments.ts';
import type { Employee } from '#db/repositories/organisation.ts';
import { allUnits } from '#db/repositories/units.ts';
import type { CommandContext } from '../operation.ts';
import { requireNoFaults, requireWithin } from '../organisation/within.ts';

type Wanted = Readonly<{ unitId: string | undefined; departmentId: string | null | undefined }>;
export type WorkPlace = Readonly<{ unitId: string; departmentId: string | null }>;

/**
 * Where an employee belongs from now on: left out, where he is; a new one here. Whom one has in one's own units one may move
 * within them. What was his department in another unit is none here.
 * @throws DomainError `input.invalid`, `unit.not-below-own`
 */
export async function workPlaceOf(
  ctx: CommandContext,
  before: Employee | undefined,
  wanted: Wanted,
): Promise<WorkPlace> {
  const units = await allUnits(ctx.trx);
  const unitId = wanted.unitId ?? before?.unitId ?? ctx.station.unitId;
  const stays = before?.unitId === unitId;
  const departmentBefore = stays ? before.departmentId : null;
  const departmentId = wanted.departmentId === undefined ? departmentBefore : wanted.departmentId;
  const faults: FieldFault[] = [];
  if (!stays && !units.some((unit) => unit.id === unitId && unit.isActive))
    faults.push({ path: 'unitId', rule: 'doesNotExist' });
  if (departmentId !== departmentBefore && !(await isInUse(ctx, unitId, departmentId)))
    faults.push({ path: 'departmentId', rule: 'doesNotExist' });
  requireNoFaults(faults);
  if (before) requireWithin(ctx, before.unitId);
  requireWithin(ctx, unitId);
  return { unitId, departmentId };
}

async function isInUse(ctx: CommandContext, unitId: string, departmentId: string | null): Promise<boolean> {
  if (departmentId === null) return true;
  const departments = await departmentsOf(ctx.trx, unitId);
  return departments.some(({ id, isActive }) => id === departmentId && isActive);
}
