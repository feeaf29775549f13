import { ONE_PIECE } from '#domain/quantity.ts';
import type { Lot } from '#domain/stock/lots.ts';

/** What was typed or scanned into one field: serial numbers, or one batch of which all is. */
export function lotsOf(text: string, quantity: number): Lot[] {
  const lots = text.split(/[\s,，;；]+/).filter((lot) => lot !== '');
  return lots.map((lot) => ({ lot, quantity: lots.length === 1 ? quantity : ONE_PIECE }));
}
