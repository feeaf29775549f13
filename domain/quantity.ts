import { halfUp } from './money.ts';

// A quantity is an integer count of thousandths: 1000 is one piece, 1500 one and a half metres.

export const ONE_PIECE = 1000;

const PLAIN_DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,3}))?$/;

/**
 * "1.5" → 1500. Undefined for what is not a plain decimal with at most three places, so that the caller,
 * who knows the field and the line, says what is wrong.
 */
export function quantityFromDecimal(text: string): number | undefined {
  const match = PLAIN_DECIMAL.exec(text.trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const quantity = Number(whole) * ONE_PIECE + Number(fraction.padEnd(3, '0'));
  return sign === '-' && quantity !== 0 ? -quantity : quantity;
}

/** 1500 → "1.5", without trailing zeros. */
export function quantityToDecimal(quantity: number): string {
  const magnitude = Math.abs(quantity);
  const fraction = String(magnitude % ONE_PIECE)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = Math.floor(magnitude / ONE_PIECE);
  return `${quantity < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** Quantity (thousandths) × price of one piece (minor units), rounded half away from zero, in minor units. */
export function lineAmount(quantity: number, price: number): number {
  return halfUp(price, quantity, ONE_PIECE);
}
