import { z } from 'zod';
import { deletePayslips, requirePeriod } from '#db/repositories/payslips.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { movePeriod, requirePeriodState } from './period-state.ts';

/** Throws a calculation away. A locked period can't be reopened: what is wrong with it is put right in the next. */
export const reopenPeriod = defineCommand({
  name: 'payroll.reopen',
  right: 'payroll.calculate',
  input: z.object({ periodId: id(), version: version() }),

  async run(ctx, input) {
    requirePeriodState(await requirePeriod(ctx.trx, input.periodId, ctx.trx.forUpdate), ['calculated']);
    await deletePayslips(ctx.trx, input.periodId);
    return movePeriod(ctx, input, { from: 'calculated', to: 'open', event: 'period-reopened' });
  },
});
