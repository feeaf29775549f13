import { z } from 'zod';
import { payslipsOfEmployee } from '#db/repositories/payslips.ts';
import { defineQuery } from '../operation.ts';

/** The actor's own payslips, the newest first. */
export const ownPayslips = defineQuery({
  name: 'payroll.ownPayslips',
  right: 'payslip.own',
  input: z.object({}),

  async run(ctx) {
    return { rows: await payslipsOfEmployee(ctx.sql, ctx.actor.employeeId) };
  },
});
