import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenStarted } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

type Step =
  | { do: 'receive'; warehouse: number; part: number; quantity: number; price: number }
  | { do: 'issue'; warehouse: number; part: number; quantity: number }
  | { do: 'material'; lines: { keep: boolean; warehouse: number; part: number; quantity: number }[] }
  | { do: 'reverse'; which: number };

const place = { warehouse: fc.nat(1), part: fc.nat(2) };
const quantity = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((n) => n * 1000),
  fc.integer({ min: 1, max: 5000 }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('receive' as const), ...place, quantity, price: fc.nat(9999) }),
  fc.record({ do: fc.constant('issue' as const), ...place, quantity }),
  fc.record({
    do: fc.constant('material' as const),
    lines: fc.array(fc.record({ keep: fc.boolean(), ...place, quantity }), { maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('reverse' as const), which: fc.nat(20) }),
);

/** Plays the steps as the people of the station would; what is refused by a rule is simply not done. */
async function play(station: TestStation, steps: readonly Step[]): Promise<void> {
  const warehouses = [await givenWarehouse(station, 'W1'), await givenWarehouse(station, 'W2', '备仓')];
  const parts = [await givenPart(station, 'P1'), await givenPart(station, 'P2'), await givenPart(station, 'P3')];
  const technician = await station.actorFor(['technician']);
  let order = await givenStarted(station, technician);
  const orderId = order.id;
  let lines: { id: string }[] = [];
  const documents: string[] = [];
  for (const step of steps) {
    try {
      if (step.do === 'reverse') {
        const documentId = documents[step.which];
        if (documentId) await station.run('stock.reverse', { documentId });
      } else if (step.do === 'material') {
        const wanted = step.lines.map(({ keep, warehouse, part, quantity }, index) => ({
          id: keep ? (lines[index]?.id ?? null) : null,
          warehouseId: warehouses[warehouse]!,
          partId: parts[part]!,
          quantity,
        }));
        const input = { workOrderId: orderId, version: order.version, lines: wanted };
        const saved = await station.run('jobs.saveMaterial', input, { as: technician });
        order = { ...order, version: saved.version };
        lines = saved.lines;
      } else {
        const line = { partId: parts[step.part]!, quantity: step.quantity };
        const warehouseId = warehouses[step.warehouse]!;
        const { id } =
          step.do === 'receive'
            ? await station.run('stock.receive', { warehouseId, lines: [{ ...line, price: step.price }] })
            : await station.run('stock.issue', { kind: 'counter-sale', warehouseId, lines: [line] });
        documents.push(id);
      }
    } catch (error) {
      if (!(error instanceof DomainError) || !error.code.startsWith('stock.')) throw error;
    }
  }
}

describe.each(DIALECTS)('the stock ledger on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('after whatever documents', () => {
    test('moves add up to what is on hand, nothing is negative, and an empty shelf is worth nothing', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
          const station = await openTestStation(dialect);
          try {
            await play(station, steps);
            expect(await station.run('stock.verify', {})).toMatchObject({ difference: null });
            const sums = await station.rows(
              'SELECT warehouse_id, part_id, SUM(quantity) AS quantity, SUM(value) AS value FROM stock_moves GROUP BY warehouse_id, part_id ORDER BY warehouse_id, part_id',
            );
            const balances = await station.rows<{ quantity: number; value: number }>(
              'SELECT warehouse_id, part_id, quantity, value FROM stock_balances ORDER BY warehouse_id, part_id',
            );
            expect(balances).toEqual(sums);
            for (const { quantity, value } of balances) {
              expect(quantity).toBeGreaterThanOrEqual(0);
              expect(value).toBeGreaterThanOrEqual(0);
              if (quantity === 0) expect(value).toBe(0);
            }
          } finally {
            await station.close();
          }
        }),
        { numRuns: dialect === 'sqlite' ? 40 : 6 },
      );
    }, 120_000);

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
