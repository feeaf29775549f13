import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { ACCOUNTS, type AccountRow } from '#db/repositories/deposits.ts';
import { carriedGoods } from '#db/repositories/technician-stock.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { amountOf, blockingPlans, type BlockingPlan } from './standing.ts';

/** The deposits this unit holds, and those of its own that others hold: held, blocked, free. */
export const deposits = defineQuery({
  name: 'deposits.list',
  right: 'deposit.view',
  input: z.object(listInput),

  async run(ctx, page) {
    const { unitId } = ctx.station;
    const { rows, total } = await listRows<AccountRow>(ctx.sql, ACCOUNTS, page, ctx.station.timeZone, (query) => {
      query.where((side) => void side.where('x.unit_id', unitId).orWhere('x.to_unit_id', unitId));
    });
    const plans = new Map<string, BlockingPlan[]>();
    for (const holderId of new Set(rows.map((row) => row.holderId)))
      plans.set(holderId, await blockingPlans(ctx.sql, holderId, holderId === unitId ? null : unitId));
    const carried = await carriedGoods(ctx.sql, unitId, null);
    return {
      rows: rows.map((row) => {
        const { technicianId } = row;
        const blocked = amountOf(
          technicianId === null
            ? (plans.get(row.holderId) ?? []).filter((plan) => plan.unitId === row.unitId)
            : carried.filter((goods) => goods.technicianId === technicianId),
        );
        return { ...row, blocked, free: row.held - blocked, isOurs: row.holderId === unitId };
      }),
      total,
    };
  },
});
