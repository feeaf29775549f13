import { expect, test } from 'vitest';
import { isDifference, nothingMoved, replayMove, type LedgerMove, type Replay } from '#domain/stock/replay.ts';
import { materialSteps, usualCharge } from '#domain/stock/material.ts';
import { withdraw } from '#domain/stock/costing.ts';

const MOVE: LedgerMove = {
  warehouseId: 'w',
  partId: 'p',
  moveNo: 1,
  quantity: 2000,
  value: 200,
  price: 100,
  kind: 'receipt',
  documentNumber: 'RC-1',
  lineNo: 1,
  workOrderPartId: null,
  reversedValue: null,
  shippedValue: null,
};

function replayed(...moves: readonly Partial<LedgerMove>[]) {
  let state: Replay = nothingMoved();
  for (const [index, move] of moves.entries()) {
    const next = replayMove(state, { ...MOVE, moveNo: index + 1, ...move });
    if (isDifference(next)) return next;
    state = next;
  }
  return state;
}

test('a missing move shows by its number', () => {
  expect(replayed({}, { moveNo: 3 })).toMatchObject({ what: 'move-number', expected: 2, found: 3 });
});

test('an issue not at the average is found', () => {
  const issue = { kind: 'issue', quantity: -1000, documentNumber: 'IS-1' } as const;
  expect(replayed({}, { ...issue, value: -99 })).toMatchObject({
    what: 'move-value',
    documentNumber: 'IS-1',
    expected: -100,
    found: -99,
  });
  expect(replayed({}, { ...issue, value: -100 })).toMatchObject({ balance: { quantity: 1000, value: 100 } });
});

test('more taken out than there was is found', () => {
  expect(replayed({}, { kind: 'issue', quantity: -3000, value: -300 })).toMatchObject({ what: 'quantity' });
});

test('what is put back has the value it was drawn with', () => {
  const drawn = { kind: 'material', quantity: -1000, value: -100, workOrderPartId: 'l' } as const;
  const back = { kind: 'material', quantity: 1000, workOrderPartId: 'l' } as const;
  const dear = { value: 1800, price: 900 };
  expect(replayed({}, drawn, dear, { ...back, value: 100 })).toMatchObject({
    balance: { quantity: 4000, value: 2000 },
  });
  expect(replayed({}, drawn, dear, { ...back, value: 500 })).toMatchObject({ what: 'move-value', expected: 100 });
});

test('a reversed receipt takes its own value, but never more than there is, and all of it with the last piece', () => {
  expect(withdraw({ quantity: 4000, value: 800 }, 2000, 200).value).toBe(200);
  expect(withdraw({ quantity: 4000, value: 150 }, 2000, 200)).toEqual({
    value: 150,
    balance: { quantity: 2000, value: 0 },
  });
  expect(withdraw({ quantity: 2000, value: 800 }, 2000, 200).value).toBe(800);
  expect(() => withdraw({ quantity: 1000, value: 100 }, 2000, 200)).toThrow('stock.insufficient');
});

const SAVED = { id: 'l', warehouseId: 'w', partId: 'p', quantity: 3000, cost: 100 };

test('a material line that needs more draws the difference; one that needs less puts the difference back', () => {
  const wanted = { id: 'l', warehouseId: 'w', partId: 'p', price: 5 };
  expect(materialSteps([SAVED], [{ ...wanted, quantity: 5000 }])).toMatchObject({
    putBack: [],
    draw: [{ quantity: 2000 }],
  });
  expect(materialSteps([SAVED], [{ ...wanted, quantity: 1000 }])).toMatchObject({
    putBack: [{ quantity: 2000, value: 67 }],
    draw: [],
  });
  expect(materialSteps([SAVED], [{ ...wanted, quantity: 3000 }])).toEqual({ putBack: [], draw: [] });
});

test('another part on the line: the old one goes back whole, the new one is drawn', () => {
  const wanted = { id: 'l', warehouseId: 'w', partId: 'q', quantity: 3000, price: 5 };
  expect(materialSteps([SAVED], [wanted])).toMatchObject({
    putBack: [{ partId: 'p', quantity: 3000, value: 100 }],
    draw: [{ partId: 'q', quantity: 3000, line: 1 }],
  });
});

test('parts under warranty are not charged to the customer', () => {
  expect((['in', 'out', 'vendor'] as const).map(usualCharge)).toEqual(['warranty', 'customer', 'vendor']);
});
