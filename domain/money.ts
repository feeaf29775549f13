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
  const byKey = shares.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const amounts = splitInTurn(
    amount,
    byKey.map((share) => share.shareBp),
  );
  const parts = new Map(byKey.map((share, index) => [share, amounts[index] ?? 0]));
  return shares.map((share) => ({ key: share.key, amount: parts.get(share) ?? 0 }));
}

/** The same among people who come by their keys already. @throws DomainError `pay.shares-not-100-percent` */
export function splitInTurn(amount: number, sharesBp: readonly number[]): number[] {
  requireWhole(sharesBp);
  return sharesBp.length === 1 ? [safe(amount)] : largestRemainders(amount, sharesBp, WHOLE_BP);
}

/** @throws DomainError `pay.shares-not-100-percent` unless whole, not negative shares add up to 10000 basis points */
export function requireWhole(sharesBp: readonly number[]): void {
  let sumBp = 0;
  let isUsable = true;
  for (const shareBp of sharesBp) {
    sumBp += shareBp;
    if (!Number.isInteger(shareBp) || shareBp < 0) isUsable = false;
  }
  if (sumBp !== WHOLE_BP || !isUsable) throw new DomainError('pay.shares-not-100-percent', { sumBp });
}

/**
 * Spreads a total (an order's discount, a shared cost) over lines in proportion to their weights: the floor of each,
 * what is left over to the largest remainders, ties to the earlier line. The parts add up to the total,
 * except where all weights are 0: there is nothing to spread it over, and every part is 0.
 * @throws RangeError on a negative weight
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  let sum = 0;
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError('weight below 0');
    sum += weight;
  }
  return safe(sum) === 0 || total === 0 ? weights.map(() => 0) : largestRemainders(total, weights, sum);
}

/** Weights add up to `whole`. Ties go to the earlier weight. */
function largestRemainders(total: number, weights: readonly number[], whole: number): number[] {
  const parts: number[] = [];
  const remainders: number[] = [];
  let leftOver = Math.abs(total);
  for (const weight of weights) {
    const { quotient, remainder } = divide(total, weight, whole);
    parts.push(quotient);
    remainders.push(remainder);
    leftOver -= quotient;
  }
  // Less is left over than there are remainders above 0: nobody's turn comes twice.
  for (; leftOver > 0; leftOver--) {
    const place = placeOfLargest(remainders);
    parts[place] = (parts[place] ?? 0) + 1;
    remainders[place] = 0;
  }
  return total < 0 ? parts.map((part) => 0 - part) : parts;
}

function placeOfLargest(values: readonly number[]): number {
  let place = 0;
  let largest = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value <= largest) continue;
    largest = value;
    place = i;
  }
  return place;
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
