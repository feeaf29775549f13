import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { PAY_AWARDS, type PayAwardRow } from '#db/repositories/pay-awards.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Rewards and penalties given, the newest first, with what they have paid so far. */
export const listAwards = defineQuery({
  name: 'payroll.listAwards',
  right: 'payroll.award',
  input: z.object({ ...listInput, kind: z.enum(['reward', 'penalty']).nullable().default(null) }),

  async run(ctx, { kind, ...page }) {
    return listRows<PayAwardRow>(ctx.sql, PAY_AWARDS, page, ctx.station.timeZone, (query) => {
      if (kind !== null) query.where('i.kind', kind);
    });
  },
});
