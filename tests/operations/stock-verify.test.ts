import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyStock } from '#db/repositories/stock-verify.ts';
import type { TestDialect } from '../helpers/databases.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenStarted } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

/** What the database itself would refuse, done behind everybody's back. */
async function damage(station: TestStation, ...changes: readonly string[]): Promise<void> {
  await station.store.write(async (trx) => {
    for (const text of await unguarded(trx, station.dialect)) await trx.run(text);
    for (const change of changes) await trx.run(change);
  });
}

type Reader = Readonly<{ all<Row>(text: string): Promise<Row[]> }>;

/** Triggers, and on PostgreSQL the references, which SQLite leaves unchecked only for another kind of transaction. */
async function unguarded(trx: Reader, dialect: TestDialect): Promise<string[]> {
  if (dialect === 'sqlite') {
    const triggers = await trx.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'stock_%'",
    );
    return triggers.map(({ name }) => `DROP TRIGGER ${name}`);
  }
  return ['stock_moves', 'stock_documents'].map((table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL`);
}

describe.each(DIALECTS)('the books of stock on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('compared with what is kept', () => {
    let station: TestStation;
    let warehouseId: string;
    let partId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      warehouseId = await givenWarehouse(station, 'W1');
      partId = await givenPart(station, 'P1');
      await givenReceipt(station, warehouseId, partId, 10_000, 100);
      await givenReceipt(station, warehouseId, partId, 10_000, 120);
    });
    afterEach(() => station.close());

    const verified = () => station.store.read((sql) => verifyStock(sql));
    const issue = (quantity: number) =>
      station.run('stock.issue', { kind: 'counter-sale', warehouseId, lines: [{ partId, quantity }] });

    test('are right after whatever the operations post', async () => {
      const sold = await issue(15_000);
      const other = await givenWarehouse(station, 'W2', '备仓');
      await station.run('stock.reverse', { documentId: sold.id });
      const bad = await givenReceipt(station, other, partId, 3000, 333);
      const lines = [{ partId, quantity: 7000 }];
      await station.run('transfers.ship', { fromWarehouseId: warehouseId, toWarehouseId: other, lines });
      await station.run('stock.reverse', { documentId: bad.id });
      const technician = await station.actorFor(['technician']);
      const order = await givenStarted(station, technician);
      const material = (version: number, quantity: number, id: string | null) =>
        station.run(
          'jobs.saveMaterial',
          { workOrderId: order.id, version, lines: [{ id, partId, warehouseId: other, quantity }] },
          { as: technician },
        );
      const drawn = await material(order.version, 5000, null);
      await givenReceipt(station, other, partId, 1000, 900);
      await material(drawn.version, 2000, drawn.lines[0]?.id ?? null);

      expect(await verified()).toEqual({ moves: 11, balances: 2, differences: [], differenceCount: 0 });
    });

    test.each([
      ['a value', 'UPDATE stock_moves SET value = -1651 WHERE move_no = 3', 'move-value', -1650, -1651],
      ['a price', 'UPDATE stock_moves SET price = 101 WHERE move_no = 1', 'move-value', 1010, 1000],
      ['a number', 'UPDATE stock_moves SET move_no = 5 WHERE move_no = 3', 'move-number', 3, 5],
      ['a quantity', 'UPDATE stock_moves SET quantity = -21000 WHERE move_no = 3', 'quantity-below-zero', 0, -1000],
      ['a value', 'UPDATE stock_moves SET value = -2300 WHERE move_no = 3', 'value-below-zero', 0, -100],
      ['a quantity', 'UPDATE stock_moves SET quantity = -20000 WHERE move_no = 3', 'value-without-quantity', 0, 550],
    ])(
      '%s of a move changed (%s) breaks a rule, and the move is named',
      async (_what, change, rule, expected, found) => {
        await issue(15_000);
        await damage(station, change);
        const { differences, differenceCount } = await verified();

        expect(differenceCount).toBe(differences.length);
        const [move] = await station.rows<{ id: string; moveNo: number; number: string }>(
          `SELECT m.id, m.move_no, d.number FROM stock_moves m JOIN stock_documents d ON d.id = m.document_id
         WHERE m.move_no = ?`,
          [change.includes('price') ? 1 : rule === 'move-number' ? 5 : 3],
        );
        expect(differences).toContainEqual({
          rule,
          warehouseId,
          warehouse: 'W1',
          partId,
          part: 'P1',
          moveId: move?.id,
          moveNo: move?.moveNo,
          documentNumber: move?.number,
          lineNo: 1,
          expected,
          found,
        });
      },
    );

    test('a move taken away leaves a gap, and sums that are not those kept', async () => {
      await damage(station, 'DELETE FROM stock_moves WHERE move_no = 1');
      const { moves, differences } = await verified();
      expect(moves).toBe(1);
      expect(differences).toMatchObject([
        { rule: 'move-number', moveNo: 2, expected: 1, found: 2 },
        { rule: 'balance-moves', moveId: null, documentNumber: null, expected: 1, found: 2 },
        { rule: 'balance-quantity', expected: 10_000, found: 20_000 },
        { rule: 'balance-value', expected: 1200, found: 2200 },
      ]);
    });

    test.each([
      ['quantity', 'balance-quantity', 20_000, 20_001],
      ['value', 'balance-value', 2200, 2201],
      ['moves', 'balance-moves', 2, 3],
    ])('a balance whose %s was changed is named', async (column, rule, expected, found) => {
      await damage(station, `UPDATE stock_balances SET ${column} = ${column} + 1`);
      expect(await verified()).toMatchObject({
        differences: [{ rule, warehouse: 'W1', part: 'P1', moveId: null, expected, found }],
        differenceCount: 1,
      });
    });

    test('moves without a balance, and a balance without moves', async () => {
      const other = await givenPart(station, 'P2');
      await damage(
        station,
        'DELETE FROM stock_balances',
        `INSERT INTO stock_balances (warehouse_id, part_id, quantity, value, moves)
         VALUES ('${warehouseId}', '${other}', 1000, 5, 1)`,
      );
      const { differences, balances } = await verified();
      expect(balances).toBe(1);
      expect(differences).toMatchObject([
        { rule: 'balance-missing', part: 'P1', expected: 2, found: 0 },
        { rule: 'moves-missing', part: 'P2', expected: 1, found: 0 },
      ]);
    });

    test('a move of another unit than its document, and one that goes the other way', async () => {
      const sold = await issue(15_000);
      await damage(
        station,
        "UPDATE stock_moves SET unit_id = 'elsewhere' WHERE move_no = 1",
        "UPDATE stock_documents SET kind = 'receipt' WHERE kind = 'issue'",
      );
      expect((await verified()).differences).toMatchObject([
        { rule: 'document-unit', moveNo: 1, expected: 'SH01', found: 'elsewhere' },
        { rule: 'document-kind', moveNo: 3, documentNumber: sold.number, expected: 'receipt', found: -15_000 },
      ]);
    });

    test('a move whose document is gone', async () => {
      const texts = ["DELETE FROM stock_documents WHERE number LIKE '%-0001'"];
      if (dialect === 'postgres') await damage(station, ...texts);
      else {
        await damage(station);
        await station.store.replicate({ origin: 'test', log: 'keep' }, async (trx) => {
          for (const text of texts) await trx.run(text);
        });
      }
      expect((await verified()).differences).toMatchObject([
        { rule: 'document-missing', moveNo: 1, documentNumber: null, lineNo: 1, expected: 1, found: 0 },
      ]);
    });

    test('a return not at the value that was issued, and a reversal of another quantity', async () => {
      const sold = await issue(15_000);
      await station.run('stock.reverse', { documentId: sold.id });
      await damage(station, 'UPDATE stock_moves SET value = value + 7 WHERE move_no = 4');
      expect((await verified()).differences).toMatchObject([
        { rule: 'move-value', moveNo: 4, expected: 1650, found: 1657 },
        { rule: 'balance-value' },
      ]);
      await damage(station, 'UPDATE stock_moves SET quantity = quantity + 1 WHERE move_no = 4');
      expect((await verified()).differences).toMatchObject([
        { rule: 'move-value', moveNo: 4, expected: null, found: 1657 },
        { rule: 'balance-quantity' },
        { rule: 'balance-value' },
      ]);
    });

    test('parts that arrived with another value than they left with', async () => {
      const other = await givenWarehouse(station, 'W2', '备仓');
      const lines = [{ partId, quantity: 15_000 }];
      await station.run('transfers.ship', { fromWarehouseId: warehouseId, toWarehouseId: other, lines });
      await damage(station, `UPDATE stock_moves SET value = 1600 WHERE warehouse_id = '${other}'`);
      expect((await verified()).differences).toMatchObject([
        { rule: 'move-value', warehouse: 'W2', moveNo: 1, expected: 1650, found: 1600 },
        { rule: 'balance-value', warehouse: 'W2', expected: 1600, found: 1650 },
      ]);
    });

    test('a material line that is not what its moves took', async () => {
      const technician = await station.actorFor(['technician']);
      const order = await givenStarted(station, technician);
      const input = { workOrderId: order.id, version: order.version, lines: [{ partId, warehouseId, quantity: 2000 }] };
      await station.run('jobs.saveMaterial', input, { as: technician });
      await damage(station, 'UPDATE work_order_parts SET quantity = quantity + 1, cost = cost + 2');
      expect((await verified()).differences).toMatchObject([
        { rule: 'line-quantity', part: 'P1', documentNumber: order.number, lineNo: 1, expected: 2000, found: 2001 },
        { rule: 'line-cost', moveId: null, expected: 220, found: 222 },
      ]);
    });

    test('a hundred are named and all are counted', async () => {
      const lines = Array.from({ length: 101 }, () => ({ partId, quantity: 1000, price: 1 }));
      await station.run('stock.receive', { warehouseId, lines });
      await damage(station, 'UPDATE stock_moves SET value = value + 1 WHERE move_no > 2');
      const { differences, differenceCount } = await verified();
      expect(differences).toHaveLength(100);
      expect(differences.at(-1)).toMatchObject({ rule: 'move-value', moveNo: 102 });
      expect(differenceCount).toBe(102); // and the balance
    });

    test('who asks hears how far it is, and can end it', async () => {
      const told: [number, number][] = [];
      await station.store.read((sql) => verifyStock(sql, (done, of) => void told.push([done, of])));
      expect(told).toEqual([[2, 2]]);
      const ended = station.store.read((sql) =>
        verifyStock(sql, () => {
          throw new Error('cancelled');
        }),
      );
      await expect(ended).rejects.toThrow('cancelled');
      expect(await verified()).toMatchObject({ differenceCount: 0 });
    });
  });
});
