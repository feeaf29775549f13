import { halfUp } from './money.ts';

// A quantity is an integer count of thousandths: 1000 is one piece, 1500 one and a half metres.

export const ONE_PIECE = 1000;

/** Quantity (thousandths) × price of one piece (minor units), rounded half away from zero, in minor units. */
export function lineAmount(quantity: number, price: number): number {
  return halfUp(price, quantity, ONE_PIECE);
}
