import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { PAY_APPEALS, type PayAppealRow } from '#db/repositories/pay-appeals.ts';
import { explanationOf } from '#db/repositories/pay-entries.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Appeals with the deductions they are about: those still to be decided, or all. */
export const listAppeals = defineQuery({
  name: 'payroll.listAppeals',
  right: 'payroll.decide-appeal',
  input: z.object({ ...listInput, view: z.enum(['open', 'all']).default('open') }),

  async run(ctx, { view, ...page }) {
    const listed = await listRows<PayAppealRow>(ctx.sql, PAY_APPEALS, page, ctx.station.timeZone, (query) => {
      if (view === 'open') query.where('a.state', 'open');
    });
    const rows = listed.rows.map(({ explanation, ...row }) => ({
      ...row,
      why: explanation === null ? null : explanationOf(explanation),
    }));
    return { ...listed, rows };
  },
});
