import { z } from 'zod';
import { itemsToAward, peopleToAward } from '#db/repositories/pay-awards.ts';
import { defineQuery } from '../operation.ts';

/** What may be given, and to whom. */
export const awardChoices = defineQuery({
  name: 'payroll.awardChoices',
  right: 'payroll.award',
  input: z.object({}),

  async run(ctx) {
    return { items: await itemsToAward(ctx.sql), people: await peopleToAward(ctx.sql, ctx.station.unitId) };
  },
});
