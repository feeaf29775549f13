import { describe, expect, test } from 'vitest';
import { faultsOfBalance, NOTHING_MOVED, replayMove, type LedgerFault, type LedgerMove } from '#domain/stock/replay.ts';
import { materialSteps, usualCharge } from '#domain/stock/material.ts';
import { EMPTY_STOCK, issue, withdraw } from '#domain/stock/costing.ts';

const MOVE: LedgerMove = {
  moveNo: 1,
  quantity: 2000,
  value: 200,
  price: 100,
  kind: 'receipt',
  givenValue: null,
  drawnQuantity: 0,
  drawnValue: 0,
};

/** Where the moves end, and every rule that one of them breaks, with the place of that move, from 1. */
function replayed(...moves: readonly Partial<LedgerMove>[]) {
  let state = NOTHING_MOVED;
  const faults: (LedgerFault & { at: number })[] = [];
  for (const [index, move] of moves.entries()) {
    const result = replayMove(state, { ...MOVE, moveNo: index + 1, ...move });
    faults.push(...result.faults.map((fault) => ({ ...fault, at: index + 1 })));
    state = result.after;
  }
  return { ...state, faults };
}

/** Pieces bought at a price in fen, as they are posted. */
const bought = (pieces: number, price: number, value = pieces * price): Partial<LedgerMove> => ({
  quantity: pieces * 1000,
  price,
  value,
});

/** Pieces issued, and what left with them. */
const issued = (pieces: number, value: number): Partial<LedgerMove> => ({
  kind: 'issue',
  quantity: 0 - pieces * 1000,
  value: 0 - value,
});

describe('the figures of the moving average, worked through again', () => {
  test.each([
    ['10@100, 10@120, out 15', [bought(10, 100), bought(10, 120), issued(15, 1650)], 5000, 550],
    ['8@10, 4@16, out 10, in 2@6', [bought(8, 10), bought(4, 16), issued(10, 120), bought(2, 6)], 4000, 36],
    ['1@1.00, 1@1.00, 1@1.01, out 3', [bought(1, 100), bought(1, 100), bought(1, 101), issued(3, 301)], 0, 0],
    [
      '1000@0.17, 800@0.23, out 1000, out 800',
      [bought(1000, 17), bought(800, 23), issued(1000, 19_667), issued(800, 15_733)],
      0,
      0,
    ],
    ['10@10, 10@20, out 15', [bought(10, 10), bought(10, 20), issued(15, 225)], 5000, 75],
  ])('%s', (_name, moves, quantity, value) => {
    expect(replayed(...moves)).toMatchObject({ faults: [], balance: { quantity, value }, moves: moves.length });
  });

  test('seven pieces of 2@4.63 and 5@3.04 issued in seventy tenths leave nothing', () => {
    let stock = { quantity: 7000, value: 2446 };
    const tenths = Array.from({ length: 70 }, () => {
      const { value, balance } = issue(stock, 100);
      stock = balance;
      return issued(0.1, value);
    });
    const whole = replayed(bought(2, 463), bought(5, 304), ...tenths);
    expect(whole).toMatchObject({ faults: [], balance: EMPTY_STOCK, moves: 72, lastNo: 72 });
  });

  test('1@10, 1@20, one out and the same returned: two pieces worth 30', () => {
    const returned = { kind: 'reversal', quantity: 1000, value: 15, givenValue: -15 } as const;
    const whole = replayed(bought(1, 10), bought(1, 20), issued(1, 15), returned);
    expect(whole).toMatchObject({ faults: [], balance: { quantity: 2000, value: 30 } });
    expect(replayed(bought(1, 10), bought(1, 20), issued(1, 15), { ...returned, value: 10 }).faults).toEqual([
      { at: 4, rule: 'move-value', expected: 15, found: 10 },
    ]);
  });
});

describe('a move that breaks a rule', () => {
  test('a missing one shows by the number of the next, and the others are looked at all the same', () => {
    expect(replayed({}, { moveNo: 3 }, { moveNo: 4, ...issued(1, 99) }).faults).toEqual([
      { at: 2, rule: 'move-number', expected: 2, found: 3 },
      { at: 3, rule: 'move-value', expected: -100, found: -99 },
    ]);
  });

  test('an issue not at the average', () => {
    expect(replayed({}, issued(1, 99))).toMatchObject({
      faults: [{ at: 2, rule: 'move-value', expected: -100, found: -99 }],
      balance: { quantity: 1000, value: 101 },
    });
  });

  test('a receipt that is not worth what was paid', () => {
    expect(replayed({ value: 201 }).faults).toEqual([{ at: 1, rule: 'move-value', expected: 200, found: 201 }]);
  });

  test('more taken out than there was, named where it happened and not again until there is stock', () => {
    expect(replayed({}, issued(3, 200), issued(1, 0), bought(4, 100)).faults).toEqual([
      { at: 2, rule: 'quantity-below-zero', expected: 0, found: -1000 },
    ]);
  });

  test('a value that falls below 0, and one that is left without a piece', () => {
    expect(replayed({}, issued(1, 201)).faults).toEqual([
      { at: 2, rule: 'move-value', expected: -100, found: -201 },
      { at: 2, rule: 'value-below-zero', expected: 0, found: -1 },
    ]);
    expect(replayed({}, issued(2, 199)).faults).toEqual([
      { at: 2, rule: 'move-value', expected: -200, found: -199 },
      { at: 2, rule: 'value-without-quantity', expected: 0, found: 1 },
    ]);
  });

  test('a figure too big to count with is wrong, and nothing to stumble over', () => {
    expect(replayed({ price: Number.MAX_SAFE_INTEGER }).faults).toMatchObject([{ rule: 'move-value', expected: null }]);
  });
});

describe('what comes in otherwise than by being bought', () => {
  const drawn = { kind: 'material', quantity: -1000, value: -100 } as const;
  const back = { kind: 'material', quantity: 1000, drawnQuantity: 1000, drawnValue: 100 } as const;

  test('what is put back has the value it was drawn with', () => {
    expect(replayed({}, drawn, bought(2, 900), { ...back, value: 100 })).toMatchObject({
      faults: [],
      balance: { quantity: 4000, value: 2000 },
    });
    expect(replayed({}, drawn, bought(2, 900), { ...back, value: 500 }).faults).toMatchObject([
      { rule: 'move-value', expected: 100, found: 500 },
    ]);
  });

  test('more than was drawn can have no value that is right', () => {
    expect(replayed({}, drawn, { ...back, quantity: 2000, value: 200 }).faults).toMatchObject([
      { at: 3, rule: 'move-value', expected: null, found: 200 },
    ]);
  });

  test('what arrives is worth what it left with, whatever its price says', () => {
    const arrival = { kind: 'transfer', value: 667, price: 334, givenValue: 667 } as const;
    expect(replayed(arrival).faults).toEqual([]);
    expect(replayed({ ...arrival, value: 668 }).faults).toMatchObject([{ expected: 667, found: 668 }]);
    expect(replayed({ ...arrival, givenValue: null }).faults).toMatchObject([{ expected: null, found: 667 }]);
  });
});

test('a receipt undone takes its own value out, not the average, and all there is with the last piece', () => {
  const undone = { kind: 'reversal', quantity: -2000, value: -200, givenValue: 200 } as const;
  expect(replayed({}, bought(2, 300), undone)).toMatchObject({ faults: [], balance: { quantity: 2000, value: 600 } });
  expect(replayed({}, bought(2, 300), { ...undone, value: -400 }).faults).toMatchObject([{ expected: -200 }]);
  expect(replayed({}, bought(2, 300), issued(2, 400), { ...undone, value: -400 })).toMatchObject({
    faults: [],
    balance: EMPTY_STOCK,
  });
  expect(replayed({}, { ...undone, givenValue: null }).faults).toMatchObject([{ rule: 'move-value', expected: null }]);
});

describe('the balance that is kept', () => {
  const replay = { balance: { quantity: 2000, value: 200 }, lastNo: 3, moves: 2 };

  test('is the sum of the moves, and how many there were', () => {
    expect(faultsOfBalance(replay, { quantity: 2000, value: 200, moves: 2 })).toEqual([]);
    expect(faultsOfBalance(replay, { quantity: 2001, value: 199, moves: 3 })).toEqual([
      { rule: 'balance-moves', expected: 2, found: 3 },
      { rule: 'balance-quantity', expected: 2000, found: 2001 },
      { rule: 'balance-value', expected: 200, found: 199 },
    ]);
  });

  test('is there where there are moves, and nowhere else', () => {
    expect(faultsOfBalance(replay, null)).toEqual([{ rule: 'balance-missing', expected: 2, found: 0 }]);
    expect(faultsOfBalance(NOTHING_MOVED, { quantity: 0, value: 0, moves: 0 })).toEqual([
      { rule: 'moves-missing', expected: 0, found: 0 },
    ]);
  });
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

describe('what goes back where it came from', () => {
  const issuedTwo = { kind: 'issue', quantity: -2000, value: -201 } as const;
  const back = { kind: 'return', quantity: 1000, drawnQuantity: 2000, drawnValue: 201 } as const;

  test('what was issued comes back at what is still out of its cost', () => {
    const rest = { ...back, drawnQuantity: 1000, drawnValue: 100 };
    expect(
      replayed(bought(2, 100), { ...issuedTwo, value: -200 }, { ...back, drawnValue: 200, value: 100 }).faults,
    ).toEqual([]);
    expect(
      replayed(
        { value: 201, price: 201, quantity: 1000 },
        { kind: 'issue', quantity: -1000, value: -201 },
        { ...rest, drawnValue: 201, value: 100 },
      ).faults,
    ).toEqual([{ at: 3, rule: 'move-value', expected: 201, found: 100 }]);
    expect(
      replayed(bought(2, 100), { ...issuedTwo, value: -200 }, { ...rest, quantity: 2000, value: 200 }).faults,
    ).toMatchObject([{ at: 3, expected: null }]);
  });

  test('what was bought goes back at what it came in with, whatever the average is by then', () => {
    const sent = { kind: 'supplier-return', givenValue: 200, drawnQuantity: 2000, drawnValue: 1000 } as const;
    expect(replayed(bought(2, 100), bought(2, 300), { ...sent, quantity: -1000, value: -100 })).toMatchObject({
      faults: [],
      balance: { quantity: 3000, value: 700 },
    });
    expect(replayed(bought(2, 100), bought(2, 300), { ...sent, quantity: -2000, value: -200 }).faults).toMatchObject([
      { at: 3, rule: 'move-value', expected: null },
    ]);
  });
});
