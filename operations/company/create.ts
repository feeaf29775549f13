import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isTimeZone } from '#domain/dates.ts';
import { installedUnit } from '#db/repositories/organisation.ts';
import { saveCredential } from '#db/repositories/sessions.ts';
import { text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { newPassword } from '../session/password-rules.ts';

/**
 * Makes the company in an empty database: its first unit (`ctx.station`) and its first administrator. The unit is an outlet,
 * which works alone until it is enrolled in a company, or the head office, whose database then is the company's server.
 */
export const createCompany = defineCommand({
  name: 'company.create',
  right: 'access.manage',
  input: z.object({
    code: z.string().regex(/^[A-Z0-9]{2,8}$/, { error: 'notACode' }),
    name: text(100),
    kind: z.enum(['outlet', 'head-office']).default('outlet'),
    timeZone: z.string().refine(isTimeZone, { params: { rule: 'notATimeZone' } }),
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'notACurrency' }),
    administrator: z.object({
      number: text(40),
      name: text(100),
      password: newPassword(),
      isChangeDue: z.boolean().default(false),
    }),
  }),
  secret: true,
  prepare: async (env, input) => ({ passwordHash: await env.passwords.hash(input.administrator.password) }),

  async run(ctx, input, { passwordHash }) {
    if (await installedUnit(ctx.trx)) throw new DomainError('company.exists');
    const unitId = ctx.station.unitId;
    const { code, name, kind, timeZone, currency } = input;
    await ctx.trx.insert('units', {
      id: unitId,
      parentId: null,
      code,
      name,
      kind,
      timeZone,
      currency,
      version: 1,
      createdAt: ctx.now,
    });
    const role = kind === 'head-office' ? 'central' : 'station';
    await ctx.trx.insert('installation', { id: 1, unitId, role, databaseId: ctx.newId(), createdAt: ctx.now });
    const employeeId = ctx.newId();
    await ctx.trx.insert('employees', {
      id: employeeId,
      unitId,
      number: input.administrator.number,
      name: input.administrator.name,
      phone: '',
      position: '',
      grade: '',
      baseSalary: 0,
      positionPay: 0,
      gradeAllowance: 0,
      joinedOn: ctx.today,
      leftOn: null,
      isActive: true,
      version: 1,
      createdAt: ctx.now,
    });
    await ctx.trx.insert('employee_roles', { id: ctx.newId(), unitId, employeeId, role: 'administrator' });
    await saveCredential(ctx.trx, {
      employeeId,
      passwordHash,
      isChangeDue: input.administrator.isChangeDue,
      changedAt: ctx.now,
    });
    ctx.audit('company-created', 'unit', unitId, {
      after: { code, name, kind, administrator: input.administrator.number },
    });
    return { unitId, employeeId };
  },
});
