import { DomainError } from '../errors.ts';
import { halfUp } from '../money.ts';
import { ONE_PIECE } from '../quantity.ts';
import type { StockBalance } from './costing.ts';

// A stock count: nobody who counts sees what the books say; what differs much is counted again; a second person confirms.

export const COUNT_STATES = ['counting', 'recounting', 'counted', 'posted', 'cancelled'] as const;
export type CountState = (typeof COUNT_STATES)[number];

/** Nothing has come of it yet: its parts are not counted by another one meanwhile. */
export const OPEN_COUNT_STATES = ['counting', 'recounting', 'counted'] as const satisfies readonly CountState[];

/** A whole warehouse, the parts whose place is the bin that the scope's text names, or those in whose number or name it occurs. */
export const COUNT_SCOPES = ['warehouse', 'bin', 'class'] as const;
export type CountScope = (typeof COUNT_SCOPES)[number];

/** What a part has on its shelf by the books, thousandths, and how many moves made it so. */
export type Shelf = Readonly<{ quantity: number; moves: number }>;

/** One look at a shelf. `expected` is what the books said when it was last counted, so that what moves later changes nothing. */
export type Look = Readonly<{ quantity: number; expected: number; movesFrom: number; movesTo: number }>;

/** A quantity counted, or scanned on top of what has been; below 0: a scan taken back. Thousandths. */
export type CountStep = Readonly<{ way: 'add' | 'set'; quantity: number }>;

/**
 * The look after a step; null: nothing is left of it, the part has not been counted. That there is none of it says only a
 * quantity of 0 that was set.
 * @throws DomainError `stock-count.below-zero` when more is taken back than was scanned
 */
export function lookAfter(before: Look | null, shelf: Shelf, { way, quantity }: CountStep): Look | null {
  const { quantity: expected, moves } = shelf;
  if (way === 'set') return { quantity, expected, movesFrom: moves, movesTo: moves };
  const sum = (before?.quantity ?? 0) + quantity;
  if (sum < 0) throw new DomainError('stock-count.below-zero', { quantity: before?.quantity ?? 0 });
  return sum === 0 ? null : { quantity: sum, expected, movesFrom: before?.movesFrom ?? moves, movesTo: moves };
}

/** Thousandths; above 0: more is there than the books say. */
export const differenceOf = ({ quantity, expected }: Pick<Look, 'quantity' | 'expected'>): number =>
  quantity - expected;

/** Something moved between its first and its last scan: whether that was counted nobody can tell. */
export const isBlurred = ({ movesFrom, movesTo }: Pick<Look, 'movesFrom' | 'movesTo'>): boolean =>
  movesFrom !== movesTo;

/** Above which a difference is counted again: fen, and basis points of what was expected. Null: however much. */
export type CountThreshold = Readonly<{ value: number | null; shareBp: number | null }>;

/** @param price fen for one, of parts whose cost no stock on hand says */
export function mustRecount(look: Look, threshold: CountThreshold, balance: StockBalance, price: number): boolean {
  if (isBlurred(look)) return true;
  const difference = BigInt(Math.abs(differenceOf(look)));
  if (difference === 0n) return false;
  const { value, shareBp } = threshold;
  const [worth, per] = balance.quantity > 0 ? [balance.value, balance.quantity] : [price, ONE_PIECE];
  if (value !== null && difference * BigInt(worth) > BigInt(value) * BigInt(per)) return true;
  return shareBp !== null && difference * 10_000n > BigInt(shareBp) * BigInt(Math.max(0, look.expected));
}

/** Fen for one, at which a surplus comes in: the average, or what was paid last where there is none. */
export function surplusPrice(balance: StockBalance, lastPrice: number): number {
  return balance.quantity > 0 ? halfUp(balance.value, ONE_PIECE, balance.quantity) : lastPrice;
}
