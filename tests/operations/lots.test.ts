import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postStock, type StockDocument, type StockPosting } from '#db/repositories/stock.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenWarehouse } from '../helpers/stock.ts';

type Unpriced<P> = P extends StockPosting ? Omit<P, 'line' | 'price'> : never;
type Posting = Unpriced<StockPosting>;

const pieces = (count: number) => count * 1000;
const serials = (...lots: string[]) => lots.map((lot) => ({ lot, quantity: 1000 }));

describe.each(DIALECTS)('serial and batch numbers on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('beside the moves', () => {
    let station: TestStation;
    let [main, van] = ['', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      [main, van] = [await givenWarehouse(station), await givenWarehouse(station, 'W2', '车上')];
    });
    afterEach(() => station.close());

    async function givenTracked(tracking: 'batch' | 'serial'): Promise<string> {
      const id = await givenPart(station, `T-${tracking}`);
      await station.store.write((trx) => trx.run('UPDATE parts SET tracking = ? WHERE id = ?', [tracking, id]));
      return id;
    }

    let count = 0;
    function post(kind: 'receipt' | 'issue', ...postings: Posting[]): Promise<number[]> {
      const document: StockDocument = {
        id: station.env.newId(),
        unitId: station.station.unitId,
        number: `${kind}-${++count}`,
        kind,
        issueKind: null,
        warehouseId: null,
        supplierId: null,
        workOrderId: null,
        recipient: '',
        note: '',
        movedOn: '2026-03-15',
        at: station.clock.now + count,
        employeeId: 'e-1',
        reversesId: null,
      };
      const lines = postings.map((posting, index) => ({ ...posting, line: index + 1, price: 0 }));
      return station.store.write((trx) => postStock(trx, station.env.newId, document, lines));
    }
    const put = (warehouseId: string, partId: string, lots: ReturnType<typeof serials>) => {
      const quantity = lots.reduce((sum, one) => sum + one.quantity, 0);
      return post('receipt', { way: 'in', warehouseId, partId, quantity, value: 0, lots });
    };
    const take = (warehouseId: string, partId: string, quantity: number, lots?: ReturnType<typeof serials>) =>
      post('issue', { way: 'out', warehouseId, partId, quantity, ...(lots ? { lots } : {}) });
    const onHand = (partId: string) =>
      station.rows(
        'SELECT lot, SUM(quantity) AS quantity FROM lot_moves WHERE part_id = ? GROUP BY lot HAVING SUM(quantity) <> 0 ORDER BY lot',
        [partId],
      );

    test('a piece comes in with its serial number and leaves with it', async () => {
      const part = await givenTracked('serial');
      await put(main, part, serials('A1', 'A2', 'A3'));
      await take(main, part, pieces(2), serials('A1', 'A3'));

      expect(await onHand(part)).toEqual([{ lot: 'A2', quantity: 1000 }]);
    });

    test('what lies in a warehouse is listed by its numbers, the first that came first', async () => {
      const partId = await givenTracked('batch');
      await put(main, partId, [{ lot: 'B2', quantity: pieces(3) }]);
      await put(main, partId, [{ lot: 'B1', quantity: pieces(1) }]);
      await put(van, partId, [{ lot: 'B3', quantity: pieces(1) }]);
      await take(main, partId, pieces(1), [{ lot: 'B2', quantity: pieces(1) }]);
      const { lots } = await station.run('stock.lots', { partId, warehouseId: main }, { as: 'technician' });
      expect(lots).toMatchObject([
        { lot: 'B2', quantity: pieces(2) },
        { lot: 'B1', quantity: pieces(1) },
      ]);
    });

    test('a serial number that lies somewhere cannot come in once more, and the place is named', async () => {
      const part = await givenTracked('serial');
      await put(van, part, serials('A1'));

      await expect(put(main, part, serials('A9', 'A1'))).rejects.toMatchObject({
        code: 'stock.serial-elsewhere',
        details: { line: 1, part: 'T-serial', lot: 'A1', warehouse: '车上' },
      });
      expect(await station.count('stock_documents')).toBe(1);
    });

    test('a serial number that lies elsewhere, or was never received, cannot leave', async () => {
      const part = await givenTracked('serial');
      await put(main, part, serials('A1'));
      await put(van, part, serials('A2'));

      await expect(take(main, part, 1000, serials('A2'))).rejects.toMatchObject({
        code: 'stock.serial-elsewhere',
        details: { lot: 'A2', warehouse: '车上' },
      });
      await expect(take(main, part, 1000, serials('B7'))).rejects.toMatchObject({
        code: 'stock.lot-insufficient',
        details: { line: 1, part: 'T-serial', lot: 'B7', onHand: 0, quantity: 1000 },
      });
    });

    test('numbers make the quantity, each once and one piece, and only of what has numbers', async () => {
      const part = await givenTracked('serial');
      const plain = await givenPart(station, 'PLAIN');
      const refusal = async (work: Promise<unknown>) =>
        work.then(
          () => 'taken',
          (error: unknown) => (error as { code: string }).code,
        );
      const into = { way: 'in', warehouseId: main, value: 0 } as const;

      expect(await refusal(post('receipt', { ...into, partId: part, quantity: 2000, lots: serials('A1') }))).toBe(
        'stock.lots-differ',
      );
      expect(await refusal(post('receipt', { ...into, partId: part, quantity: 1000 }))).toBe('stock.lots-differ');
      expect(await refusal(put(main, part, serials('A1', 'A1')))).toBe('stock.lot-twice');
      expect(await refusal(put(main, part, [{ lot: 'A1', quantity: 2000 }]))).toBe('stock.serial-one-piece');
      expect(await refusal(put(main, plain, serials('A1')))).toBe('stock.lots-not-tracked');
      expect(await station.count('lot_moves')).toBe(0);
    });

    test('of a batch that nobody names the oldest is taken', async () => {
      const part = await givenTracked('batch');
      await put(main, part, [{ lot: 'B2', quantity: 1500 }]);
      await put(main, part, [{ lot: 'B1', quantity: 2000 }]);
      await take(main, part, 2500);

      expect(await onHand(part)).toEqual([{ lot: 'B1', quantity: 1000 }]);
      await expect(take(main, part, 1000, [{ lot: 'B2', quantity: 1000 }])).rejects.toMatchObject({
        code: 'stock.lot-insufficient',
      });
    });

    test('what is reversed takes its numbers along', async () => {
      const part = await givenTracked('serial');
      await put(main, part, serials('A1', 'A2'));
      await take(main, part, 1000, serials('A2'));
      const [issue] = await station.rows<{ id: string }>("SELECT id FROM stock_documents WHERE kind = 'issue'");
      await station.run('stock.reverse', { documentId: issue?.id ?? '' });

      expect(await onHand(part)).toEqual([
        { lot: 'A1', quantity: 1000 },
        { lot: 'A2', quantity: 1000 },
      ]);
    });
  });
});
