import { describe, expect, test } from 'vitest';
import { depositOf, requireFree } from '#domain/stock/deposits.ts';
import { withoutLots } from '#domain/stock/lots.ts';
import { proposedQuantity } from '#domain/stock/proposal.ts';
import { chargeFor, progressOf, restOf } from '#domain/stock/requisition.ts';

describe('what a warehouse asks for', () => {
  const need = { onHand: 0, inTransit: 0, ordered: 0, used: 0, min: null, max: null, measure: '个' };
  test.each([
    ['nothing was used', {}, 0],
    ['as much as was used', { used: 5000 }, 5000],
    ['what there is and what is on its way counts', { used: 5000, onHand: 2000, inTransit: 1000, ordered: 1000 }, 1000],
    ['enough is there', { used: 5000, onHand: 5000 }, 0],
    ['by the piece', { used: 2500, onHand: 400 }, 3000],
    ['measured out', { used: 2500, onHand: 400, measure: '米' }, 2100],
    ['below the least: filled up', { onHand: 1000, min: 2000, max: 6000 }, 5000],
    ['at the least: left alone', { onHand: 2000, min: 2000, max: 6000 }, 0],
    ['more is used than the most', { onHand: 1000, used: 9000, min: 2000, max: 6000 }, 8000],
    ['the least without a most', { onHand: 1000, min: 3000 }, 2000],
  ])('%s', (_, known, expected) => {
    expect(proposedQuantity({ ...need, ...known })).toBe(expected);
  });
});

test('the charges of a granted line add up to its amount, in whatever steps it is shipped', () => {
  const granted = { quantity: 3000, price: 333 };
  const shipments: { quantity: number; charge: number }[] = [];
  for (const quantity of [1001, 998, 1001]) {
    const rest = restOf(granted, shipments);
    shipments.push({ quantity, charge: chargeFor(rest, quantity) });
  }
  expect(shipments.reduce((sum, { charge }) => sum + charge, 0)).toBe(999);
  expect(restOf(granted, shipments)).toEqual({ quantity: 0, amount: 0 });
});

test('a requisition is shipped when nothing of it is left, and partly as soon as something has left', () => {
  const line = (quantity: number, rest: number) => ({
    granted: { quantity, price: 1 },
    rest: { quantity: rest, amount: rest },
  });
  expect(progressOf([line(2000, 2000), line(0, 0)])).toBe('');
  expect(progressOf([line(2000, 1000), line(1000, 1000)])).toBe('partly-shipped');
  expect(progressOf([line(2000, 0), line(1000, 0)])).toBe('shipped');
});

test('of a deposit what isn’t blocked is free, and no more', () => {
  const deposit = depositOf(1000, 400);
  expect(() => requireFree(deposit, 600)).not.toThrow();
  expect(() => requireFree(deposit, 601)).toThrow(expect.objectContaining({ details: { free: 600, needed: 601 } }));
});

test('lots less what was taken of them; what isn’t among them can’t be', () => {
  const lots = [
    { lot: 'A', quantity: 2000 },
    { lot: 'B', quantity: 1000 },
  ];
  expect(
    withoutLots(lots, [
      { lot: 'A', quantity: 500 },
      { lot: 'B', quantity: 1000 },
    ]),
  ).toEqual([{ lot: 'A', quantity: 1500 }]);
  expect(withoutLots(lots, [{ lot: 'B', quantity: 1001 }])).toBeNull();
  expect(withoutLots(lots, [{ lot: 'C', quantity: 1 }])).toBeNull();
});
