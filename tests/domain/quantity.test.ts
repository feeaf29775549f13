import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineAmount, quantityFromDecimal, quantityToDecimal } from '#domain/quantity.ts';

test.each([
  ['1.5', 1500],
  ['1', 1000],
  [' 0.001 ', 1],
  ['-2.25', -2250],
  ['007', 7000],
])('%j is %d thousandths', (text, quantity) => {
  expect(quantityFromDecimal(text)).toBe(quantity);
});

test.each(['1.2345', '1.5000', '', '.5', '1.', '1,5', '1e3', '0x10', 'one', '1 2', 'NaN', '１'])(
  '%j is no quantity',
  (text) => {
    expect(quantityFromDecimal(text)).toBeUndefined();
  },
);

test('a quantity written as decimal reads back as the same quantity', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (quantity) => {
      expect(quantityFromDecimal(quantityToDecimal(quantity))).toBe(quantity);
    }),
  );
});

test('1.5 pieces at 33.33 are 50.00: half a fen rounds up', () => {
  expect(lineAmount(1500, 3333)).toBe(5000);
  expect(lineAmount(-1500, 3333)).toBe(-5000);
  expect(lineAmount(1000, 3333)).toBe(3333);
});
