import { expect, test } from 'vitest';
import {
  allOutstanding,
  cameOf,
  type Delivery,
  emptyDelivery,
  isOver,
  type OrderedLine,
  scanned,
  withCount,
} from '#renderer/screens/purchases/delivery.ts';

const line = (id: string, values: Partial<OrderedLine> = {}): OrderedLine => ({
  id,
  lineNo: 1,
  partId: `p-${id}`,
  partNumber: id.toUpperCase(),
  part: id,
  measure: '个',
  codes: [id, `69-${id}`, `further-${id}`],
  tracking: 'none',
  quantity: 2000,
  price: 100,
  received: 0,
  returned: 0,
  outstanding: 2000,
  ...values,
});

const LINES = [line('a'), line('a2', { partNumber: 'A', codes: ['a', '69-a'] }), line('s', { tracking: 'serial' })];

function scan(...codes: string[]): { delivery: Delivery; unknown: string[] } {
  let delivery = emptyDelivery(LINES);
  let last: string | undefined;
  const unknown: string[] = [];
  for (const code of codes) {
    const after = scanned(delivery, LINES, code, last);
    delivery = after.delivery;
    if (after.lineId === undefined) unknown.push(code);
    else last = after.lineId;
  }
  return { delivery, unknown };
}

test('a part scanned counts up on its line, by number or barcode in any case, and on the next line when that is full', () => {
  const { delivery, unknown } = scan('69-A', 'a', 'a', 'nothing');
  expect([delivery['a']?.quantity, delivery['a2']?.quantity]).toEqual([2000, 1000]);
  expect(unknown).toEqual(['nothing']);
});

test('a further barcode of a part counts as its own do', () => {
  const { delivery, unknown } = scan('Further-A');
  expect(delivery['a']?.quantity).toBe(1000);
  expect(unknown).toEqual([]);
});

test('more than is outstanding is counted on the first line and shows', () => {
  const { delivery } = scan('a', 'a', 'a', 'a', 'a');
  expect(delivery['a']?.quantity).toBe(3000);
  expect(LINES.map((one) => isOver(delivery, one))).toEqual([true, false, false]);
});

test('a part with serial numbers is counted by them, each once', () => {
  const { delivery, unknown } = scan('s', 'SN-1', 'SN-2', 'SN-1', '69-s', 'SN-3');
  expect(unknown).toEqual([]);
  expect(cameOf(delivery, LINES)).toEqual([
    {
      lineId: 's',
      quantity: 3000,
      price: 100,
      lots: ['SN-2', 'SN-1', 'SN-3'].map((lot) => ({ lot, quantity: 1000 })),
    },
  ]);
});

test('all that is outstanding is taken at once, but what has serial numbers is counted', () => {
  const lines = [line('a'), line('b', { outstanding: 0 }), line('s', { tracking: 'serial' })];
  const delivery = allOutstanding(emptyDelivery(lines), lines);
  expect(cameOf(delivery, lines).map(({ lineId, quantity }) => [lineId, quantity])).toEqual([['a', 2000]]);
});

const BATCH = line('b', { tracking: 'batch' });
const lotsCame = (delivery: Delivery) => cameOf(delivery, [BATCH]).map(({ quantity, lots }) => ({ quantity, lots }));

test('several batches of a line each have their quantity, and one of them the rest', () => {
  const typed = (numbers: string, quantity: number | null) =>
    lotsCame(withCount(withCount(emptyDelivery([BATCH]), BATCH, { quantity }), BATCH, { numbers }));
  const lots = [
    { lot: 'B-7', quantity: 1500 },
    { lot: 'B 8', quantity: 500 },
  ];
  expect(typed('B-7*1.5，B 8*0.5', null)).toEqual([{ quantity: 2000, lots }]);
  expect(typed('B-7*1.5, B 8', 2000)).toEqual([{ quantity: 2000, lots }]);
});

test('of several batches without a quantity nobody guesses: they do not make what came', () => {
  const delivery = withCount(emptyDelivery([BATCH]), BATCH, { quantity: 5000, numbers: 'B-7, B-8' });
  const [came] = cameOf(delivery, [BATCH]);
  expect(came?.quantity).toBe(5000);
  expect(came?.lots.reduce((sum, { quantity }) => sum + quantity, 0)).not.toBe(5000);
});

test('a batch scanned after its pieces is that of those, and scanned again of one more', () => {
  let delivery = emptyDelivery([BATCH]);
  for (const code of ['b', 'b', 'L-1', 'b', 'b', 'b', 'L-2', 'L-1'])
    ({ delivery } = scanned(delivery, [BATCH], code, 'b'));
  expect(lotsCame(delivery)).toEqual([
    {
      quantity: 6000,
      lots: [
        { lot: 'L-2', quantity: 3000 },
        { lot: 'L-1', quantity: 3000 },
      ],
    },
  ]);
});

test('a batch number stands for all that came of the line', () => {
  const batch = line('b', { tracking: 'batch' });
  const delivery = withCount(emptyDelivery([batch]), batch, { quantity: 1500, numbers: ' B-7 ' });
  expect(cameOf(delivery, [batch])).toMatchObject([{ quantity: 1500, lots: [{ lot: 'B-7', quantity: 1500 }] }]);
});
