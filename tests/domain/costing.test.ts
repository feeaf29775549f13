import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineAmount, ONE_PIECE } from '#domain/quantity.ts';
import { EMPTY_STOCK, issue, receive, returnPart, type StockBalance } from '#domain/stock/costing.ts';

const pieces = (count: number) => count * 1000;

/** Books such as `in 10@1.00` and `out 15` one after the other; money with a point is in whole units, without in fen. */
function book(...moves: readonly string[]) {
  let balance: StockBalance = EMPTY_STOCK;
  const issued: number[] = [];
  const values: number[] = [];
  for (const move of moves) {
    const [, kind, count = '', price = ''] = /^(in|out) ([\d.]+)(?:@([\d.]+))?$/.exec(move) ?? [];
    const quantity = Math.round(Number(count) * ONE_PIECE);
    if (kind === 'in') {
      const each = price.includes('.') ? Math.round(Number(price) * 100) : Number(price);
      balance = receive(balance, quantity, lineAmount(quantity, each));
    } else {
      const out = issue(balance, quantity);
      issued.push(out.value);
      balance = out.balance;
    }
    values.push(balance.value);
  }
  return { balance, issued, values };
}

describe('moving average', () => {
  test('10 at 100 and 10 at 120: 15 leave with 1650, and 550 stays', () => {
    expect(book('in 10@100', 'in 10@120', 'out 15')).toMatchObject({
      issued: [1650],
      balance: { quantity: pieces(5), value: 550 },
    });
  });

  test('8 at 10, 4 at 16, 10 out, 2 at 6: the value goes 80, 144, 24, 36', () => {
    expect(book('in 8@10', 'in 4@16', 'out 10', 'in 2@6').values).toEqual([80, 144, 24, 36]);
  });

  test('10 at 10 and 10 at 20, 15 out: 75 stays', () => {
    expect(book('in 10@10', 'in 10@20', 'out 15').balance).toEqual({ quantity: pieces(5), value: 75 });
  });

  test('three bought at 1.00, 1.00 and 1.01 and all issued leave no fen behind', () => {
    expect(book('in 1@1.00', 'in 1@1.00', 'in 1@1.01', 'out 3').balance).toEqual(EMPTY_STOCK);
    expect(book('in 1@1.00', 'in 1@1.00', 'in 1@1.01', 'out 1', 'out 1', 'out 1').balance).toEqual(EMPTY_STOCK);
  });

  test('seven pieces issued in seventy tenths leave nothing', () => {
    const tenths = Array.from({ length: 70 }, () => 'out 0.1');
    expect(book('in 2@4.63', 'in 5@3.04', ...tenths).balance).toEqual(EMPTY_STOCK);
  });

  test('1000 at 0.17 and 800 at 0.23, out in two issues, leave nothing', () => {
    expect(book('in 1000@0.17', 'in 800@0.23', 'out 1000', 'out 800').balance).toEqual(EMPTY_STOCK);
  });

  test('more than there is cannot be issued, and the refusal says how much there is', () => {
    const { balance } = book('in 2@10');
    expect(() => issue(balance, pieces(2) + 1)).toThrow(
      expect.objectContaining({ code: 'stock.insufficient', details: { onHand: 2000, quantity: 2001 } }),
    );
    expect(() => issue(EMPTY_STOCK, 1)).toThrow(expect.objectContaining({ code: 'stock.insufficient' }));
  });

  test('a quantity of nothing, a negative one or a fraction of a thousandth is a bug', () => {
    for (const quantity of [0, -1, 0.5, Number.NaN]) {
      expect(() => issue(EMPTY_STOCK, quantity)).toThrow(RangeError);
      expect(() => receive(EMPTY_STOCK, quantity, 1)).toThrow(RangeError);
    }
    expect(() => receive(EMPTY_STOCK, 1, -1)).toThrow(RangeError);
  });
});

describe('returns', () => {
  test('1 at 10 and 1 at 20, one out and the same back: 2 pieces worth 30', () => {
    const { balance, issued } = book('in 1@10', 'in 1@20', 'out 1');
    const value = returnPart(issued[0] ?? 0, pieces(1), pieces(1));
    expect(receive(balance, pieces(1), value)).toEqual({ quantity: pieces(2), value: 30 });
  });

  test('a return comes back with what it left with, though prices have changed', () => {
    const { balance, issued } = book('in 1@10', 'out 1', 'in 1@90');
    expect(receive(balance, pieces(1), returnPart(issued[0] ?? 0, pieces(1), pieces(1))).value).toBe(100);
  });

  test('more than was issued cannot come back', () => {
    expect(() => returnPart(100, 1000, 1001)).toThrow(
      expect.objectContaining({ code: 'stock.return-beyond-issue', details: { issued: 1000, quantity: 1001 } }),
    );
  });

  test('the returns of an issue, in whatever portions, bring back exactly its value', () => {
    const portions = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(10_000_000), portions, (issuedValue, returned) => {
        let out = { value: issuedValue, quantity: returned.reduce((sum, quantity) => sum + quantity, 0) };
        let back = 0;
        for (const quantity of returned) {
          const value = returnPart(out.value, out.quantity, quantity);
          out = { value: out.value - value, quantity: out.quantity - quantity };
          back += value;
        }
        expect(back).toBe(issuedValue);
      }),
    );
  });
});

test('whatever is received and issued: nothing is lost, no value is negative, and no stock has no value', () => {
  const move = fc.record({
    isReceipt: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 20_000 }),
    price: fc.nat(50_000),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 80 }), (moves) => {
      let balance = EMPTY_STOCK;
      let received = 0;
      let issued = 0;
      for (const { isReceipt, quantity, price } of moves) {
        if (isReceipt) {
          balance = receive(balance, quantity, lineAmount(quantity, price));
          received += lineAmount(quantity, price);
        } else if (balance.quantity > 0) {
          const out = issue(balance, Math.min(quantity, balance.quantity));
          expect(out.value).toBeGreaterThanOrEqual(0);
          issued += out.value;
          balance = out.balance;
        }
        expect(balance.value).toBe(received - issued);
        expect(balance.value).toBeGreaterThanOrEqual(0);
        if (balance.quantity === 0) expect(balance.value).toBe(0);
      }
    }),
  );
});
