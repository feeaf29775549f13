import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import type { Employee } from '#db/repositories/organisation.ts';
import { endSessions, saveCredential } from '#db/repositories/sessions.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireWithin } from '../organisation/within.ts';
import { newPassword } from '../session/password-rules.ts';

/** Gives an employee a first or new password, to be changed at the next sign-in; ends the sessions that are open. */
export const setPassword = defineCommand({
  name: 'access.setPassword',
  right: 'access.manage',
  reach: 'company',
  byOtherUnits: true,
  input: z.object({ employeeId: id(), password: newPassword(), isChangeDue: z.boolean().default(true) }),
  secret: true,
  prepare: async (env, input) => ({ passwordHash: await env.passwords.hash(input.password) }),

  async run(ctx, input, { passwordHash }) {
    const employee = await requireRow<Employee>(ctx.trx, 'employees', input.employeeId, 'employee');
    requireWithin(ctx, employee.unitId);
    await saveCredential(ctx.trx, {
      employeeId: employee.id,
      passwordHash,
      isChangeDue: input.isChangeDue,
      changedAt: ctx.now,
    });
    await endSessions(ctx.trx, employee.id, ctx.now);
    ctx.audit('password-set', 'employee', employee.number);
    return {};
  },
});
