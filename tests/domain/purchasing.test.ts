import { expect, test } from 'vitest';
import {
  isDelivered,
  outstandingOf,
  overDeliveries,
  PURCHASE_STATES,
  stateAfter,
  withDelivery,
} from '#domain/stock/purchasing.ts';

const A = { id: 'a', quantity: 5000, received: 0 };
const B = { id: 'b', quantity: 2000, received: 1500 };

test.each([
  ['changed', ['requested'], 'requested'],
  ['approved', ['requested'], 'approved'],
  ['refused', ['requested'], 'refused'],
  ['ordered', ['approved'], 'ordered'],
  ['received', ['ordered'], 'ordered'],
  ['reversed', ['ordered', 'closed'], 'ordered'],
  ['closed', ['ordered'], 'closed'],
  ['cancelled', ['requested', 'approved', 'ordered'], 'cancelled'],
] as const)('an order is %s from %s only, and then it is %s', (step, from, to) => {
  for (const state of PURCHASE_STATES) {
    const take = () => stateAfter(step, { number: 'PO-1', state });
    if (from.some((one) => one === state)) expect(take()).toBe(to);
    else
      expect(take).toThrow(
        expect.objectContaining({ code: 'purchase.wrong-state', details: { number: 'PO-1', state } }),
      );
  }
});

test('what came beyond the order leaves nothing outstanding, and no less than nothing', () => {
  expect([0, 1999, 2000, 2500].map((received) => outstandingOf({ quantity: 2000, received }))).toEqual([2000, 1, 0, 0]);
});

test('an order is delivered when nothing of any line is outstanding', () => {
  const delivery = [
    { lineId: 'a', quantity: 3000 },
    { lineId: 'b', quantity: 700 },
    { lineId: 'a', quantity: 2000 },
  ];
  expect(isDelivered([A, B])).toBe(false);
  expect(isDelivered(withDelivery([A, B], delivery.slice(0, 2)))).toBe(false);
  expect(isDelivered(withDelivery([A, B], delivery))).toBe(true);
});

test('a line that comes twice in a delivery is over when both together are', () => {
  const delivery = [
    { lineId: 'a', quantity: 3000 },
    { lineId: 'b', quantity: 500 },
    { lineId: 'a', quantity: 2001 },
    { lineId: 'b', quantity: 1 },
  ];
  expect(overDeliveries([A, B], delivery)).toEqual([
    { index: 2, outstanding: 2000, quantity: 2001 },
    { index: 3, outstanding: 0, quantity: 1 },
  ]);
});
