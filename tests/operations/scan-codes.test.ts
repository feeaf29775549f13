import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenOldReturned } from '../helpers/old-parts.ts';
import { givenOrdered } from '../helpers/purchases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenReceipt, givenWarehouse } from '../helpers/stock.ts';

/** By whichever of its codes a part is scanned, it is the same part: also where lines are told apart without asking again. */
describe.each(DIALECTS)('the codes of a part on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('with further barcodes, into which another one went', () => {
    let station: TestStation;
    let [warehouseId, partId, plainId] = ['', '', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      warehouseId = await givenWarehouse(station);
      const save = async (number: string, barcode: string, barcodes: string[]) =>
        (await station.run('setup.savePart', { fields: { number, name: number, barcode }, lists: { barcodes } })).id;
      const fromId = await save('OLD-1', '690008', ['690009']);
      partId = await save('C-50', '690001', ['690002-X']);
      plainId = await save('P-1', '', []);
      await station.run('parts.merge', { fromId, intoId: partId }, { as: 'manager' });
    });
    afterEach(() => station.close());

    const CODES = ['690001', '690002-x', '690008', '690009', 'c-50', 'old-1'];

    test('stand with each line of an order', async () => {
      const lines = [partId, plainId].map((one) => ({ partId: one, quantity: 1000, price: 1 }));
      const { id } = await givenOrdered(station, { warehouseId, lines });
      const order = await station.run('purchases.get', { id }, { as: 'keeper' });
      expect(order.lines.map(({ codes }) => codes.toSorted())).toEqual([CODES, ['p-1']]);
    });

    test('stand with each old part that is owed, and with what was issued', async () => {
      await givenReceipt(station, warehouseId, partId, 2000, 100);
      await givenOldReturned(station, partId);
      const { employeeId: recipientId } = await station.actorFor(['technician']);
      const lines = [{ partId, quantity: 1000 }];
      const issue = { kind: 'to-technician' as const, warehouseId, recipientId, lines };
      const { id } = await station.run('stock.issue', issue, { as: 'keeper' });
      const { rows } = await station.run('oldParts.list', {}, { as: 'keeper' });
      const document = await station.run('stock.document', { id }, { as: 'keeper' });
      expect(rows.map(({ codes }) => codes.toSorted())).toEqual([CODES]);
      expect(document.lines.map(({ codes }) => codes.toSorted())).toEqual([CODES]);
    });
  });
});
