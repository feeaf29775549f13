import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { ROLES } from '#domain/access/roles.ts';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import {
  countAdministrators,
  employeeByNumber,
  replaceRoles,
  rolesOf,
  type Employee,
} from '#db/repositories/organisation.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { allUnits } from '#db/repositories/units.ts';
import { businessDay, id, money, optionalPhone, optionalText, text, version } from '../inputs.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { endSessions, moveCredential } from '#db/repositories/sessions.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { workPlaceOf } from './work-place.ts';

const fields = {
  number: text(40),
  name: text(100),
  phone: optionalPhone(),
  position: optionalText(100),
  grade: optionalText(40),
  baseSalary: money().default(0),
  positionPay: money().default(0),
  gradeAllowance: money().default(0),
  joinedOn: businessDay().nullable().default(null),
  leftOn: businessDay().nullable().default(null),
  isActive: z.boolean().default(true),
  /** Where he works; left out, where he is, and a new one here. */
  unitId: id().optional(),
  /** The department or position in the tree of his unit; left out, as it is. */
  departmentId: id().nullable().optional(),
};

/** Saves a new or changed employee with the roles that give the rights. */
export const saveEmployee = defineCommand({
  name: 'access.saveEmployee',
  right: 'access.manage',
  reach: 'company', // a number is taken wherever it is
  byOtherUnits: true,
  input: z
    .object({
      existing: z.object({ id: id(), version: version() }).nullable().default(null),
      ...fields,
      roles: z
        .array(z.enum(ROLES))
        .max(20)
        .transform((roles) => [...new Set(roles)].toSorted()),
    })
    .refine(({ joinedOn, leftOn }) => joinedOn === null || leftOn === null || joinedOn <= leftOn, {
      path: ['leftOn'],
      params: { rule: 'beforeFrom' },
    }),

  async run(ctx, { existing, roles, unitId, departmentId, ...person }) {
    await takeTurn(ctx.trx, 'administrators'); // of two who take the right from each other, one keeps it
    const namesake = await employeeByNumber(ctx.trx, person.number);
    if (namesake && namesake.id !== existing?.id)
      throw new DomainError('value.taken', { field: 'number', value: person.number });
    const employeeId = existing?.id ?? ctx.newId();
    const before = existing
      ? await requireRow<Employee>(ctx.trx, 'employees', existing.id, 'employee', ctx.trx.forUpdate)
      : undefined;
    const employee = { ...person, ...(await workPlaceOf(ctx, before, { unitId, departmentId })) };
    const rolesBefore = await rolesOf(ctx.trx, employeeId);
    if (existing) await updateVersioned(ctx.trx, 'employees', existing.id, existing.version, employee);
    else
      await ctx.trx.insert('employees', {
        id: employeeId,
        ...employee,
        version: 1,
        createdAt: ctx.now,
      });
    await replaceRoles(ctx.trx, { id: employeeId, unitId: employee.unitId }, roles, ctx.newId);
    if (before && before.unitId !== employee.unitId) await moveTo(ctx, before, employee.unitId);
    if (before && rolesBefore.includes('administrator')) await requireAdministrator(ctx);
    // Taken on again one day, nobody is signed in by a session of old.
    if (!employee.isActive) await endSessions(ctx.trx, employeeId, ctx.now);
    await rememberValues(ctx.trx, ctx.newId, { position: employee.position, grade: employee.grade });
    ctx.audit(existing ? 'employee-changed' : 'employee-added', 'employee', employeeId, {
      ...(before ? { before: { ...before, roles: rolesBefore } } : {}),
      after: { ...employee, roles },
    });
    return { id: employeeId };
  },
});

/** The station he leaves is told by the change log that he no longer signs in there, the one he comes to that he does. */
async function moveTo(ctx: CommandContext, employee: Employee, unitId: string): Promise<void> {
  await moveCredential(ctx.trx, employee.id, unitId);
  const units = await allUnits(ctx.trx);
  const nameOf = (id: string) => units.find((unit) => unit.id === id)?.name ?? '';
  const change = { before: { unit: nameOf(employee.unitId) }, after: { unit: nameOf(unitId) } };
  ctx.audit('employee-moved', 'employee', employee.id, change);
}

/**
 * Somebody has to be left who can give rights.
 * @throws DomainError `access.last-administrator`
 */
async function requireAdministrator(ctx: CommandContext): Promise<void> {
  if ((await countAdministrators(ctx.trx)) === 0) throw new DomainError('access.last-administrator');
}
