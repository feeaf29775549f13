import { z } from 'zod';
import { lineAmount } from '#domain/quantity.ts';
import type { Request } from '#db/repositories/handshakes.ts';
import { stockOfParts } from '#db/repositories/requisitions.ts';
import { goesBeyond } from '../deposits/exceeding.ts';
import { depositToCharge } from '../deposits/standing.ts';
import { answer, requireToAnswer } from '../handshakes/answering.ts';
import { requisitionContent, type GrantContent } from '../handshakes/content.ts';
import { id, money, optionalText } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { outletPrices } from './outlet-prices.ts';
import { amountFits, MAX_LINES, TOO_BIG } from '../stock/lines.ts';

const grantedLine = z
  .object({
    /** Of the plan, from 1. */
    line: z.int().min(1).max(MAX_LINES),
    /** Thousandths; nothing where the line is refused. */
    quantity: z.int().min(0).max(1_000_000_000),
    /** Fen for one that the outlet is charged; left out, what the part costs an outlet. */
    price: money().nullable().default(null),
    note: optionalText(200),
  })
  .refine(({ quantity, price }) => amountFits({ quantity, price: price ?? 0 }), TOO_BIG);

/**
 * The higher level's keeper grants a plan line by line, as much of it as he sees fit. Where the outlet has a deposit here, what
 * is granted is blocked of it: beyond what is free only who has the right to, and says why.
 */
export const approveRequisition = defineCommand({
  name: 'requisitions.approve',
  right: 'requisition.approve',
  input: z.object({
    id: id(),
    /** Lines that are left out are refused. */
    lines: z.array(grantedLine).min(1).max(MAX_LINES),
    /** Why more is granted than the deposit covers. */
    exceed: optionalText(200),
  }),

  async run(ctx, { id, lines, exceed }) {
    const request = await requireToAnswer(ctx, 'requisition', id);
    const grant = await grantFor(ctx, request, lines);
    if (grant.every(({ quantity }) => quantity === 0)) throw fieldFault('lines.0.quantity', 'required');
    const amount = grant.reduce((sum, { quantity, price }) => sum + lineAmount(quantity, price), 0);
    const deposit = await depositToCharge(ctx, request.unitId);
    const isExceeded = goesBeyond(ctx, deposit, amount, exceed);
    const content = { lines: grant, exceeds: isExceeded ? exceed : '' };
    await answer(ctx, request, { decision: 'accepted', content });
    const { number } = request;
    ctx.audit('granted', 'request', id, { after: { number, amount, ...content, free: deposit?.free ?? null } });
    return { id, number, amount, isExceeded };
  },
});

type GrantedLine = z.output<typeof grantedLine>;

async function grantFor(
  ctx: CommandContext,
  request: Request,
  wanted: readonly GrantedLine[],
): Promise<GrantContent['lines']> {
  const { lines } = requisitionContent(request);
  const byLine = new Map<number, GrantedLine>();
  for (const [index, one] of wanted.entries()) {
    if (one.line > lines.length || byLine.has(one.line)) throw fieldFault(`lines.${index}.line`, 'notAllowed');
    byLine.set(one.line, one);
  }
  const partIds = lines.map(({ partId }) => partId);
  const parts = await stockOfParts(ctx.trx, ctx.station.unitId, partIds);
  const prices = await outletPrices(ctx.trx, ctx.station, partIds);
  return lines.map(({ partId }, index) => {
    const { quantity = 0, price = null, note = '' } = byLine.get(index + 1) ?? {};
    return { quantity, price: price ?? prices.get(partId) ?? parts.get(partId)?.salePrice ?? 0, note };
  });
}
