import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requirePeriod } from '#db/repositories/payslips.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { payslipSheet } from './payslip-sheet.ts';

/** The actor's own payslip of a calculated, locked or paid period; nobody else's can be asked for. */
export const ownPayslip = defineQuery({
  name: 'payroll.ownPayslip',
  right: 'payslip.own',
  input: z.object({ periodId: id() }),

  async run(ctx, input) {
    const period = await requirePeriod(ctx.sql, input.periodId);
    if (period.state === 'open') throw new DomainError('not-found', { entity: 'payslip', id: input.periodId });
    return payslipSheet(ctx.sql, period, ctx.actor.employeeId);
  },
});
