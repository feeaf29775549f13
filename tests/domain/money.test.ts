import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyRate, apportion, halfUp, split } from '#domain/money.ts';

const amount = fc.maxSafeInteger();
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 12 });

/** Shares of some people that add up to 10000, made by cutting the whole at random places. */
const shares = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }).chain((keys) =>
  fc
    .array(fc.nat(10_000), { minLength: keys.length - 1, maxLength: keys.length - 1 })
    .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 10_000])
    .map((cuts) => keys.map((key, index) => ({ key, shareBp: (cuts[index + 1] ?? 0) - (cuts[index] ?? 0) }))),
);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + BigInt(number), 0n);
const absolute = (number: bigint) => (number < 0n ? -number : number);

describe('rounding', () => {
  test.each([
    [5, 1, 10, 1],
    [4, 1, 10, 0],
    [-5, 1, 10, -1],
    [-4, 1, 10, 0],
    [15, 1, 10, 2],
    [25, 1, 10, 3],
    [1, 1, 3, 0],
    [2, 1, 3, 1],
    [9_007_199_254_740_991, 9999, 10_000, 9_006_298_534_815_517],
    [-9_007_199_254_740_991, 5000, 10_000, -4_503_599_627_370_496],
  ])('%d × %d / %d is %d', (value, numerator, denominator, expected) => {
    expect(halfUp(value, numerator, denominator)).toBe(expected);
  });

  test('a rate of an amount is exact for every amount and rate', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: -10_000, max: 10_000 }), (value, rateBp) => {
        const exact = BigInt(value) * BigInt(rateBp);
        const magnitude = (2n * absolute(exact) + 10_000n) / 20_000n;
        expect(BigInt(applyRate(value, rateBp))).toBe(exact < 0n ? -magnitude : magnitude);
      }),
    );
  });

  test('nothing of an amount is 0, not -0', () => {
    expect(Object.is(applyRate(-4, 1000), 0)).toBe(true);
  });

  test('a fraction of a fen, no denominator and a result too large to be exact are bugs', () => {
    expect(() => applyRate(0.5, 1000)).toThrow(RangeError);
    expect(() => halfUp(1, 1, 0)).toThrow(RangeError);
    expect(() => halfUp(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(RangeError);
  });
});

describe('split among people', () => {
  test('100.00 at 33.34/33.33/33.33 % is 33.34, 33.33, 33.33', () => {
    const parts = split(10_000, [
      { key: 'T03', shareBp: 3333 },
      { key: 'T01', shareBp: 3334 },
      { key: 'T02', shareBp: 3333 },
    ]);
    expect(parts).toEqual([
      { key: 'T03', amount: 3333 },
      { key: 'T01', amount: 3334 },
      { key: 'T02', amount: 3333 },
    ]);
  });

  test('equal remainders go to the lower number, also for a deduction', () => {
    const halves = [
      { key: 'T02', shareBp: 5000 },
      { key: 'T01', shareBp: 5000 },
    ];
    expect(split(1, halves).map((part) => part.amount)).toEqual([0, 1]);
    expect(split(-1, halves).map((part) => part.amount)).toEqual([0, -1]);
  });

  test('the parts add up to the amount, and each is its exact share or less than a fen from it', () => {
    fc.assert(
      fc.property(amount, shares, (whole, among) => {
        const parts = split(whole, among);
        expect(sum(parts.map((part) => part.amount))).toBe(BigInt(whole));
        parts.forEach((part, index) => {
          const off = BigInt(part.amount) * 10_000n - BigInt(whole) * BigInt(among[index]?.shareBp ?? 0);
          expect(absolute(off) < 10_000n).toBe(true);
        });
      }),
    );
  });

  test('the order in which people are named does not matter', () => {
    fc.assert(
      fc.property(amount, shares, (whole, among) => {
        const reversed = split(whole, among.toReversed()).toReversed();
        expect(reversed).toEqual(split(whole, among));
      }),
    );
  });

  test('who has no share gets nothing', () => {
    fc.assert(
      fc.property(amount, shares, (whole, among) => {
        split(whole, among).forEach((part, index) => {
          if (among[index]?.shareBp === 0) expect(part.amount).toBe(0);
        });
      }),
    );
  });

  test.each([[[]], [[9999]], [[5000, 5001]], [[10_001, -1]], [[5000.5, 4999.5]]])(
    'shares %j are refused',
    (given: number[]) => {
      const among = given.map((shareBp, index) => ({ key: `T${index}`, shareBp }));
      expect(() => split(100, among)).toThrow(expect.objectContaining({ code: 'pay.shares-not-100-percent' }));
    },
  );
});

describe('a total spread over lines', () => {
  test('10.01 over 100.00, 300.00 and 50.00: the left-over fen goes to the largest remainder', () => {
    expect(apportion(1001, [10_000, 30_000, 5000])).toEqual([223, 667, 111]);
  });

  test('equal remainders go to the earlier line', () => {
    expect(apportion(1, [7, 7])).toEqual([1, 0]);
    expect(apportion(2, [1, 1, 1])).toEqual([1, 1, 0]);
  });

  test('the parts add up to the total', () => {
    fc.assert(
      fc.property(amount, weights, (total, lines) => {
        const parts = apportion(total, lines);
        expect(sum(parts)).toBe(lines.some((line) => line > 0) ? BigInt(total) : 0n);
      }),
    );
  });

  test('a line without amount bears nothing, and without any amount there is nothing to bear it', () => {
    expect(apportion(1001, [0, 30_000])).toEqual([0, 1001]);
    expect(apportion(1001, [0, 0])).toEqual([0, 0]);
    expect(apportion(1001, [])).toEqual([]);
    expect(() => apportion(1, [-1, 2])).toThrow(RangeError);
  });
});
