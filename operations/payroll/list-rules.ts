import { z } from 'zod';
import { listRules as allRules } from '#db/repositories/pay-rules.ts';
import { defineQuery } from '../operation.ts';

/** All commission rules ever published, with the names of what their conditions refer to. */
export const listRules = defineQuery({
  name: 'payroll.listRules',
  right: 'payroll.view',
  input: z.object({}),

  async run(ctx) {
    return { rows: await allRules(ctx.sql), today: ctx.today };
  },
});
