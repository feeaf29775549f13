import { z } from 'zod';
import { ruleChoices as choices } from '#db/repositories/pay-rules.ts';
import { defineQuery } from '../operation.ts';

/** What the conditions of a new rule may name. */
export const ruleChoices = defineQuery({
  name: 'payroll.ruleChoices',
  right: 'payroll.view',
  input: z.object({}),

  async run(ctx) {
    return choices(ctx.sql);
  },
});
