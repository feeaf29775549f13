import { z } from 'zod';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { movePeriod } from './period-state.ts';

/** Notes that a calculated period was looked through: from here it takes in nothing more, unless it is reopened. */
export const reviewPeriod = defineCommand({
  name: 'payroll.review',
  right: 'payroll.calculate',
  input: z.object({ periodId: id(), version: version() }),

  async run(ctx, input) {
    return movePeriod(ctx, input, { from: 'calculated', to: 'reviewed', event: 'period-reviewed' });
  },
});
