import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const pieces = (count: number) => count * 1000;

describe.each(DIALECTS)('stock on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('received, issued and reversed', () => {
    let station: TestStation;
    let warehouseId: string;
    let partId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      warehouseId = await givenWarehouse(station);
      partId = await givenPart(station, 'C-50', { name: '电容 50µF', barcode: '6900000000501', salePrice: 4500 });
    });
    afterEach(() => station.close());

    const balance = async () => (await station.rows('SELECT quantity, value, moves FROM stock_balances'))[0];
    const issue = (quantity: number, commandId?: string) =>
      station.run(
        'stock.issue',
        { kind: 'counter-sale', warehouseId, lines: [{ partId, quantity, price: 4500 }] },
        { as: 'keeper', ...(commandId ? { commandId } : {}) },
      );

    test('10 at 1.00 and 10 at 1.20: 15 leave with 16.50 and 5.50 stays', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(10), 100);
      await givenReceipt(station, warehouseId, partId, pieces(10), 120);
      const { number, cost, total } = await issue(pieces(15));

      expect({ number, cost, total }).toEqual({ number: 'IS-SH01-260315-0001', cost: 1650, total: 67_500 });
      expect(await balance()).toEqual({ quantity: pieces(5), value: 550, moves: 3 });
      expect(await station.rows('SELECT move_no, quantity, value FROM stock_moves ORDER BY move_no')).toEqual([
        { moveNo: 1, quantity: pieces(10), value: 1000 },
        { moveNo: 2, quantity: pieces(10), value: 1200 },
        { moveNo: 3, quantity: -pieces(15), value: -1650 },
      ]);
    });

    test('a receipt brings a part and a supplier nobody had set up', async () => {
      const newPart = { number: 'F-1', name: '滤网', measure: '片', barcode: '111', salePrice: 2000 };
      const lines = [{ newPart, quantity: pieces(4), price: 800 }];
      const input = { warehouseId, newSupplier: { name: '华东配件' }, lines };
      const first = await station.run('stock.receive', input, { as: 'keeper' });
      const { parts } = await station.run('stock.findParts', { fragment: '滤网' }, { as: 'keeper' });
      await station.run(
        'stock.receive',
        { ...input, lines: [{ partId: parts[0]!.id, quantity: 500, price: 900 }] },
        { as: 'keeper' },
      );

      expect(first).toMatchObject({ number: 'RC-SH01-260315-0001', total: 3200 });
      expect(parts).toMatchObject([{ number: 'F-1', onHand: pieces(4), lastPrice: 800, salePrice: 2000 }]);
      expect(await station.rows('SELECT name FROM suppliers')).toEqual([{ name: '华东配件' }]);
    });

    test('a new part with a number there is already is refused, and nothing of the receipt is kept', async () => {
      const newPart = { number: 'C-50', name: '又一个' };
      const input = { warehouseId, newSupplier: { name: '新' }, lines: [{ newPart, quantity: 1000, price: 1 }] };

      await expect(station.run('stock.receive', input, { as: 'keeper' })).rejects.toMatchObject({
        code: 'value.taken',
        details: { field: 'number', value: 'C-50' },
      });
      expect(await station.count('stock_documents')).toBe(0);
      expect(await station.count('suppliers')).toBe(0);
    });

    test('a faulty line of a receipt is named with its field', async () => {
      const lines = [
        { partId, quantity: 1000, price: 1 },
        { newPart: { number: 'X', name: '' }, quantity: 0, price: -1 },
        { quantity: 1000, price: 1 },
      ];
      const refused = station.run('stock.receive', { warehouseId, lines }, { as: 'keeper' });

      await expect(refused).rejects.toMatchObject({
        details: {
          faults: [
            { path: 'lines.1.newPart.name', rule: 'required' },
            { path: 'lines.1.quantity', rule: 'tooSmall' },
            { path: 'lines.1.price', rule: 'negative' },
            { path: 'lines.2.partId', rule: 'required' },
          ],
        },
      });
    });

    test('more than there is cannot be issued: line, part, what there is and what was asked are named', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(2), 100);
      const lines = [
        { partId, quantity: pieces(1) },
        { partId, quantity: pieces(1) + 1 },
      ];
      const input = { kind: 'in-warranty', warehouseId, lines } satisfies InputOf<'stock.issue'>;

      await expect(station.run('stock.issue', input, { as: 'keeper' })).rejects.toMatchObject({
        code: 'stock.insufficient',
        details: { line: 2, part: 'C-50', onHand: pieces(1), quantity: pieces(1) + 1 },
      });
      expect(await balance()).toEqual({ quantity: pieces(2), value: 200, moves: 1 });
      expect(await station.count('stock_documents')).toBe(1);
    });

    test('what a line cost is explained by the moves up to it', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(10), 100);
      const { id } = await issue(pieces(4));
      await givenReceipt(station, warehouseId, partId, pieces(10), 900);
      const { lines } = await station.run('stock.document', { id }, { as: 'keeper' });
      const [line] = lines;
      if (!line) expect.unreachable();
      const { moveNo: upTo, ...at } = line;
      const of = { partId: at.partId, warehouseId: at.warehouseId, upTo };

      expect(await station.run('stock.moves', of, { as: 'keeper' })).toMatchObject({
        total: 2,
        rows: [
          { moveNo: 2, quantity: -pieces(4), value: -400, quantityAfter: pieces(6), valueAfter: 600 },
          { moveNo: 1, quantityAfter: pieces(10) },
        ],
      });
      expect(await station.run('stock.moves', { ...of, upTo: null })).toMatchObject({ total: 3 });
    });

    test('a part that does not exist is told apart from one that is out', async () => {
      const input = {
        kind: 'in-warranty',
        warehouseId,
        lines: [{ partId: 'nobody', quantity: 1 }],
      } satisfies InputOf<'stock.issue'>;
      await expect(station.run('stock.issue', input, { as: 'keeper' })).rejects.toMatchObject({ code: 'not-found' });
    });

    test('an issue to a technician needs to say to whom', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(2), 100);
      const input = {
        kind: 'to-technician',
        warehouseId,
        lines: [{ partId, quantity: 1000 }],
      } satisfies InputOf<'stock.issue'>;

      await expect(station.run('stock.issue', input, { as: 'keeper' })).rejects.toMatchObject({
        details: { faults: [{ path: 'recipient', rule: 'required' }] },
      });
    });

    test('delivered twice, parts leave once', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(5), 100);
      const actor = await station.actorFor(['keeper']);
      const input = {
        kind: 'counter-sale',
        warehouseId,
        lines: [{ partId, quantity: 1000 }],
      } satisfies InputOf<'stock.issue'>;
      const first = await station.run('stock.issue', input, { as: actor, commandId: 'i-1' });
      const second = await station.run('stock.issue', input, { as: actor, commandId: 'i-1' });

      expect(second).toEqual(first);
      expect(await balance()).toMatchObject({ quantity: pieces(4) });
    });

    test('a clerk may look at stock and sell over the counter, but neither receive, reverse nor issue otherwise', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(5), 100);
      const lines = [{ partId, quantity: 1000, price: 4500 }];
      const denied = { code: 'access.denied' };

      expect(await station.run('stock.onHandSums', {}, { as: 'clerk' })).toEqual({
        total: 1,
        totals: { value: 500 },
      });
      await expect(station.run('stock.receive', { warehouseId, lines }, { as: 'clerk' })).rejects.toMatchObject(denied);
      await expect(
        station.run('stock.issue', { kind: 'in-warranty', warehouseId, lines }, { as: 'clerk' }),
      ).rejects.toMatchObject(denied);
      await expect(station.run('stock.reverse', { documentId: 'x' }, { as: 'keeper' })).rejects.toMatchObject(denied);
      const sold = await station.run('stock.issue', { kind: 'counter-sale', warehouseId, lines }, { as: 'clerk' });
      expect(sold).toMatchObject({ cost: 100, total: 4500 });
    });

    test('an issue reversed comes back with the value it left with, dated today, once', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(2), 100);
      const { id, number } = await issue(pieces(1));
      await givenReceipt(station, warehouseId, partId, pieces(1), 900);
      station.clock.now += 86_400_000;
      const reversal = await station.run('stock.reverse', { documentId: id }, { as: 'accountant' });

      expect(await balance()).toEqual({ quantity: pieces(3), value: 1100, moves: 4 });
      expect(await station.rows("SELECT moved_on, reverses_id FROM stock_documents WHERE kind = 'reversal'")).toEqual([
        { movedOn: '2026-03-16', reversesId: id },
      ]);
      await expect(station.run('stock.reverse', { documentId: id }, { as: 'accountant' })).rejects.toMatchObject({
        code: 'stock.already-reversed',
        details: { number, by: reversal.number },
      });
      await expect(
        station.run('stock.reverse', { documentId: reversal.id }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'stock.cannot-be-reversed' });
    });

    test('a receipt whose parts are used already cannot be reversed', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(2), 100);
      await issue(pieces(1));

      await expect(station.run('stock.reverse', { documentId: id }, { as: 'accountant' })).rejects.toMatchObject({
        code: 'stock.insufficient',
        details: { line: 1, part: 'C-50', onHand: pieces(1), quantity: pieces(2) },
      });
      expect(await balance()).toEqual({ quantity: pieces(1), value: 100, moves: 2 });
    });

    test('a receipt reversed leaves with the value it came in with', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(2), 100);
      await givenReceipt(station, warehouseId, partId, pieces(2), 300);
      await station.run('stock.reverse', { documentId: id }, { as: 'accountant' });
      expect(await balance()).toEqual({ quantity: pieces(2), value: 600, moves: 3 });
    });

    test('every figure on hand is explained by its moves', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      await issue(pieces(1));
      const explained = await station.run('stock.moves', { partId, warehouseId }, { as: 'keeper' });

      expect(explained).toMatchObject({ partNumber: 'C-50', quantity: pieces(2), value: 200, total: 2 });
      expect(explained.rows).toMatchObject([
        { moveNo: 2, kind: 'issue', quantity: -1000, value: -100, quantityAfter: 2000, valueAfter: 200 },
        { moveNo: 1, kind: 'receipt', quantity: 3000, value: 300, quantityAfter: 3000, valueAfter: 300 },
      ]);
    });

    test('on hand shows the average rounded, and hides what has run out', async () => {
      const other = await givenPart(station, 'A-1');
      await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      await givenReceipt(station, warehouseId, other, 1500, 101);
      await issue(pieces(3));

      const listed = await station.run('stock.onHand', {}, { as: 'keeper' });
      expect(listed.rows).toMatchObject([{ number: 'A-1', averageCost: 101 }]);
      const sums = (withEmpty: boolean) => station.run('stock.onHandSums', { withEmpty }, { as: 'keeper' });
      expect(await sums(false)).toEqual({ total: 1, totals: { value: 152 } });
      expect(await sums(true)).toEqual({ total: 2, totals: { value: 152 } });
      expect((await station.run('stock.onHand', { withEmpty: true }, { as: 'keeper' })).rows).toHaveLength(2);
    });

    test('documents are listed and opened with their lines', async () => {
      const { id, number } = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      const filters = [{ column: 'kind', op: 'one-of' as const, value: ['receipt'] }];
      const listed = await station.run('stock.documents', { filters }, { as: 'keeper' });
      const document = await station.run('stock.document', { id }, { as: 'keeper' });

      expect(listed.rows).toMatchObject([{ number, value: 300, employee: 'command-line', reversedBy: null }]);
      expect(document).toMatchObject({ number, warehouse: '主仓', lines: [{ partNumber: 'C-50', value: 300 }] });
    });

    test('a part is found by any fragment, and first by its own barcode', async () => {
      await givenPart(station, '6900000000501-B', { name: '别的' });
      const find = async (fragment: string) =>
        (await station.run('stock.findParts', { fragment, warehouseId }, { as: 'technician' })).parts;

      expect((await find('容 50')).map((part) => part.number)).toEqual(['C-50']);
      expect((await find('6900000000501')).map((part) => part.number)).toEqual(['C-50', '6900000000501-B']);
      expect(await find('100%')).toEqual([]);
    });

    test('the ledger refuses change and deletion', async () => {
      await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      for (const text of ['UPDATE stock_moves SET value = 1', 'DELETE FROM stock_documents'])
        await expect(station.store.write((trx) => trx.run(text))).rejects.toThrow('append-only');
    });
  });
});
