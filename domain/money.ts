import { DomainError } from './errors.ts';

// Money is an integer count of minor units (fen); rates and shares are basis points (1/10000).
// Everything here is exact, also where an intermediate product passes 2^53.

export const WHOLE_BP = 10_000;

export type Share = Readonly<{ key: string; shareBp: number }>;
export type Part = Readonly<{ key: string; amount: number }>;

/**
 * value × numerator ÷ denominator, rounded half away from zero.
 * @throws RangeError if something is not an integer, the denominator is not above 0 or the result is not a safe integer
 */
export function halfUp(value: number, numerator: number, denominator: number): number {
  const { quotient, remainder } = divide(value, numerator, denominator);
  const isHalfOrMore = remainder >= denominator - remainder;
  return signed(safe(quotient + (isHalfOrMore ? 1 : 0)), value, numerator);
}

/** The quotient of exact products, which may pass 2^53, rounded half away from zero. @throws RangeError if it is not safe */
export function halfUpOf(sum: bigint, denominator: number): number {
  const divisor = BigInt(denominator);
  const magnitude = sum < 0n ? -sum : sum;
  const rounded = safe(Number((2n * magnitude + divisor) / (2n * divisor)));
  return sum < 0n ? 0 - rounded : rounded;
}

/** The part of an amount that a rate makes, what is left of a minor unit dropped; towards zero. */
export function floorRate(amount: number, rateBp: number): number {
  return signed(divide(amount, rateBp, WHOLE_BP).quotient, amount, rateBp);
}

/** The part of an amount that a rate in basis points makes, rounded half away from zero. */
export function applyRate(amount: number, rateBp: number): number {
  return halfUp(amount, rateBp, WHOLE_BP);
}

/**
 * Splits an amount among people: the floor of each share, then the fen left over one each to the largest remainders,
 * ties to the lower key. The parts add up to the amount and come in the order of the shares.
 * @param shares keys are distinct, shares in basis points
 * @throws DomainError `pay.shares-not-100-percent`
 */
export function split(amount: number, shares: readonly Share[]): Part[] {
  requireWhole(shares);
  const byKey = shares.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const amounts = largestRemainders(
    amount,
    byKey.map((share) => share.shareBp),
    WHOLE_BP,
  );
  const parts = new Map(byKey.map((share, index) => [share, amounts[index] ?? 0]));
  return shares.map((share) => ({ key: share.key, amount: parts.get(share) ?? 0 }));
}

/** @throws DomainError `pay.shares-not-100-percent` unless whole, not negative shares add up to 10000 basis points */
export function requireWhole(shares: readonly Share[]): void {
  const sumBp = shares.reduce((total, share) => total + share.shareBp, 0);
  const isUsable = shares.every((share) => Number.isInteger(share.shareBp) && share.shareBp >= 0);
  if (sumBp !== WHOLE_BP || !isUsable) throw new DomainError('pay.shares-not-100-percent', { sumBp });
}

/**
 * Spreads a total (an order's discount, a shared cost) over lines in proportion to their weights: the floor of each,
 * what is left over to the largest remainders, ties to the earlier line. The parts add up to the total,
 * except where all weights are 0: there is nothing to spread it over, and every part is 0.
 * @throws RangeError on a negative weight
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) throw new RangeError('weight below 0');
  const sum = safe(weights.reduce((result, weight) => result + weight, 0));
  return sum === 0 ? weights.map(() => 0) : largestRemainders(total, weights, sum);
}

/** Weights add up to `whole`. Ties go to the earlier weight: Array.prototype.sort is stable. */
function largestRemainders(total: number, weights: readonly number[], whole: number): number[] {
  const portions = weights.map((weight) => ({ ...divide(total, weight, whole), hasExtra: false }));
  const given = portions.reduce((sum, portion) => sum + portion.quotient, 0);
  const leftOver = Math.abs(total) - given;
  const byRemainder = portions.toSorted((a, b) => b.remainder - a.remainder);
  for (const portion of byRemainder.slice(0, leftOver)) portion.hasExtra = true;
  return portions.map((portion) => signed(portion.quotient + (portion.hasExtra ? 1 : 0), total, 1));
}

/** |value × numerator| divided by the denominator. Plain numbers where the product is exact, BigInt beyond. */
function divide(value: number, numerator: number, denominator: number): { quotient: number; remainder: number } {
  if (denominator <= 0) throw new RangeError(`denominator ${denominator}`);
  const product = Math.abs(safe(value) * safe(numerator));
  if (Number.isSafeInteger(product)) {
    const remainder = product % safe(denominator);
    return { quotient: (product - remainder) / denominator, remainder };
  }
  const exact = BigInt(Math.abs(value)) * BigInt(Math.abs(numerator));
  const divisor = BigInt(denominator);
  return { quotient: safe(Number(exact / divisor)), remainder: Number(exact % divisor) };
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  return value;
}

/** Puts the sign of a × b back; never -0, which would print as "-0". */
function signed(magnitude: number, a: number, b: number): number {
  return magnitude !== 0 && a < 0 !== b < 0 ? -magnitude : magnitude;
}

/** Digits after the point of a currency: 2 for CNY, 0 for JPY. */
export function minorDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/** 123400 with 2 decimals → `1234.00`, exactly: of money, a quantity (3) or a rate (2). */
export function decimalText(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${value < 0 ? '-' : ''}${digits.slice(0, point)}${decimals === 0 ? '' : `.${digits.slice(point)}`}`;
}
