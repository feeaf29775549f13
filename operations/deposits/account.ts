import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { countEntries, entriesOf } from '#db/repositories/deposits.ts';
import { id, listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { depositAndPlans } from './standing.ts';

/** One deposit explained: its entries with what was held after each, and the plans that block it. */
export const depositAccount = defineQuery({
  name: 'deposits.account',
  right: 'deposit.view',
  input: z.object({
    /** Who holds it. */
    holderId: id(),
    unitId: id(),
    technicianId: id().nullable().default(null),
    offset: listInput.offset,
    limit: listInput.limit,
  }),

  async run(ctx, { holderId, unitId: toUnitId, technicianId, ...page }) {
    const account = { unitId: holderId, toUnitId, technicianId };
    const found = await depositAndPlans(ctx.sql, account);
    if (!found) throw new DomainError('not-found', { entity: 'deposit', id: toUnitId });
    return {
      ...found.deposit,
      plans: found.plans.filter(({ amount }) => amount > 0),
      rows: await entriesOf(ctx.sql, account, page),
      total: await countEntries(ctx.sql, account),
    };
  },
});
