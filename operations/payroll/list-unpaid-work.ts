import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { NO_RULE, UNPAID_WORK, type UnpaidWork } from '#db/repositories/pay-team.ts';
import { requirePeriod } from '#db/repositories/payslips.ts';
import { id, listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Work that a period does not pay for: no rule matched it, nobody has audited it, or nobody has settled it by its last day. */
export const listUnpaidWork = defineQuery({
  name: 'payroll.listUnpaidWork',
  right: 'payroll.view',
  input: z.object({ ...listInput, periodId: id(), view: z.enum(['no-rule', 'unaudited', 'unsettled']) }),

  async run(ctx, { periodId, view, ...page }) {
    const { unitId, fromOn, toOn } = await requirePeriod(ctx.sql, periodId);
    return listRows<UnpaidWork>(ctx.sql, UNPAID_WORK, page, ctx.station.timeZone, (query) => {
      query.where('o.unit_id', unitId);
      if (view === 'no-rule') query.whereRaw(NO_RULE, [fromOn, toOn]);
      else if (view === 'unaudited')
        query.whereIn('o.state', ['done', 'unrepairable']).where('o.completed_on', '<=', toOn);
      else query.whereIn('o.state', ['audited', 'ready-for-pick-up']).where('o.audited_on', '<=', toOn);
    });
  },
});
