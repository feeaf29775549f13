import { describe, expect, test } from 'vitest';
import { isBlurred, lookAfter, mustRecount, surplusPrice, type CountStep, type Shelf } from '#domain/stock/count.ts';

const pieces = (count: number) => count * 1000;
const shelf = (quantity: number, moves = 1): Shelf => ({ quantity: pieces(quantity), moves });
const add = (count: number): CountStep => ({ way: 'add', quantity: pieces(count) });
const set = (count: number): CountStep => ({ way: 'set', quantity: pieces(count) });

describe('what is counted', () => {
  test('adds up scan by scan, beside what the books say at the last one', () => {
    const first = lookAfter(null, shelf(5), add(1));
    expect(lookAfter(first, shelf(5), add(2))).toEqual({
      quantity: pieces(3),
      expected: pieces(5),
      movesFrom: 1,
      movesTo: 1,
    });
  });

  test('is not sure when something moved between two scans, until it is counted in one go', () => {
    const first = lookAfter(null, shelf(5, 1), add(1));
    const second = lookAfter(first, shelf(4, 2), add(3));
    expect(second && isBlurred(second)).toBe(true);
    const whole = lookAfter(second, shelf(4, 2), set(4));
    expect(whole && isBlurred(whole)).toBe(false);
  });

  test('is nothing when all scans are taken back, and none when that is typed', () => {
    const one = lookAfter(null, shelf(5), add(1));
    expect(lookAfter(one, shelf(5), add(-1))).toBeNull();
    expect(lookAfter(one, shelf(5), set(0))).toMatchObject({ quantity: 0, expected: pieces(5) });
    expect(() => lookAfter(one, shelf(5), add(-2))).toThrow('stock-count.below-zero');
  });
});

describe('what is counted again', () => {
  const look = (quantity: number, expected: number) => ({
    quantity: pieces(quantity),
    expected: pieces(expected),
    movesFrom: 1,
    movesTo: 1,
  });
  const at100 = { quantity: pieces(10), value: 1000 };
  const threshold = (value: number | null, shareBp: number | null) => ({ value, shareBp });

  test.each([
    ['what agrees', look(10, 10), threshold(0, 0), false],
    ['a difference worth the threshold', look(8, 10), threshold(200, null), false],
    ['a difference worth more', look(8, 10), threshold(199, null), true],
    ['a tenth, with a tenth allowed', look(9, 10), threshold(null, 1000), false],
    ['more than a tenth', look(8, 10), threshold(null, 1000), true],
    ['anything that should not be there', look(1, 0), threshold(null, 10_000), true],
    ['any difference, without a threshold', look(0, 10), threshold(null, null), false],
  ])('%s', (_, counted, allowed, isAgain) => {
    expect(mustRecount(counted, allowed, at100, 0)).toBe(isAgain);
  });

  test('of a part without stock the last price says what it is worth', () => {
    const none = { quantity: 0, value: 0 };
    expect(mustRecount(look(3, 0), threshold(300, null), none, 100)).toBe(false);
    expect(mustRecount(look(3, 0), threshold(299, null), none, 100)).toBe(true);
    expect(mustRecount(look(1_000_000, 0), threshold(1e11, null), none, 1e11)).toBe(true);
  });

  test('what moved while it was counted, though nothing differs', () => {
    expect(mustRecount({ ...look(10, 10), movesTo: 2 }, threshold(null, null), at100, 0)).toBe(true);
  });
});

test('a surplus comes in at the average, or at what was paid last', () => {
  expect(surplusPrice({ quantity: 3000, value: 100 }, 77)).toBe(33);
  expect(surplusPrice({ quantity: 0, value: 0 }, 77)).toBe(77);
});
