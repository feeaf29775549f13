import { z } from 'zod';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { movePeriod } from './period-state.ts';

/** Locks a reviewed period for good: its payslips never change again, and what comes later falls into the next period. */
export const lockPeriod = defineCommand({
  name: 'payroll.lock',
  right: 'payroll.calculate',
  input: z.object({ periodId: id(), version: version() }),

  async run(ctx, input) {
    return movePeriod(ctx, input, { from: 'reviewed', to: 'locked', event: 'period-locked' });
  },
});
