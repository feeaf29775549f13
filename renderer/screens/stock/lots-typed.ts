import { ONE_PIECE } from '#domain/quantity.ts';
import { quantityOf, type Lot, type Tracking } from '#domain/stock/lots.ts';
import { fixedFromText } from '#renderer/ui/format.ts';

/** Serial and batch numbers in one field: `SN-1 SN-2`, or `B-7*3, B-8*2`, where one batch without a quantity has the rest. */

/** A number as it was typed; a batch may have its quantity behind it, thousandths. */
type Named = Readonly<{ lot: string; quantity: number | null }>;

function named(tracking: Tracking, text: string): Named[] {
  const words = text.split(tracking === 'serial' ? /[\s,，;；]+/ : /[,，;；]+/).map((word) => word.trim());
  return words
    .filter((word) => word !== '')
    .map((word) => (tracking === 'serial' ? { lot: word, quantity: ONE_PIECE } : batchOf(word)));
}

function batchOf(word: string): Named {
  const star = Math.max(word.lastIndexOf('*'), word.lastIndexOf('×'));
  const parsed = star > 0 ? fixedFromText(word.slice(star + 1), 3) : undefined;
  if (parsed === undefined || 'fault' in parsed || parsed.value === null || parsed.value <= 0)
    return { lot: word, quantity: null };
  return { lot: word.slice(0, star).trim(), quantity: parsed.value };
}

const given = (names: readonly Named[]): number => names.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);

/** @param quantity thousandths, of the line */
export function lotsOf(tracking: Tracking, text: string, quantity: number): Lot[] {
  const names = named(tracking, text);
  const isOne = names.filter((one) => one.quantity === null).length === 1;
  const rest = quantity - given(names);
  // Of several nobody knows how much each has, and there may be nothing left: what they then make is refused.
  const share = isOne && rest > 0 ? rest : ONE_PIECE;
  return names.map(({ lot, quantity: own }) => ({ lot, quantity: own ?? share }));
}

/** Thousandths that the numbers make by themselves; null: they don't say. */
export function quantityNamed(tracking: Tracking, text: string): number | null {
  const names = named(tracking, text);
  return names.length === 0 || names.some(({ quantity }) => quantity === null) ? null : given(names);
}

/**
 * The numbers with one more that was scanned: a piece, or the batch of what has no number yet, or else of one more piece.
 * @param quantity thousandths, of the line before
 */
export function withLot(tracking: Tracking, text: string, quantity: number, lot: string): string {
  const lots = lotsOf(tracking, text, quantity);
  const others = lots.filter((one) => one.lot !== lot);
  if (tracking === 'serial') return [...others.map((one) => one.lot), lot].join(' ');
  const before = lots.find((one) => one.lot === lot)?.quantity ?? 0;
  const open = quantity - quantityOf(lots);
  const all = [...others, { lot, quantity: before + (open > 0 ? open : ONE_PIECE) }];
  return all.map((one) => `${one.lot}*${one.quantity / ONE_PIECE}`).join(', ');
}
