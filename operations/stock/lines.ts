import { z } from 'zod';
import { lineAmount } from '#domain/quantity.ts';
import { id, money, quantity } from '../inputs.ts';

/** Lines of stock documents: what all of them have in common. */

export const MAX_LINES = 500;
const MAX_AMOUNT = 1e11; // fen, a thousand million yuan; the sums of a ledger stay far inside what is exact

export const amountFits = (line: Readonly<{ quantity: number; price: number }>): boolean =>
  (line.quantity / 1000) * line.price <= MAX_AMOUNT;
export const TOO_BIG = { path: ['price'], params: { rule: 'tooBig' } };

export const partLine = z
  .object({ partId: id(), quantity: quantity(), price: money().default(0) })
  .refine(amountFits, TOO_BIG);

/** Fen; what the lines cost or are sold for. */
export function totalOf(lines: ReadonlyArray<Readonly<{ quantity: number; price: number }>>): number {
  return lines.reduce((sum, line) => sum + lineAmount(line.quantity, line.price), 0);
}
