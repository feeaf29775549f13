import { z } from 'zod';
import { listDeadlineRules as allRules } from '#db/repositories/pay-terms.ts';
import { defineQuery } from '../operation.ts';

/** All deadline rules ever published. */
export const listDeadlineRules = defineQuery({
  name: 'payroll.listDeadlineRules',
  right: 'payroll.view',
  input: z.object({}),

  async run(ctx) {
    return { rows: await allRules(ctx.sql), today: ctx.today };
  },
});
