import { describe, expect, test } from 'vitest';
import { chargesOf, type ChargedOrder } from '#domain/billing/charges.ts';

const givenOrder = (changes: Partial<ChargedOrder> = {}): ChargedOrder => ({
  warrantyClass: 'out',
  travelFee: 2000,
  discount: 500,
  labour: [{ fee: 8000 }, { fee: 1000 }],
  parts: [
    { quantity: 1500, price: 333, charge: 'customer' },
    { quantity: 1000, price: 9999, charge: 'warranty' },
    { quantity: 1000, price: 9999, charge: 'vendor' },
    { quantity: 1000, price: 9999, charge: 'free' },
  ],
  ...changes,
});

describe('what the customer is charged', () => {
  test('labour, the parts charged to him, travel, less the discount; each part line rounded half up', () => {
    // 1.5 × 3.33 = 4.995
    expect(chargesOf(givenOrder())).toEqual({ labour: 9000, parts: 500, travel: 2000, discount: 500, total: 11_000 });
  });

  test.each(['in', 'vendor'] as const)('no labour when the warranty class is “%s”', (warrantyClass) => {
    expect(chargesOf(givenOrder({ warrantyClass }))).toMatchObject({ labour: 0, total: 2000 });
  });

  test('a discount never makes the total less than nothing', () => {
    expect(chargesOf(givenOrder({ discount: 99_999 }))).toMatchObject({ discount: 11_500, total: 0 });
  });
});
