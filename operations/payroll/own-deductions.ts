import { z } from 'zod';
import { addDays } from '#domain/dates.ts';
import { deductionsOf } from '#db/repositories/pay-appeals.ts';
import { explanationOf } from '#db/repositories/pay-entries.ts';
import { defineQuery } from '../operation.ts';

/** How long what was taken and paid is shown: some three periods. */
const DAYS_SHOWN = 100;

/** The actor's own deductions of late, each with how it came about, and what became of his appeal against it. */
export const ownDeductions = defineQuery({
  name: 'payroll.ownDeductions',
  right: 'payslip.own',
  input: z.object({}),

  async run(ctx) {
    const found = await deductionsOf(ctx.sql, ctx.actor.employeeId, addDays(ctx.today, -DAYS_SHOWN));
    return { rows: found.map(({ explanation, ...row }) => ({ ...row, why: explanationOf(explanation) })) };
  },
});
