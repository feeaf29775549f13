import { z } from 'zod';
import { oldPartDebtors } from '#db/repositories/old-part-lists.ts';
import { defineQuery } from '../operation.ts';
import { ownOnly } from './whose.ts';

/** Who owes how many old parts, for how much, and how many are overdue; whose are due first first. */
export const listOldPartDebtors = defineQuery({
  name: 'oldParts.debtors',
  right: 'old-parts.view',
  input: z.object({}),
  run: async (ctx) => ({
    debtors: await oldPartDebtors(ctx.sql, { today: ctx.today, employeeId: ownOnly(ctx) }),
  }),
});
