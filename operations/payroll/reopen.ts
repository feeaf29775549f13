import { z } from 'zod';
import { deletePayslips, payslipsOf, requirePeriod } from '#db/repositories/payslips.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { takePayTurn } from './pay-turn.ts';
import { movePeriod, requirePeriodState } from './period-state.ts';

/** Throws a calculation away. A locked period can't be reopened: what is wrong with it is put right in the next. */
export const reopenPeriod = defineCommand({
  name: 'payroll.reopen',
  right: 'payroll.calculate',
  input: z.object({ periodId: id(), version: version() }),

  async run(ctx, input) {
    await takePayTurn(ctx);
    const period = await requirePeriod(ctx.trx, input.periodId, ctx.trx.forUpdate);
    requirePeriodState(period, ['calculated', 'reviewed']);
    const moved = await movePeriod(ctx, input, { from: period.state, to: 'open', event: 'period-reopened' });
    // After the review was taken back: it keeps them as they are.
    await deletePayslips(
      ctx.trx,
      [...(await payslipsOf(ctx.trx, input.periodId)).values()].map((payslip) => payslip.id),
    );
    return moved;
  },
});
