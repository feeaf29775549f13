import { z } from 'zod';
import { listPeriods as allPeriods } from '#db/repositories/payslips.ts';
import { defineQuery } from '../operation.ts';

/** Pay periods, the newest first, with the sums of their payslips. */
export const listPeriods = defineQuery({
  name: 'payroll.listPeriods',
  right: 'payroll.view',
  input: z.object({}),

  async run(ctx) {
    return { rows: await allPeriods(ctx.sql) };
  },
});
