import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postStock } from '#db/repositories/stock.ts';
import { verifyStock } from '#db/repositories/stock-verify.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenStartedCount } from '../helpers/given-counts.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenWarehouse } from '../helpers/stock.ts';

describe.each(DIALECTS)('stock counts on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of pieces with serial numbers', () => {
    let station: TestStation;
    let [warehouseId, other, motor] = ['', '', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      [warehouseId, other] = [await givenWarehouse(station), await givenWarehouse(station, 'W2', '备仓')];
      motor = await givenPart(station, 'M-9');
      await station.store.write((trx) => trx.run("UPDATE parts SET tracking = 'serial' WHERE id = ?", [motor]));
      await put(warehouseId, 'RC-1', ['A1', 'A2']);
      await put(other, 'RC-2', ['B1']);
    });

    async function put(where: string, number: string, serials: readonly string[]): Promise<void> {
      const lots = serials.map((lot) => ({ lot, quantity: 1000 }));
      const quantity = serials.length * 1000;
      const posting = {
        way: 'in',
        warehouseId: where,
        partId: motor,
        quantity,
        value: quantity / 10,
        price: 100,
        line: 1,
        lots,
      } as const;
      const document = {
        id: station.env.newId(),
        unitId: station.station.unitId,
        number,
        kind: 'receipt',
        issueKind: null,
        warehouseId: where,
        supplierId: null,
        workOrderId: null,
        recipient: '',
        note: '',
        movedOn: '2026-03-15',
        at: station.clock.now,
        employeeId: 'e-1',
        reversesId: null,
      } as const;
      await station.store.write((trx) => postStock(trx, station.env.newId, document, [posting]));
    }
    afterEach(() => station.close());

    const scan = (id: string, partId: string, lot = '') =>
      station.run('stockCounts.count', { id, partId, way: 'add', quantity: 1000, lot }, { as: 'keeper' });
    const pieceFound = (id: string, lot: string) => scan(id, motor, lot);
    const close = (id: string, uncounted: 'zero' | null = null) =>
      station.run('stockCounts.close', { id, version: 1, uncounted }, { as: 'keeper' });
    async function confirm(id: string) {
      const { rows } = await station.run('stockCounts.lines', { id, which: 'differences' }, { as: 'accountant' });
      const reasons = rows.map((line) => ({ lineId: line.id, reason: '盘点差异' }));
      return station.run('stockCounts.confirm', { id, version: 2, reasons }, { as: 'accountant' });
    }
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'taken',
        (error: unknown) => (error as { code: string }).code,
      );

    test('each is a line of its own: one missing leaves, one nobody knew comes in', async () => {
      const { id } = await givenStartedCount(station, warehouseId, { scopeKind: 'class', scopeText: 'M-9' });
      expect(await station.run('stockCounts.find', { id, code: 'A1' }, { as: 'keeper' })).toMatchObject({
        isExact: true,
        things: [{ number: 'M-9', lot: 'A1' }],
      });
      await pieceFound(id, 'A1');
      await pieceFound(id, 'Z7');
      expect(await codeOf(pieceFound(id, 'A1'))).toBe('stock.serial-one-piece');
      expect(await codeOf(scan(id, motor))).toBe('stock-count.lot-missing');
      await close(id, 'zero');
      await confirm(id);

      expect(
        await station.rows(
          'SELECT lot FROM lot_moves WHERE part_id = ? AND warehouse_id = ? GROUP BY lot HAVING SUM(quantity) > 0 ORDER BY lot',
          [motor, warehouseId],
        ),
      ).toEqual([{ lot: 'A1' }, { lot: 'Z7' }]);
      expect(await station.store.read((sql) => verifyStock(sql))).toMatchObject({ differenceCount: 0 });
    });

    test('one that lies elsewhere by the books is not posted here, and the place is named', async () => {
      const { id } = await givenStartedCount(station, warehouseId, { scopeKind: 'class', scopeText: 'M-9' });
      for (const serial of ['A1', 'A2', 'B1']) await pieceFound(id, serial);
      await close(id);
      await expect(confirm(id)).rejects.toMatchObject({
        code: 'stock.serial-elsewhere',
        details: { line: 3, lot: 'B1', warehouse: '备仓' },
      });
      expect(await station.run('stockCounts.get', { id })).toMatchObject({ state: 'counted' });
    });

    test('a part without numbers is not counted by any', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      const cap = await givenPart(station, 'C-50');
      expect(await codeOf(scan(id, cap, 'A1'))).toBe('stock.lots-not-tracked');
    });
  });
});
