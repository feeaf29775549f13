import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postStock } from '#db/repositories/stock.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenDeposit, givenGrant, givenShipped, openLevels, type Levels } from '../helpers/requisitions.ts';
import { givenWarehouse } from '../helpers/stock.ts';
import { exchange } from '../helpers/two-units.ts';

type Station = Levels['outlet'];

describe.each(DIALECTS)('transfers that arrive otherwise than they left, on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('between the levels', () => {
    let levels: Levels;
    beforeEach(async () => {
      levels = await openLevels(dialect);
      await givenDeposit(levels, 30_000);
    });
    afterEach(() => levels.close());

    const stockOf = (station: Station) =>
      station.rows<{ quantity: number; value: number }>(
        `SELECT b.quantity, b.value FROM stock_balances b JOIN parts p ON p.id = b.part_id WHERE b.quantity <> 0
         ORDER BY p.number, b.warehouse_id`,
      );
    const bothVerified = async () => {
      for (const side of [levels.outlet, levels.centre])
        expect((await side.run('stock.verify', {})).difference).toBeNull();
    };
    const shipped = async () => givenShipped(levels, await givenGrant(levels), [4000, 2000]);
    const receive = async (
      id: string,
      counted: {
        line: number;
        received: number;
        damaged?: number;
        note?: string;
        lots?: { lot: string; quantity: number }[];
      }[],
    ) => {
      const received = await levels.outlet.run('transfers.receive', { id, counted }, { as: 'keeper' });
      await exchange(levels.outlet, levels.centre);
      return received;
    };
    const decide = async (
      id: string,
      decisions: {
        line: number;
        kind: 'shortage' | 'damage' | 'surplus';
        decision: 'found-here' | 'written-off' | 'charged' | 'returned' | 'sent-after';
        quantity: number;
        warehouseId?: string;
        lots?: { lot: string; quantity: number }[];
      }[],
    ) => {
      const all = decisions.map((one) => ({ reason: '清点', ...one }));
      const decided = await levels.centre.run('transfers.decide', { id, decisions: all }, { as: 'keeper' });
      await exchange(levels.outlet, levels.centre);
      return decided;
    };
    const held = async () => (await levels.centre.run('deposits.list', {}, { as: 'keeper' })).rows[0]?.held;
    const openAt = async (station: Station) => (await station.run('transfers.inTransit', {}, { as: 'keeper' })).rows;

    test('what is good comes in at its share of the value; the rest is in transit until it is decided, to the fen', async () => {
      const { outlet, centre, here } = levels;
      const id = await shipped(); // P1: 4 worth 13.33, P2: 2 worth 10.00
      expect(await held()).toBe(30_000 - 21_600);
      expect((await receive(id, [{ line: 1, received: 1000, damaged: 1000, note: '摔坏' }])).isDiffering).toBe(true);
      expect(await stockOf(outlet)).toEqual([
        { quantity: 1000, value: 333 },
        { quantity: 2000, value: 1000 },
      ]);
      await bothVerified();
      expect(await openAt(centre)).toMatchObject([{ state: 'accepted', outcome: 'differing', isIncoming: false }]);
      expect(await openAt(outlet)).toMatchObject([{ state: 'accepted', outcome: 'differing', isIncoming: true }]);
      const sheet = await centre.run('transfers.get', { id }, { as: 'keeper' });
      expect(sheet.lines[0]).toMatchObject({
        received: 1000,
        damaged: 1000,
        countNote: '摔坏',
        open: { quantity: 3000, value: 1000, charge: 15_000, shortage: 2000, damage: 1000, surplus: 0 },
      });

      const scrap = await givenWarehouse(centre, 'SC', '报废仓');
      const part = await decide(id, [
        { line: 1, kind: 'shortage', decision: 'found-here', quantity: 1000 },
        { line: 1, kind: 'damage', decision: 'returned', quantity: 1000, warehouseId: scrap },
      ]);
      expect(part).toMatchObject({ credit: 10_000, isClosed: false });
      expect(await held()).toBe(30_000 - 11_600);
      await bothVerified();
      const rest = await decide(id, [{ line: 1, kind: 'shortage', decision: 'written-off', quantity: 1000 }]);
      expect(rest).toMatchObject({ credit: 5000, isClosed: true });
      expect(await held()).toBe(30_000 - 6600);
      for (const side of [centre, outlet]) expect(await openAt(side)).toEqual([]);
      expect((await outlet.run('transfers.list', { box: 'in' }, { as: 'keeper' })).rows).toMatchObject([
        { state: 'ended', outcome: 'decided' },
      ]);
      expect(await centre.rows('SELECT SUM(quantity) AS quantity, SUM(value) AS value FROM stock_balances')).toEqual([
        { quantity: 20_000 - 6000 + 2000, value: 3333 + 5000 - 1333 - 1000 + 667 },
      ]);
      expect(
        await centre.rows('SELECT quantity, value FROM stock_balances WHERE warehouse_id = ?', [scrap]),
      ).toHaveLength(1);
      expect(
        await centre.rows('SELECT quantity FROM stock_balances WHERE warehouse_id = ? AND quantity > 0', [here]),
      ).toHaveLength(2);
      await bothVerified();
    });

    test('what the receiver answers for stays charged; nothing is decided twice or beyond what differs', async () => {
      const id = await shipped();
      await receive(id, [{ line: 2, received: 500 }]);
      const shortage = { line: 2, kind: 'shortage', quantity: 1500 } as const;
      await expect(decide(id, [{ ...shortage, decision: 'charged', quantity: 1501 }])).rejects.toMatchObject({
        code: 'transfer.beyond-difference',
        details: { line: 2, open: 1500, quantity: 1501 },
      });
      await expect(
        decide(id, [
          { ...shortage, decision: 'charged', quantity: 1000 },
          { ...shortage, decision: 'written-off', quantity: 1000 },
        ]),
      ).rejects.toMatchObject({ code: 'transfer.beyond-difference', details: { open: 500 } });
      for (const decision of ['returned', 'sent-after'] as const)
        await expect(decide(id, [{ ...shortage, decision }])).rejects.toMatchObject({
          code: 'input.invalid',
          details: { faults: [{ path: 'decisions.0.decision', rule: 'notAllowed' }] },
        });
      expect(await levels.centre.count('transfer_closures')).toBe(0);
      expect(await decide(id, [{ ...shortage, decision: 'charged' }])).toMatchObject({ credit: 0, isClosed: true });
      expect(await held()).toBe(30_000 - 21_600);
      await expect(decide(id, [{ ...shortage, decision: 'charged' }])).rejects.toMatchObject({
        code: 'request.wrong-state',
        details: { state: 'ended' },
      });
      await bothVerified();
    });

    test('nobody is charged for a transfer that no deposit was charged for', async () => {
      const { centre, here, there, parts } = levels;
      const lines = [{ partId: parts[0], quantity: 1000 }];
      const { id } = await centre.run(
        'transfers.ship',
        { fromWarehouseId: here, toWarehouseId: there, lines },
        { as: 'keeper' },
      );
      await exchange(levels.outlet, centre);
      await receive(id, [{ line: 1, received: 0 }]);
      expect(await stockOf(levels.outlet)).toEqual([]);
      await expect(
        decide(id, [{ line: 1, kind: 'shortage', decision: 'charged', quantity: 1000 }]),
      ).rejects.toMatchObject({
        code: 'input.invalid',
      });
      await decide(id, [{ line: 1, kind: 'shortage', decision: 'written-off', quantity: 1000 }]);
      expect(await held()).toBe(30_000);
      await bothVerified();
    });

    test('a surplus isn’t taken in until it is sent after, in a transfer that refers to the first and is charged like it', async () => {
      const { outlet, centre } = levels;
      const id = await shipped();
      await receive(id, [{ line: 1, received: 5000 }]);
      expect(await stockOf(outlet)).toMatchObject([{ quantity: 4000 }, { quantity: 2000 }]);
      const { isClosed } = await decide(id, [{ line: 1, kind: 'surplus', decision: 'sent-after', quantity: 1000 }]);
      expect(isClosed).toBe(true);
      expect(await held()).toBe(30_000 - 21_600 - 5000);
      const [coming] = await openAt(outlet);
      const after = await outlet.run('transfers.get', { id: coming?.id ?? '' }, { as: 'keeper' });
      const { number } = await outlet.run('transfers.get', { id }, { as: 'keeper' });
      expect(after).toMatchObject({ content: { serves: number }, isCharged: true });
      await receive(after.id, []);
      expect(await stockOf(outlet)).toMatchObject([{ quantity: 5000 }, { quantity: 2000 }]);
      const { closures } = await centre.run('transfers.get', { id }, { as: 'keeper' });
      expect(closures).toMatchObject([{ decision: 'sent-after', transferNumber: after.number, value: 0 }]);
      await bothVerified();
    });

    test('a surplus that comes back never left the books', async () => {
      const id = await shipped();
      await receive(id, [{ line: 1, received: 4000, damaged: 1000 }]);
      await decide(id, [{ line: 1, kind: 'surplus', decision: 'returned', quantity: 1000 }]);
      expect(await stockOf(levels.centre)).toMatchObject([{ quantity: 6000 }, { quantity: 8000 }]);
      expect(await held()).toBe(30_000 - 21_600);
    });

    test('a count names each line once, and lines there are; a second receipt is refused', async () => {
      const id = await shipped();
      const two = [1, 1].map((line) => ({ line, received: 0 }));
      for (const counted of [[{ line: 3, received: 0 }], two])
        await expect(receive(id, counted)).rejects.toMatchObject({ code: 'input.invalid' });
      expect(await levels.outlet.count('answers')).toBe(1); // the centre's to the requisition
      await receive(id, [{ line: 1, received: 4000 }]);
      await expect(receive(id, [])).rejects.toMatchObject({ code: 'request.wrong-state', details: { state: 'ended' } });
    });

    test('who may not decide doesn’t, nor the receiver; delivered twice it is decided once', async () => {
      const { outlet, centre } = levels;
      const id = await shipped();
      await receive(id, [{ line: 1, received: 3000 }]);
      const decisions = [{ line: 1, kind: 'shortage', decision: 'written-off', quantity: 1000, reason: 'x' } as const];
      await expect(centre.run('transfers.decide', { id, decisions }, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(outlet.run('transfers.decide', { id, decisions }, { as: 'keeper' })).rejects.toMatchObject({
        code: 'document.of-another-unit',
      });
      const as = await centre.actorFor(['keeper']);
      const once = await centre.run('transfers.decide', { id, decisions }, { as, commandId: 'd' });
      expect(await centre.run('transfers.decide', { id, decisions }, { as, commandId: 'd' })).toEqual(once);
      expect(await centre.count('transfer_closures')).toBe(1);
    });

    describe('of pieces with serial numbers', () => {
      const lots = (...names: string[]) => names.map((lot) => ({ lot, quantity: 1000 }));
      const lotsIn = async (station: Station) =>
        (
          await station.rows<{ lot: string }>(
            'SELECT lot FROM lot_moves GROUP BY lot, warehouse_id HAVING SUM(quantity) > 0 ORDER BY lot',
          )
        ).map(({ lot }) => lot);

      /** Three with serial numbers leave the centre. */
      async function shippedPieces(): Promise<string> {
        const { outlet, centre, here, there, parts } = levels;
        const [, part] = parts;
        await centre.run('stock.issue', {
          kind: 'counter-sale',
          warehouseId: here,
          lines: [{ partId: part, quantity: 10_000 }],
        });
        for (const { store } of [outlet, centre])
          await store.replicate({ origin: 'x', log: 'keep' }, (trx) =>
            trx.run("UPDATE parts SET tracking = 'serial' WHERE id = ?", [part]),
          );
        await putIn(centre, here, part, lots('S1', 'S2', 'S3'));
        const lines = [{ partId: part, quantity: 3000, lots: lots('S1', 'S2', 'S3') }];
        const { id } = await centre.run(
          'transfers.ship',
          { fromWarehouseId: here, toWarehouseId: there, lines },
          { as: 'keeper' },
        );
        await exchange(outlet, centre);
        for (const { store } of [outlet, centre])
          await store.replicate({ origin: 'x', log: 'keep' }, (trx) =>
            trx.run("UPDATE parts SET tracking = 'serial' WHERE id = ?", [part]),
          );
        return id;
      }

      test('they arrive with the shipment, as they left', async () => {
        await receive(await shippedPieces(), []);
        expect(await lotsIn(levels.outlet)).toEqual(['S1', 'S2', 'S3']);
        expect(await lotsIn(levels.centre)).toEqual([]);
        await bothVerified();
      });

      test('which ones arrived is named, and the others come back', async () => {
        const { outlet, centre } = levels;
        const id = await shippedPieces();
        const short = (...names: string[]) => receive(id, [{ line: 1, received: 2000, lots: lots(...names) }]);
        await expect(short('S1', 'S9')).rejects.toMatchObject({
          code: 'transfer.lot-not-shipped',
          details: { line: 1, part: 'P2', lot: 'S9' },
        });
        await expect(short('S1')).rejects.toMatchObject({ code: 'stock.lots-differ', details: { named: 1000 } });
        await short('S1', 'S3');
        expect(await lotsIn(outlet)).toEqual(['S1', 'S3']);
        const back = { line: 1, kind: 'shortage', decision: 'found-here', quantity: 1000 } as const;
        await expect(decide(id, [{ ...back, lots: lots('S1') }])).rejects.toMatchObject({
          code: 'transfer.lot-not-shipped',
        });
        await decide(id, [back]);
        expect(await lotsIn(centre)).toEqual(['S2']);
        await bothVerified();
      });
    });
  });
});

/** Pieces with serial numbers come into a warehouse. */
async function putIn(
  station: Station,
  warehouseId: string,
  partId: string,
  lots: readonly { lot: string; quantity: number }[],
): Promise<void> {
  const { unitId } = station.station;
  const words = { recipient: '', note: '', movedOn: '2026-03-15', at: 1, employeeId: 'x' };
  const none = { issueKind: null, supplierId: null, workOrderId: null, reversesId: null };
  const document = {
    id: `d-${lots[0]?.lot}`,
    unitId,
    number: 'RC-X',
    kind: 'receipt',
    warehouseId,
    ...words,
    ...none,
  } as const;
  let id = 0;
  await station.store.write((trx) =>
    postStock(trx, () => `${document.id}-${++id}`, document, [
      {
        way: 'in',
        warehouseId,
        partId,
        quantity: lots.length * 1000,
        value: lots.length * 100,
        price: 100,
        line: 1,
        lots,
      },
    ]),
  );
}
