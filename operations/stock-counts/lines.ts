import { z } from 'zod';
import { halfUp } from '#domain/money.ts';
import { lineAmount } from '#domain/quantity.ts';
import { listRows, type ListPage } from '#db/listing.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { worthOf } from '#db/repositories/stock-count-lines.ts';
import { LINES_BLIND, LINES_OPEN, type BlindLineRow, type OpenLineRow } from '#db/repositories/stock-count-lists.ts';
import type { StockCount } from '#db/repositories/stock-counts.ts';
import { id, listInput } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { amountFits } from '../stock/lines.ts';

const WHICH = ['all', 'recount', 'differences'] as const;

/** The lines of a count. What the books say, and what a first count found, is shown when nobody counts any more. */
export const countLines = defineQuery({
  name: 'stockCounts.lines',
  right: 'stock.view',
  input: z.object({ ...listInput, id: id(), which: z.enum(WHICH).default('all') }),

  async run(ctx, { id: countId, which, ...page }) {
    const count = await requireRow<StockCount>(ctx.sql, 'stock_counts', countId, 'stockCount');
    const isBlind = count.state === 'counting' || count.state === 'recounting';
    const narrow: Parameters<typeof listRows>[4] = (query) => {
      query.where('l.count_id', countId);
      if (which === 'recount') query.where('l.is_to_recount', 1);
      if (which === 'differences' && !isBlind) query.whereRaw(`${LINES_OPEN.columns['difference']?.sql} <> 0`);
    };
    return isBlind ? blindLines(ctx, page, narrow) : openLines(ctx, count, page, narrow);
  },
});

type Narrow = Parameters<typeof listRows>[4];

type Line = BlindLineRow &
  Readonly<{ expected: number | null; difference: number | null; reason: string; value: number | null }>;

async function blindLines(ctx: QueryContext, page: ListPage, narrow: Narrow) {
  const { rows, total } = await listRows<BlindLineRow>(ctx.sql, LINES_BLIND, page, ctx.station.timeZone, narrow);
  return {
    rows: rows.map((row): Line => ({ ...row, expected: null, difference: null, reason: '', value: null })),
    total,
  };
}

async function openLines(ctx: QueryContext, { warehouseId, state }: StockCount, page: ListPage, narrow: Narrow) {
  const { rows, total } = await listRows<OpenLineRow>(ctx.sql, LINES_OPEN, page, ctx.station.timeZone, narrow);
  const lines: Line[] = [];
  for (const { balanceQuantity, balanceValue, ...row } of rows) {
    const balance = { quantity: balanceQuantity, value: balanceValue };
    const value = state === 'counted' ? await valueNow(ctx, { warehouseId, ...row }, balance) : row.value;
    lines.push({ ...row, value });
  }
  return { rows: lines, total };
}

/** Fen, signed: what a difference would be posted with at this moment; null where that is beyond counting. */
async function valueNow(
  ctx: QueryContext,
  { warehouseId, partId, difference }: Readonly<{ warehouseId: string; partId: string; difference: number }>,
  balance: Readonly<{ quantity: number; value: number }>,
): Promise<number | null> {
  if (difference === 0) return 0;
  const price = balance.quantity > 0 ? halfUp(balance.value, 1000, balance.quantity) : await lastPrice();
  return amountFits({ quantity: Math.abs(difference), price }) ? lineAmount(difference, price) : null;

  async function lastPrice(): Promise<number> {
    return (await worthOf(ctx.sql, { warehouseId, partId })).lastPrice;
  }
}
