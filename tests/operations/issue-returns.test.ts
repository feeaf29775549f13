import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenIntake, givenStarted } from '../helpers/given-work.ts';
import { givenTracked } from '../helpers/old-parts.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const pieces = (count: number) => count * 1000;
const serials = (...lots: string[]) => lots.map((lot) => ({ lot, quantity: 1000 }));

describe.each(DIALECTS)('issues on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('and what comes back of them', () => {
    let station: TestStation;
    let warehouseId: string;
    let partId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      warehouseId = await givenWarehouse(station);
      partId = await givenPart(station, 'C-50', { salePrice: 4500 });
    });
    afterEach(async () => {
      expect(await station.run('stock.verify', {})).toMatchObject({ difference: null });
      await station.close();
    });

    type Kind = InputOf<'stock.issue'>['kind'];
    type More = Partial<InputOf<'stock.issue'>>;
    const issue = (kind: Kind, quantity: number, more: More = {}) =>
      station.run('stock.issue', { kind, warehouseId, lines: [{ partId, quantity }], ...more }, { as: 'keeper' });
    const back = (documentId: string, quantity: number, lots = serials()) =>
      station.run('stock.returnIssue', { documentId, lines: [{ lineNo: 1, quantity, lots }] }, { as: 'keeper' });
    const balance = async () => (await station.rows('SELECT quantity, value FROM stock_balances'))[0];

    describe('prices', () => {
      beforeEach(() => givenReceipt(station, warehouseId, partId, pieces(20), 100));

      test('what is sold has its sale price, what is not costs nothing', async () => {
        const totals = [];
        const technician = await station.actorFor(['technician']);
        const recipientId = technician.employeeId;
        for (const kind of ['counter-sale', 'out-of-warranty', 'in-warranty', 'vendor-unit'] as const)
          totals.push((await issue(kind, 1000)).total);
        totals.push((await issue('to-technician', 1000, { recipientId })).total);
        expect(totals).toEqual([4500, 4500, 0, 0, 0]);
      });

      test('less over the counter, or anything else elsewhere, takes a right of its own; more over the counter does not', async () => {
        const at = (kind: Kind, price: number, as: 'keeper' | 'manager' = 'keeper') =>
          station.run('stock.issue', { kind, warehouseId, lines: [{ partId, quantity: 1000, price }] }, { as });
        const refusal = { code: 'stock.price-needs-right', details: { line: 1, part: 'C-50', price: 4500 } };

        await expect(at('counter-sale', 4499)).rejects.toMatchObject(refusal);
        await expect(at('out-of-warranty', 4600)).rejects.toMatchObject(refusal);
        await expect(at('in-warranty', 1)).rejects.toMatchObject({ details: { line: 1, price: 0 } });
        expect(await station.count('stock_documents')).toBe(1);
        expect(await at('counter-sale', 4600)).toMatchObject({ total: 4600 });
        expect(await at('counter-sale', 1, 'manager')).toMatchObject({ total: 1 });
      });

      test('a counter sale keeps to whom it was sold', async () => {
        const { id } = await issue('counter-sale', 1000, { customerClass: 'dealer' });
        await issue('in-warranty', 1000, { customerClass: 'dealer' });

        expect(await station.run('stock.document', { id }, { as: 'keeper' })).toMatchObject({
          customerClass: 'dealer',
        });
        expect(await station.rows("SELECT id FROM stock_documents WHERE customer_class = 'dealer'")).toHaveLength(1);
      });
    });

    describe('whom it is for', () => {
      beforeEach(() => givenReceipt(station, warehouseId, partId, pieces(20), 100));

      test('an employee or outlet that is named by id is known, and named on the document', async () => {
        const technician = await station.actorFor(['technician']);
        const { id } = await issue('to-technician', 1000, { recipientId: technician.employeeId });
        const document = await station.run('stock.document', { id }, { as: 'keeper' });

        expect(document).toMatchObject({
          recipient: `${technician.number} technician`,
          recipientId: technician.employeeId,
        });
        await expect(issue('to-technician', 1000, { recipientId: 'nobody' })).rejects.toMatchObject({
          code: 'not-found',
        });
        await expect(issue('to-outlet', 1000, { recipientId: 'nowhere' })).rejects.toMatchObject({ code: 'not-found' });
        await expect(issue('to-outlet', 1000, { recipientId: station.station.unitId })).rejects.toMatchObject({
          details: { faults: [{ path: 'recipientId', rule: 'notAllowed' }] },
        });
        await expect(issue('counter-sale', 1000, { recipientId: technician.employeeId })).rejects.toMatchObject({
          details: { faults: [{ path: 'recipientId', rule: 'notAllowed' }] },
        });
      });

      test('parts for work name the order, others do not', async () => {
        const order = await givenIntake(station);
        const { id } = await issue('in-warranty', 1000, { workOrderId: order.id });

        expect(await station.run('stock.document', { id }, { as: 'keeper' })).toMatchObject({
          workOrder: order.number,
        });
        await expect(issue('counter-sale', 1000, { workOrderId: order.id })).rejects.toMatchObject({
          details: { faults: [{ path: 'workOrderId', rule: 'notAllowed' }] },
        });
        await expect(issue('vendor-unit', 1000, { workOrderId: 'none' })).rejects.toMatchObject({ code: 'not-found' });
      });

      test('a technician who keeps a stock of his own has the parts there, and no return takes them out of it', async () => {
        const technician = await station.actorFor(['technician']);
        const fields = { code: 'V1', name: '车上', kind: 'technician', holderId: technician.employeeId } as const;
        const { id: van } = await station.run('setup.saveWarehouse', { fields });
        const { id } = await issue('to-technician', pieces(2), { recipientId: technician.employeeId });

        expect(
          await station.rows('SELECT warehouse_id, quantity, value FROM stock_balances ORDER BY quantity'),
        ).toEqual([
          { warehouseId: van, quantity: pieces(2), value: 200 },
          { warehouseId, quantity: pieces(18), value: 1800 },
        ]);
        expect(
          await station.rows('SELECT kind, issue_kind FROM stock_documents ORDER BY number DESC LIMIT 2'),
        ).toContainEqual({ kind: 'receipt', issueKind: null });
        await expect(back(id, 1000)).rejects.toMatchObject({ code: 'stock.cannot-be-returned' });
      });
    });

    describe('returns', () => {
      test('all returns together bring back exactly what the issue took', async () => {
        await givenReceipt(station, warehouseId, partId, 1000, 100);
        await givenReceipt(station, warehouseId, partId, pieces(2), 100);
        await givenReceipt(station, warehouseId, partId, 1000, 101);
        const { id, cost } = await issue('counter-sale', pieces(3));
        await givenReceipt(station, warehouseId, partId, pieces(2), 900);
        const first = await back(id, 1000);
        await back(id, 1500);
        await back(id, 500);

        expect(first).toMatchObject({ number: 'RT-SH01-260315-0001', total: 4500 });
        const sums = await station.rows(
          "SELECT SUM(value) AS value, SUM(quantity) AS quantity FROM stock_moves m JOIN stock_documents d ON d.id = m.document_id WHERE d.kind = 'return'",
        );
        expect(sums).toEqual([{ value: cost, quantity: pieces(3) }]);
        expect(await balance()).toEqual({ quantity: pieces(6), value: 401 + 1800 });
      });

      test('1 at 10 and 1 at 20, one issued and the same returned: 2 worth 30', async () => {
        await givenReceipt(station, warehouseId, partId, 1000, 10);
        await givenReceipt(station, warehouseId, partId, 1000, 20);
        const { id } = await issue('in-warranty', 1000);
        await back(id, 1000);
        expect(await balance()).toEqual({ quantity: pieces(2), value: 30 });
      });

      test('never more than is still out, with the line; nothing is kept', async () => {
        await givenReceipt(station, warehouseId, partId, pieces(5), 100);
        const { id } = await issue('counter-sale', pieces(3));
        await back(id, pieces(2));

        await expect(back(id, 1001)).rejects.toMatchObject({
          code: 'stock.return-beyond-issue',
          details: { line: 1, part: 'C-50', issued: 1000, quantity: 1001 },
        });
        const twice = [1, 1].map((lineNo) => ({ lineNo, quantity: 500 }));
        await expect(station.run('stock.returnIssue', { documentId: id, lines: twice })).rejects.toMatchObject({
          details: { faults: [{ path: 'lines.1.lineNo', rule: 'duplicate' }] },
        });
        await expect(
          station.run('stock.returnIssue', { documentId: id, lines: [{ lineNo: 2, quantity: 1 }] }),
        ).rejects.toMatchObject({ details: { faults: [{ path: 'lines.0.lineNo', rule: 'doesNotExist' }] } });
        expect(await station.count('stock_documents')).toBe(3);
      });

      test('what came back in part cannot be reversed as a whole, what was reversed cannot come back', async () => {
        await givenReceipt(station, warehouseId, partId, pieces(5), 100);
        const first = await issue('counter-sale', pieces(2));
        const returned = await back(first.id, 1000);
        const second = await issue('counter-sale', pieces(2));
        await station.run('stock.reverse', { documentId: second.id });

        await expect(station.run('stock.reverse', { documentId: first.id })).rejects.toMatchObject({
          code: 'stock.went-back-in-part',
          details: { number: first.number, by: returned.number },
        });
        await expect(back(second.id, 1000)).rejects.toMatchObject({ code: 'stock.already-reversed' });
        await expect(back(returned.id, 1000)).rejects.toMatchObject({ code: 'stock.cannot-be-returned' });
        await expect(station.run('stock.reverse', { documentId: returned.id })).rejects.toMatchObject({
          code: 'stock.cannot-be-reversed',
        });
      });

      test('delivered twice, parts come back once; without the right not at all', async () => {
        await givenReceipt(station, warehouseId, partId, pieces(5), 100);
        const { id } = await issue('counter-sale', pieces(2));
        const actor = await station.actorFor(['keeper']);
        const input = { documentId: id, lines: [{ lineNo: 1, quantity: 1000 }] };
        const first = await station.run('stock.returnIssue', input, { as: actor, commandId: 'r-1' });

        expect(await station.run('stock.returnIssue', input, { as: actor, commandId: 'r-1' })).toEqual(first);
        expect(await balance()).toMatchObject({ quantity: pieces(4) });
        await expect(station.run('stock.returnIssue', input, { as: 'technician' })).rejects.toMatchObject({
          code: 'access.denied',
        });
      });

      test('two who return the last piece at once: one is refused', async () => {
        await givenReceipt(station, warehouseId, partId, 1000, 100);
        const { id } = await issue('counter-sale', 1000);
        const results = await Promise.allSettled([back(id, 1000), back(id, 1000)]);

        expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
        expect(await balance()).toEqual({ quantity: 1000, value: 100 });
      });
    });

    describe('numbers', () => {
      const receive = (lots: ReturnType<typeof serials>) => {
        const quantity = lots.reduce((sum, one) => sum + one.quantity, 0);
        return station.run('stock.receive', { warehouseId, lines: [{ partId, quantity, price: 100, lots }] });
      };
      const onHand = async () =>
        (await station.run('stock.lots', { partId, warehouseId }, { as: 'keeper' })).lots.map(({ lot, quantity }) => [
          lot,
          quantity,
        ]);

      test('pieces come in, leave and come back with their serial numbers', async () => {
        await givenTracked(station, partId, 'serial');
        await receive(serials('A1', 'A2', 'A3'));
        const lines = [{ partId, quantity: pieces(2), lots: serials('A1', 'A3') }];
        const { id } = await issue('counter-sale', 0, { lines });
        await back(id, 1000, serials('A3'));

        expect(await onHand()).toEqual([
          ['A2', 1000],
          ['A3', 1000],
        ]);
        await expect(back(id, 1000, serials('A3'))).rejects.toMatchObject({
          code: 'stock.lot-not-issued',
          details: { line: 1, part: 'C-50', lot: 'A3' },
        });
        await expect(back(id, 1000, serials('A2'))).rejects.toMatchObject({ code: 'stock.lot-not-issued' });
        const document = await station.run('stock.document', { id }, { as: 'keeper' });
        expect(document.lines).toMatchObject([{ lots: serials('A1', 'A3'), lotsOut: serials('A1'), returned: 1000 }]);
      });

      test('what of pieces comes back must be named, unless it is all', async () => {
        await givenTracked(station, partId, 'serial');
        await receive(serials('A1', 'A2'));
        const lines = [{ partId, quantity: pieces(2), lots: serials('A1', 'A2') }];
        const { id } = await issue('counter-sale', 0, { lines });

        await expect(back(id, 1000)).rejects.toMatchObject({ code: 'stock.lots-differ' });
        await back(id, pieces(2));
        expect(await onHand()).toHaveLength(2);
      });

      test('a batch comes back without being named', async () => {
        await givenTracked(station, partId, 'batch');
        await receive([{ lot: 'B1', quantity: 1500 }]);
        await receive([{ lot: 'B2', quantity: 1000 }]);
        const { id } = await issue('counter-sale', pieces(2));
        await back(id, 1700);

        expect(await onHand()).toEqual([
          ['B1', 1500],
          ['B2', 700],
        ]);
      });

      test('where a serial number is, and every move of it', async () => {
        await givenTracked(station, partId, 'serial');
        await receive(serials('A1'));
        const { id } = await issue('counter-sale', 0, { lines: [{ partId, quantity: 1000, lots: serials('A1') }] });
        station.clock.now += 1000;
        const gone = await station.run('stock.lotHistory', { lot: 'A1' }, { as: 'technician' });
        await back(id, 1000);
        const found = await station.run('stock.lotHistory', { lot: 'A1', partId }, { as: 'technician' });

        expect(gone.places).toEqual([]);
        expect(found.places).toMatchObject([{ partNumber: 'C-50', warehouse: '主仓', quantity: 1000 }]);
        expect(found.moves.map(({ kind, quantity }) => [kind, quantity])).toEqual(
          expect.arrayContaining([
            ['return', 1000],
            ['issue', -1000],
            ['receipt', 1000],
          ]),
        );
        expect(found.moves[0]).toMatchObject({ kind: 'return' });
        expect((await station.run('stock.lotHistory', { lot: 'ZZ' }, { as: 'technician' })).moves).toEqual([]);
      });

      test('a material list swaps one serial number for another, and puts back what is taken off it', async () => {
        await givenTracked(station, partId, 'serial');
        await receive(serials('A1', 'A2', 'A3'));
        const technician = await station.actorFor(['technician']);
        const order = await givenStarted(station, technician);
        let { version } = order;
        const save = async (lines: InputOf<'jobs.saveMaterial'>['lines']) => {
          const saved = await station.run(
            'jobs.saveMaterial',
            { workOrderId: order.id, version, lines },
            { as: technician },
          );
          ({ version } = saved);
          return saved.lines[0]?.id ?? null;
        };
        const line = { partId, warehouseId };
        const id = await save([{ ...line, quantity: pieces(2), lots: serials('A1', 'A2') }]);
        await save([{ ...line, id, quantity: pieces(2), lots: serials('A1', 'A3') }]);
        expect(await onHand()).toEqual([['A2', 1000]]);

        await save([{ ...line, id, quantity: pieces(2), price: 1 }]); // no number changed
        await expect(save([{ ...line, id, quantity: 1000 }])).rejects.toMatchObject({ code: 'stock.lots-differ' });
        await save([{ ...line, id, quantity: 1000, lots: serials('A3') }]);
        const sheet = await station.run('jobs.sheet', { id: order.id }, { as: technician });
        expect(sheet.material).toMatchObject([{ tracking: 'serial', quantity: 1000, lots: serials('A3') }]);
        await save([]);
        expect(await onHand()).toHaveLength(3);
      });

      test('a transfer takes the numbers along', async () => {
        await givenTracked(station, partId, 'serial');
        await receive(serials('A1', 'A2'));
        const van = await givenWarehouse(station, 'V1', '车上');
        const lines = [{ partId, quantity: 1000, lots: serials('A2') }];
        await station.run('transfers.ship', { fromWarehouseId: warehouseId, toWarehouseId: van, lines });

        const { lots } = await station.run('stock.lots', { partId, warehouseId: van }, { as: 'keeper' });
        expect(lots).toMatchObject([{ lot: 'A2', quantity: 1000 }]);
      });
    });
  });
});
