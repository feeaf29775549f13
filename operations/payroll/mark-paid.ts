import { z } from 'zod';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { movePeriod } from './period-state.ts';

/** Notes that the payslips of a locked period were paid out. */
export const markPeriodPaid = defineCommand({
  name: 'payroll.markPaid',
  right: 'payroll.calculate',
  input: z.object({ periodId: id(), version: version() }),

  async run(ctx, input) {
    return movePeriod(ctx, input, { from: 'locked', to: 'paid', event: 'period-paid' });
  },
});
