import { describe, expect, test } from 'vitest';
import { priceFor, type PartPrice } from '#domain/stock/prices.ts';

const PRICES: readonly PartPrice[] = [
  { level: '', customerClass: '', price: 100 },
  { level: 'outlet', customerClass: '', price: 90 },
  { level: '', customerClass: 'dealer', price: 80 },
  { level: 'outlet', customerClass: 'dealer', price: 70 },
  { level: 'region', customerClass: 'vendor', price: 60 },
];

describe('what a part is sold for', () => {
  test.each([
    ['outlet', 'dealer', 70],
    ['region', 'dealer', 80], // who buys counts for more than who sells
    ['outlet', 'person', 90],
    ['region', 'person', 100],
    ['region', 'vendor', 60],
    ['outlet', 'vendor', 90],
  ] as const)('at a unit of level %s to a %s is the most specific price: %i', (level, customerClass, price) => {
    expect(priceFor(PRICES, { level, customerClass })).toBe(price);
    expect(priceFor(PRICES.toReversed(), { level, customerClass })).toBe(price);
  });

  test('is left open where no price is for them', () => {
    expect(priceFor(PRICES.slice(3), { level: 'outlet', customerClass: 'person' })).toBeUndefined();
  });
});
