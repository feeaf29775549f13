import { expect, test } from 'vitest';
import { lineAmount } from '#domain/quantity.ts';

test('1.5 pieces at 33.33 are 50.00: half a fen rounds up', () => {
  expect(lineAmount(1500, 3333)).toBe(5000);
  expect(lineAmount(-1500, 3333)).toBe(-5000);
  expect(lineAmount(1000, 3333)).toBe(3333);
});
