import { z } from 'zod';
import { publishedTerms } from '#db/repositories/pay-terms.ts';
import { defineQuery } from '../operation.ts';

/** All terms of pay ever published, the latest first, and which of them are in force today (null: none yet). */
export const payTerms = defineQuery({
  name: 'payroll.terms',
  right: 'payroll.view',
  input: z.object({}),

  async run(ctx) {
    const rows = await publishedTerms(ctx.sql);
    return { rows, today: ctx.today, inForceId: rows.find(({ validFrom }) => validFrom <= ctx.today)?.id ?? null };
  },
});
