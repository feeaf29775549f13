import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenCounted, givenStartedCount } from '../helpers/given-counts.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const pieces = (count: number) => count * 1000;

describe.each(DIALECTS)('what a stock count is about, on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('is a bin, or what was scanned', () => {
    let station: TestStation;
    let [warehouseId, other, cap, filter] = ['', '', '', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      [warehouseId, other] = [await givenWarehouse(station), await givenWarehouse(station, 'W2', '备仓')];
      cap = await givenPart(station, 'C-50', { name: '电容', barcode: '6900000000501' });
      filter = await givenPart(station, 'F-1', { name: '滤网' });
      await givenReceipt(station, warehouseId, cap, pieces(10), 100);
      await givenReceipt(station, warehouseId, filter, pieces(4), 800);
    });
    afterEach(() => station.close());

    const close = (id: string) =>
      station.run('stockCounts.close', { id, version: 1, uncounted: 'zero' }, { as: 'keeper' });
    const sheet = (id: string) => station.run('stockCounts.get', { id }, { as: 'accountant' });
    async function confirm(id: string) {
      const { version } = await sheet(id);
      const { rows } = await station.run('stockCounts.lines', { id }, { as: 'accountant' });
      const reasons = rows.map((line) => ({ lineId: line.id, reason: '盘点差异' }));
      return station.run('stockCounts.confirm', { id, version, reasons }, { as: 'accountant' });
    }
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'taken',
        (error: unknown) => (error as { code: string }).code,
      );

    test('a bin is counted by itself: what has its place there, and nothing else', async () => {
      const place = (at: string, partId: string, bin: string) =>
        station.run('stock.savePlace', { warehouseId: at, partId, bin }, { as: 'keeper' });
      await place(warehouseId, cap, 'A-1');
      await place(warehouseId, filter, 'B-2');
      await place(other, filter, 'A-1');
      const binOf = (scopeText: string) => givenStartedCount(station, warehouseId, { scopeKind: 'bin', scopeText });
      await expect(binOf('A-10')).rejects.toMatchObject({
        code: 'stock-count.bin-unknown',
        details: { bin: 'A-10' },
      });
      expect(await codeOf(givenStartedCount(station, warehouseId, { scopeKind: 'bin' }))).toBe('input.invalid');

      const { id, number } = await binOf('a-1');
      await expect(binOf('A-1')).rejects.toMatchObject({ code: 'stock-count.overlaps', details: { number } });
      expect(await sheet(id)).toMatchObject({ scopeKind: 'bin', scopeText: 'a-1', notCounted: 1 });
      await expect(givenCounted(station, id, filter, pieces(4))).rejects.toMatchObject({
        code: 'stock-count.out-of-scope',
        details: { part: 'F-1', number },
      });
      expect(await close(id)).toMatchObject({ state: 'counted' });
      expect(await confirm(id)).toMatchObject({ differences: 1, value: -1000 });
      const left = await station.rows('SELECT quantity, value FROM stock_balances WHERE part_id = ?', [filter]);
      expect(left).toEqual([{ quantity: pieces(4), value: 3200 }]);
      await binOf('B-2');
    });

    test('the bins of a warehouse are offered with how many parts lie in them', async () => {
      for (const [partId, bin] of [
        [cap, 'A-1'],
        [filter, 'a-1'],
        [await givenPart(station, 'K-1'), 'B-2'],
        [await givenPart(station, 'K-2'), ''],
      ] as const)
        await station.run('stock.savePlace', { warehouseId, partId, bin }, { as: 'keeper' });
      expect(await station.run('stock.bins', { warehouseId }, { as: 'keeper' })).toEqual({
        bins: [
          { bin: 'A-1', parts: 2 },
          { bin: 'B-2', parts: 1 },
        ],
      });
      expect(await station.run('stock.bins', { warehouseId: other }, { as: 'keeper' })).toEqual({ bins: [] });
    });

    test('every barcode of a part scans, and that of a part that went into it', async () => {
      const { id: codes } = await station.run('setup.savePart', {
        fields: { number: 'K-1', name: '接触器', barcode: '690001' },
        lists: { barcodes: ['690002', '690003-X'] },
      });
      const old = await givenPart(station, 'K-0', { barcode: '690000' });
      await station.run('parts.merge', { fromId: old, intoId: codes });
      const { id } = await givenStartedCount(station, warehouseId);
      const find = (code: string) => station.run('stockCounts.find', { id, code }, { as: 'keeper' });
      for (const code of ['690001', '690002', '690003-x', '690000', 'k-0'])
        expect(await find(code)).toMatchObject({ things: [{ id: codes, number: 'K-1' }], isExact: true });
      const { things } = await find('69000');
      expect(things).toMatchObject([{ number: 'C-50' }, { number: 'K-1' }]);
    });
  });
});
