import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenWarehouse } from '../helpers/stock.ts';

const DAY = 86_400_000;

describe.each(DIALECTS)('reports of purchases on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('run', () => {
    let station: TestStation;
    let warehouseId: string;
    let partId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      warehouseId = await givenWarehouse(station);
      partId = await givenPart(station, 'C-50', { name: '电容', measure: '个' });
    });
    afterEach(() => station.close());

    const buy = (supplier: string, quantity: number, price: number) =>
      station.run('stock.receive', {
        warehouseId,
        newSupplier: { name: supplier },
        lines: [{ partId, quantity, price }],
      });
    async function run(id: string, params: Record<string, string> = {}) {
      const { rows, totals } = await station.run('reports.run', { id, params }, { as: 'accountant' });
      return { rows: rows.map(({ place: _, ...row }) => row), totals };
    }

    test('purchases are added up by supplier and month; what is undone counts when it was undone', async () => {
      const first = await buy('华东', 3000, 333);
      await buy('华东', 2000, 500);
      const wrong = await buy('华南', 1000, 700);
      station.clock.now += 20 * DAY;
      await station.run('stock.reverse', { documentId: wrong.id });
      const lines = [{ lineNo: 1, quantity: 1500 }];
      await station.run('stock.returnToSupplier', { documentId: first.id, reason: '次品', lines });
      await buy('华东', 1000, 100);

      const row = (month: string, supplier: string, figures: readonly number[]) => {
        const [receipts, receivedAmount, returnedAmount, netAmount] = figures;
        return { month, supplier, receipts, receivedAmount, returnedAmount, netAmount };
      };
      const all = [
        row('2026-04', '华东', [1, 100, 500, -400]),
        row('2026-04', '华南', [0, -700, 0, -700]),
        row('2026-03', '华东', [2, 1999, 0, 1999]),
        row('2026-03', '华南', [1, 700, 0, 700]),
      ];
      expect(await run('purchases-by-supplier-and-month')).toEqual({
        rows: all,
        totals: { receipts: 4, receivedAmount: 2099, returnedAmount: 500, netAmount: 1599 },
      });
      const [back] = await station.rows<{ id: string }>(
        "SELECT id FROM stock_documents WHERE kind = 'supplier-return'",
      );
      await station.run('stock.reverse', { documentId: back?.id ?? '' });
      const [april] = (await run('purchases-by-supplier-and-month')).rows;
      expect(april).toEqual(row('2026-04', '华东', [1, 100, 0, 100]));
      const march = { from: '2026-03-01', to: '2026-03-31', supplier: '华南' };
      expect((await run('purchases-by-supplier-and-month', march)).rows).toEqual([all[3]]);
    });

    test('the price history leaves out what was reversed', async () => {
      const wrong = await buy('华东', 3000, 999);
      await station.run('stock.reverse', { documentId: wrong.id });
      const right = await buy('华东', 3000, 333);

      expect((await run('price-history')).rows).toEqual([
        {
          partNumber: 'C-50',
          part: '电容',
          measure: '个',
          movedOn: '2026-03-15',
          supplier: '华东',
          quantity: 3000,
          price: 333,
          document: right.number,
          purchase: null,
        },
      ]);
    });
  });
});
