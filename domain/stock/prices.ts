import type { UnitKind } from '../organisation/kinds.ts';
import type { Charge } from './material.ts';

// What a part is sold for: by the level of the unit that sells it, and by who buys.

export const CUSTOMER_CLASSES = [
  'person',
  'dealer',
  'hypermarket',
  'group',
  'warranty',
  'vendor',
  'outlet',
  'technician',
] as const;
export type CustomerClass = (typeof CUSTOMER_CLASSES)[number];

/** `level`, `customerClass`: of whom it is the price; empty: of any. `price`: fen for one. */
export type PartPrice = Readonly<{ level: UnitKind | ''; customerClass: CustomerClass | ''; price: number }>;

export type PriceAsked = Readonly<{ level: UnitKind; customerClass: CustomerClass }>;

/**
 * The price for these two, fen for one: the most specific one there is. Who buys counts for more than who sells: a dealer's
 * price of any level comes before his level's price for anybody. Undefined where none is for them.
 */
export function priceFor(prices: readonly PartPrice[], { level, customerClass }: PriceAsked): number | undefined {
  const fitting = prices.filter(
    (one) =>
      (one.level === '' || one.level === level) && (one.customerClass === '' || one.customerClass === customerClass),
  );
  return fitting.toSorted((a, b) => weightOf(b) - weightOf(a))[0]?.price;
}

const weightOf = (one: PartPrice): number => (one.customerClass === '' ? 0 : 2) + (one.level === '' ? 0 : 1);

/** Whose price a part of a work order has, by who pays for it. */
export function classOfCharge(charge: Charge): CustomerClass {
  return charge === 'warranty' || charge === 'vendor' ? charge : 'person';
}
