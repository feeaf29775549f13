import { describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

describe.each(DIALECTS)('the stock ledger on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('worked through again', () => {
    test('two who issue the last piece at once: one gets it', async () => {
      const station = await openTestStation(dialect);
      const warehouseId = await givenWarehouse(station);
      const partId = await givenPart(station, 'P1');
      await givenReceipt(station, warehouseId, partId, 1000, 100);
      const issue = () =>
        station.run('stock.issue', { kind: 'counter-sale', warehouseId, lines: [{ partId, quantity: 1000 }] });
      const results = await Promise.allSettled([issue(), issue()]);

      expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await station.rows('SELECT quantity, value, moves FROM stock_balances')).toEqual([
        { quantity: 0, value: 0, moves: 2 },
      ]);
      await station.close();
    });

    test.each([
      ['a balance changed by hand', 'UPDATE stock_balances SET quantity = quantity + 1', 'balance-quantity'],
      ['a value changed by hand', 'UPDATE stock_balances SET value = value + 1', 'balance-value'],
      ['a forgotten move', 'UPDATE stock_balances SET moves = moves + 1', 'balance-moves'],
    ])('%s is found by working the ledger through', async (_, change, rule) => {
      const station = await openTestStation(dialect);
      const warehouseId = await givenWarehouse(station);
      const partId = await givenPart(station, 'P1');
      await givenReceipt(station, warehouseId, partId, 3000, 100);
      await station.store.write((trx) => trx.run(change));

      expect(await station.run('stock.verify', {})).toMatchObject({
        moves: 1,
        difference: { rule, partId, warehouseId },
      });
      await station.close();
    });
  });
});
