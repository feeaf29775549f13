import { DomainError } from '../errors.ts';
import { ONE_PIECE } from '../quantity.ts';

// Serial and batch numbers: which pieces, or what of which batch, a line of a stock document is about.

export const TRACKINGS = ['none', 'batch', 'serial'] as const;
export type Tracking = (typeof TRACKINGS)[number];

/** One piece with its serial number, or a quantity (thousandths) of a batch. */
export type Lot = Readonly<{ lot: string; quantity: number }>;

type Line = Readonly<{ line: number; part: string; tracking: Tracking; quantity: number }>;

/**
 * The lots of a line are right by themselves: none for what isn't tracked; for what is, each once, together the line's
 * quantity, and a serial number for one piece.
 * @throws DomainError `stock.lots-not-tracked`, `stock.lots-differ {line, part, quantity, named}`, `stock.lot-twice`,
 *   `stock.serial-one-piece`
 */
export function requireLots({ line, part, tracking, quantity }: Line, lots: readonly Lot[]): void {
  if (tracking === 'none') {
    if (lots.length > 0) throw new DomainError('stock.lots-not-tracked', { line, part });
    return;
  }
  const named = quantityOf(lots);
  if (named !== quantity) throw new DomainError('stock.lots-differ', { line, part, quantity, named });
  const seen = new Set<string>();
  for (const one of lots) {
    if (seen.has(one.lot)) throw new DomainError('stock.lot-twice', { line, part, lot: one.lot });
    seen.add(one.lot);
    if (tracking === 'serial' && one.quantity !== ONE_PIECE)
      throw new DomainError('stock.serial-one-piece', { line, part, lot: one.lot });
  }
}

/**
 * The lots of a batch to take a quantity from, the first of `onHand` first. Less than the quantity where there is no more.
 * @param onHand oldest first, each above 0
 */
export function drawFromBatches(onHand: readonly Lot[], quantity: number): Lot[] {
  const drawn: Lot[] = [];
  let rest = quantity;
  for (const { lot, quantity: there } of onHand) {
    if (rest === 0) break;
    const taken = Math.min(rest, there);
    drawn.push({ lot, quantity: taken });
    rest -= taken;
  }
  return drawn;
}

/** The lots without what was taken of them; null where something was taken that isn't among them. */
export function withoutLots(lots: readonly Lot[], taken: readonly Lot[]): Lot[] | null {
  const left = new Map(lots.map(({ lot, quantity }) => [lot, quantity]));
  for (const { lot, quantity } of taken) {
    const rest = (left.get(lot) ?? 0) - quantity;
    if (rest < 0) return null;
    left.set(lot, rest);
  }
  return [...left].filter(([, quantity]) => quantity > 0).map(([lot, quantity]) => ({ lot, quantity }));
}
/** What some lots have that others haven't: of a batch the quantity beyond theirs. */
export function lotsBeyond(lots: readonly Lot[], others: readonly Lot[]): Lot[] {
  const theirs = new Map(others.map(({ lot, quantity }) => [lot, quantity]));
  return lots.flatMap(({ lot, quantity }) => {
    const beyond = quantity - (theirs.get(lot) ?? 0);
    return beyond > 0 ? [{ lot, quantity: beyond }] : [];
  });
}

export const quantityOf = (lots: readonly Lot[]): number => lots.reduce((sum, { quantity }) => sum + quantity, 0);
