import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenOrdered } from '../helpers/purchases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';
import { ledgerFaults } from './lib/ledgers.ts';

const pieces = (count: number) => count * 1000;
type Line = Readonly<{ lineNo: number; quantity: number; lots?: { lot: string; quantity: number }[] }>;

describe.each(DIALECTS)('returns to the supplier on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of what was received', () => {
    let station: TestStation;
    let warehouseId: string;
    let partId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      warehouseId = await givenWarehouse(station);
      partId = await givenPart(station, 'C-50');
    });
    afterEach(() => station.close());

    const give = (documentId: string, ...lines: Line[]) =>
      station.run('stock.returnToSupplier', { documentId, reason: '次品', lines }, { as: 'keeper' });
    const sheet = async (documentId: string) =>
      (await station.run('stock.supplierReturnSheet', { documentId }, { as: 'keeper' })).lines;
    const balance = async () => (await station.rows('SELECT quantity, value FROM stock_balances'))[0];
    async function refused(work: () => Promise<unknown>, refusal: object): Promise<void> {
      const standing = async () => [await station.count('stock_moves'), await balance()];
      const before = await standing();
      await expect(work()).rejects.toMatchObject(refusal);
      expect(await standing()).toEqual(before);
    }
    const receiveTracked = async (tracking: 'batch' | 'serial', lots: { lot: string; quantity: number }[]) => {
      await station.store.write((trx) => trx.run('UPDATE parts SET tracking = ?', [tracking]));
      const quantity = lots.reduce((sum, one) => sum + one.quantity, 0);
      return station.run('stock.receive', { warehouseId, lines: [{ partId, quantity, price: 100, lots }] });
    };

    test('in whatever steps they go, they take out together what they came in with', async () => {
      const { id, number } = await givenReceipt(station, warehouseId, partId, pieces(3), 333);
      await givenReceipt(station, warehouseId, partId, pieces(3), 900);
      const first = await give(id, { lineNo: 1, quantity: 1500 });
      const second = await give(id, { lineNo: 1, quantity: 1000 }, { lineNo: 1, quantity: 500 });

      expect(first).toMatchObject({ number: 'SR-SH01-260315-0001', total: 500, value: 500 });
      expect(first.value + second.value).toBe(999);
      expect(await balance()).toEqual({ quantity: pieces(3), value: 2700 });
      expect(await sheet(id)).toMatchObject([{ lineNo: 1, quantity: pieces(3), returned: pieces(3) }]);
      expect(await station.run('stock.document', { id: first.id }, { as: 'keeper' })).toMatchObject({
        kind: 'supplier-return',
        returns: number,
        note: '次品',
        lines: [{ quantity: -1500, price: 333, value: -500 }],
      });
      expect(await ledgerFaults(station)).toEqual([]);
    });

    test('never more than was received less what went back, and the line is named', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      await givenReceipt(station, warehouseId, partId, pieces(9), 100);
      await give(id, { lineNo: 1, quantity: pieces(1) });

      await refused(() => give(id, { lineNo: 1, quantity: 1000 }, { lineNo: 1, quantity: 1001 }), {
        code: 'stock.return-beyond-receipt',
        details: { line: 2, part: 'C-50', received: 1000, quantity: 1001 },
      });
      await refused(() => give(id, { lineNo: 2, quantity: 1 }), { code: 'not-found', details: { line: 1 } });
    });

    test('what was used already cannot go back', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      const lines = [{ partId, quantity: pieces(2) }];
      await station.run('stock.issue', { kind: 'counter-sale', warehouseId, lines });

      await refused(() => give(id, { lineNo: 1, quantity: pieces(2) }), {
        code: 'stock.insufficient',
        details: { line: 1, part: 'C-50', onHand: 1000, quantity: pieces(2) },
      });
    });

    test('a receipt of which something went back cannot be reversed as a whole any more', async () => {
      const { id, number } = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      const { number: by } = await give(id, { lineNo: 1, quantity: 1000 });

      await refused(() => station.run('stock.reverse', { documentId: id }, { as: 'accountant' }), {
        code: 'stock.went-back-in-part',
        details: { number, by },
      });
    });

    test('nothing of a reversed receipt, of an issue or of a return goes back', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      const kept = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      const lines = [{ partId, quantity: 1000 }];
      const issue = await station.run('stock.issue', { kind: 'counter-sale', warehouseId, lines });
      const back = await give(kept.id, { lineNo: 1, quantity: 1000 });
      await station.run('stock.reverse', { documentId: id }, { as: 'accountant' });

      for (const documentId of [id, issue.id, back.id])
        await refused(() => give(documentId, { lineNo: 1, quantity: 1000 }), { code: 'stock.cannot-be-returned' });
    });

    test('a piece goes back under the number it came with', async () => {
      const serials = ['S1', 'S2', 'S3'].map((lot) => ({ lot, quantity: 1000 }));
      const { id } = await receiveTracked('serial', serials);
      await receiveTracked('serial', [{ lot: 'X9', quantity: 1000 }]);
      const named = (...lots: string[]) => lots.map((lot) => ({ lot, quantity: 1000 }));

      await refused(() => give(id, { lineNo: 1, quantity: 1000 }), { code: 'stock.lots-differ' });
      await refused(() => give(id, { lineNo: 1, quantity: 1000, lots: named('X9') }), {
        code: 'stock.lot-not-received',
        details: { line: 1, part: 'C-50', lot: 'X9' },
      });
      await give(id, { lineNo: 1, quantity: 1000, lots: named('S2') });
      await refused(() => give(id, { lineNo: 1, quantity: 1000, lots: named('S2') }), {
        code: 'stock.lot-not-received',
      });
      expect(await sheet(id)).toMatchObject([{ lots: named('S1', 'S3') }]);
    });

    test('of a batch nobody names what came with the receipt goes back, not the oldest there is', async () => {
      await receiveTracked('batch', [{ lot: 'OLD', quantity: 5000 }]);
      const { id } = await receiveTracked('batch', [{ lot: 'NEW', quantity: 2000 }]);
      await give(id, { lineNo: 1, quantity: 1500 });

      expect(
        await station.rows('SELECT lot, SUM(quantity) AS quantity FROM lot_moves GROUP BY lot ORDER BY lot'),
      ).toEqual([
        { lot: 'NEW', quantity: 500 },
        { lot: 'OLD', quantity: 5000 },
      ]);
    });

    test('what goes back of an order has come nevertheless, and is seen beside it', async () => {
      const lines = [{ partId, quantity: pieces(5), price: 100 }];
      const order = await givenOrdered(station, { warehouseId, lines });
      const { id, version, lineIds } = order;
      const came = { id, version, lines: [{ lineId: lineIds[0] ?? '', quantity: pieces(3), price: 100 }] };
      const receipt = await station.run('purchases.receive', came, { as: 'keeper' });
      const { number } = await give(receipt.id, { lineNo: 1, quantity: 1000 });

      expect(await station.run('purchases.get', { id }, { as: 'keeper' })).toMatchObject({
        lines: [{ received: pieces(3), returned: 1000, outstanding: pieces(2) }],
        documents: [{ kind: 'receipt' }, { kind: 'supplier-return', number, value: -100 }],
      });
      expect(await ledgerFaults(station)).toEqual([]);
    });

    const reverse = (documentId: string) => station.run('stock.reverse', { documentId }, { as: 'accountant' });

    test('a return that was a mistake is reversed today: the parts are back at what they left with, and can go back again', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(3), 333);
      await givenReceipt(station, warehouseId, partId, pieces(3), 900);
      const first = await give(id, { lineNo: 1, quantity: 1500 });
      await give(id, { lineNo: 1, quantity: 500 });
      station.clock.now += 86_400_000;
      const reversal = await reverse(first.id);

      expect(reversal.number).toBe('RV-SH01-260316-0001');
      expect(await sheet(id)).toMatchObject([{ returned: 500 }]);
      expect(await balance()).toEqual({ quantity: 5500, value: 3699 - 166 });
      await give(id, { lineNo: 1, quantity: 2500 });
      expect(await sheet(id)).toMatchObject([{ returned: pieces(3) }]);
      expect(await ledgerFaults(station)).toEqual([]);

      await refused(() => reverse(first.id), {
        code: 'stock.already-reversed',
        details: { number: first.number, by: reversal.number },
      });
      await refused(() => reverse(reversal.id), { code: 'stock.cannot-be-reversed' });
    });

    test('once all that went back has been reversed, the receipt itself can be reversed', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      const [first, second] = [
        await give(id, { lineNo: 1, quantity: 1000 }),
        await give(id, { lineNo: 1, quantity: 1000 }),
      ];
      await reverse(first.id);
      await refused(() => reverse(id), { code: 'stock.went-back-in-part', details: { by: second.number } });
      await reverse(second.id);
      await reverse(id);
      expect(await balance()).toEqual({ quantity: 0, value: 0 });
      expect(await ledgerFaults(station)).toEqual([]);
    });

    test('a piece comes back under its number, unless the supplier has sent it again already', async () => {
      const named = (...lots: string[]) => lots.map((lot) => ({ lot, quantity: 1000 }));
      const { id } = await receiveTracked('serial', named('S1', 'S2'));
      const mistake = await give(id, { lineNo: 1, quantity: 1000, lots: named('S1') });
      await reverse(mistake.id);
      expect(await sheet(id)).toMatchObject([{ returned: 0, lots: named('S1', 'S2') }]);

      const repaired = await give(id, { lineNo: 1, quantity: 1000, lots: named('S2') });
      await receiveTracked('serial', named('S2'));
      await refused(() => reverse(repaired.id), {
        code: 'stock.serial-elsewhere',
        details: { line: 1, part: 'C-50', lot: 'S2' },
      });
    });

    test('an order of which a return was reversed is not opened again by that', async () => {
      const lines = [{ partId, quantity: pieces(3), price: 100 }];
      const { id, version, lineIds } = await givenOrdered(station, { warehouseId, lines });
      const came = { id, version, lines: [{ lineId: lineIds[0] ?? '', quantity: pieces(3), price: 100 }] };
      const receipt = await station.run('purchases.receive', came, { as: 'keeper' });
      const { id: returnId } = await give(receipt.id, { lineNo: 1, quantity: 1000 });
      const { number } = await reverse(returnId);

      expect(await station.run('purchases.get', { id }, { as: 'keeper' })).toMatchObject({
        state: 'closed',
        lines: [{ received: pieces(3), returned: 0, outstanding: 0 }],
        documents: [{ kind: 'receipt' }, { kind: 'supplier-return', reversedBy: number }],
      });
    });

    test('sent twice, they go back once', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      const actor = await station.actorFor(['keeper']);
      const input = { documentId: id, reason: '次品', lines: [{ lineNo: 1, quantity: 1000 }] };
      const once = await station.run('stock.returnToSupplier', input, { as: actor, commandId: 'r-1' });

      expect(await station.run('stock.returnToSupplier', input, { as: actor, commandId: 'r-1' })).toEqual(once);
      expect(await balance()).toEqual({ quantity: pieces(2), value: 200 });
    });

    test('only whoever may returns them, and says why', async () => {
      const { id } = await givenReceipt(station, warehouseId, partId, pieces(3), 100);
      const input = { documentId: id, reason: 'x', lines: [{ lineNo: 1, quantity: 1000 }] };

      await refused(() => station.run('stock.returnToSupplier', input, { as: 'clerk' }), { code: 'access.denied' });
      await refused(() => station.run('stock.returnToSupplier', { ...input, reason: ' ' }, { as: 'keeper' }), {
        details: { faults: [{ path: 'reason', rule: 'required' }] },
      });
    });
  });
});
