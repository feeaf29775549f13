import { z } from 'zod';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { DEPARTMENT_KINDS } from '#domain/organisation/kinds.ts';
import { departmentsOf, peopleIn, type DepartmentRow } from '#db/repositories/departments.ts';
import { updateVersioned } from '#db/repositories/documents.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { allUnits } from '#db/repositories/units.ts';
import { id, text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { existing } from '../setup/saving.ts';
import { requireNoFaults, requireWithin } from './within.ts';

const fields = z.object({
  unitId: id(),
  parentId: id().nullable().default(null),
  kind: z.enum(DEPARTMENT_KINDS),
  name: text(100),
  isActive: z.boolean().default(true),
});

type Fields = z.output<typeof fields>;

/** Saves a new, changed or moved department or position of a unit. */
export const saveDepartment = defineCommand({
  name: 'organisation.saveDepartment',
  right: 'organisation.manage',
  reach: 'company',
  byOtherUnits: true,
  input: z.object({ existing: existing(), fields }),

  async run(ctx, { existing: known, fields: department }) {
    await takeTurn(ctx.trx, `departments ${department.unitId}`);
    const units = await allUnits(ctx.trx);
    if (!units.some(({ id: one }) => one === department.unitId))
      requireNoFaults([{ path: 'fields.unitId', rule: 'doesNotExist' }]);
    requireWithin(ctx, department.unitId);
    const all = await departmentsOf(ctx.trx, department.unitId);
    const before = known === null ? undefined : all.find(({ id: one }) => one === known.id);
    if (known && !before) throw new DomainError('not-found', { entity: 'department', id: known.id });
    requirePlace(all, before, department);
    requireFreeName(all, before, department);
    if (before?.isActive && !department.isActive) await requireIdle(ctx, all, before);

    const departmentId = known?.id ?? ctx.newId();
    if (known) await updateVersioned(ctx.trx, 'departments', known.id, known.version, department);
    else await ctx.trx.insert('departments', { id: departmentId, ...department, version: 1, createdAt: ctx.now });
    const parentOf = (row: Fields) => ({ ...row, parent: all.find(({ id: one }) => one === row.parentId)?.name ?? '' });
    const change = { ...(before ? { before: parentOf(before) } : {}), after: parentOf(department) };
    ctx.audit(known ? 'changed' : 'created', 'department', departmentId, change);
    return { id: departmentId, version: (known?.version ?? 0) + 1 };
  },
});

/**
 * A position has nothing below it, a department has departments and positions.
 * @throws DomainError `input.invalid`, `department.cycle`, `department.parent-inactive`
 */
function requirePlace(all: readonly DepartmentRow[], before: DepartmentRow | undefined, department: Fields): void {
  const faults: FieldFault[] = [];
  const parent = all.find(({ id: one }) => one === department.parentId);
  if (department.parentId !== null && parent?.kind !== 'department')
    faults.push({ path: 'fields.parentId', rule: parent ? 'notExpectedHere' : 'doesNotExist' });
  if (department.kind === 'position' && all.some(({ parentId }) => parentId !== null && parentId === before?.id))
    faults.push({ path: 'fields.kind', rule: 'notExpectedHere' });
  requireNoFaults(faults);
  if (before && isBelow(all, department.parentId, before.id)) throw new DomainError('department.cycle');
  if (department.isActive && parent?.isActive === false)
    throw new DomainError('department.parent-inactive', { name: parent.name });
}

/** Whether `id` is `above` itself or stands below it. */
function isBelow(all: readonly DepartmentRow[], id: string | null, above: string): boolean {
  if (id === null) return false;
  return id === above || isBelow(all, all.find((one) => one.id === id)?.parentId ?? null, above);
}

/** @throws DomainError `value.taken`, by one of the same kind beside it */
function requireFreeName(all: readonly DepartmentRow[], before: DepartmentRow | undefined, department: Fields): void {
  const { parentId, kind, name } = department;
  const isTaken = all.some(
    (other) => other.id !== before?.id && other.parentId === parentId && other.kind === kind && other.name === name,
  );
  if (isTaken) throw new DomainError('value.taken', { field: 'name', value: name });
}

/** @throws DomainError `department.has-children`, `department.has-people` */
async function requireIdle(ctx: CommandContext, all: readonly DepartmentRow[], before: DepartmentRow): Promise<void> {
  const children = all.filter(({ parentId, isActive }) => parentId === before.id && isActive).length;
  if (children > 0) throw new DomainError('department.has-children', { count: children });
  const people = await peopleIn(ctx.trx, before.id);
  if (people > 0) throw new DomainError('department.has-people', { count: people });
}
