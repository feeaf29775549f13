import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { IS_BOUGHT, PRICES, type PriceRow } from '#db/repositories/purchases.ts';
import { id, listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What was paid, to whom and when, of one part or of all: from the receipts that stand, the last first. */
export const priceHistory = defineQuery({
  name: 'purchases.priceHistory',
  right: 'purchase.view',
  input: z.object({ ...listInput, partId: id().nullable().default(null) }),

  run: ({ sql, station }, { partId, ...page }) =>
    listRows<PriceRow>(sql, PRICES, page, station.timeZone, (query) => {
      query.whereRaw(IS_BOUGHT);
      if (partId !== null) query.where('m.part_id', partId);
    }),
});
