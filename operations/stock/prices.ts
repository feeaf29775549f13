import { z } from 'zod';
import { CUSTOMER_CLASSES } from '#domain/stock/prices.ts';
import { pricesFor } from '#db/repositories/part-lists.ts';
import { salePricesOf } from '#db/repositories/parts.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { levelOf } from './level.ts';

/** What parts are sold for here to a class of customers, fen for one; the sale price where none is set for it. */
export const stockPrices = defineQuery({
  name: 'stock.prices',
  right: 'stock.view',
  input: z.object({ partIds: z.array(id()).min(1).max(500), customerClass: z.enum(CUSTOMER_CLASSES) }),

  async run(ctx, { partIds, customerClass }) {
    const asked = { level: await levelOf(ctx.sql, ctx.station), customerClass };
    const prices = await pricesFor(ctx.sql, partIds, asked);
    const parts = await salePricesOf(ctx.sql, partIds);
    return {
      prices: parts.map(({ id: partId, salePrice }) => {
        const classPrice = prices.get(partId) ?? null;
        return { partId, price: classPrice ?? salePrice, classPrice };
      }),
    };
  },
});
