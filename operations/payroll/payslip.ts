import { z } from 'zod';
import { requirePeriod } from '#db/repositories/payslips.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { payslipSheet } from './payslip-sheet.ts';

/** One person's payslip of a period, every line explained. */
export const payslip = defineQuery({
  name: 'payroll.payslip',
  right: 'payroll.view',
  input: z.object({ periodId: id(), employeeId: id() }),

  async run(ctx, input) {
    return payslipSheet(ctx.sql, await requirePeriod(ctx.sql, input.periodId), input.employeeId);
  },
});
