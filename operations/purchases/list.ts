import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { PURCHASES, type PurchaseListRow } from '#db/repositories/purchases.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Requests and orders, the latest first; those alone that are overdue: ordered, wished for earlier than today. */
export const purchases = defineQuery({
  name: 'purchases.list',
  right: 'purchase.view',
  input: z.object({ ...listInput, isOverdue: z.boolean().default(false) }),

  run: ({ sql, today, station }, { isOverdue, ...page }) =>
    listRows<PurchaseListRow>(sql, PURCHASES, page, station.timeZone, (query) => {
      if (isOverdue) query.where('o.state', 'ordered').where('o.wished_on', '<', today);
    }),
});
