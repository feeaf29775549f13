import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#domain/access/roles.ts';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenLink, givenUnit } from '../helpers/given-units.ts';
import { givenStarted } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const pieces = (count: number) => count * 1000;

describe.each(DIALECTS)('what can be had on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of five on hand', () => {
    let station: TestStation;
    let warehouseId: string;
    let partId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      warehouseId = await givenWarehouse(station);
      partId = await givenPart(station, 'C-50', { name: '电容' });
      await givenReceipt(station, warehouseId, partId, pieces(5), 100);
    });
    afterEach(() => station.close());

    type Reserve = Partial<InputOf<'stock.reserve'>>;
    const reserve = (input: Reserve, as: Role = 'clerk', commandId?: string) =>
      station.run(
        'stock.reserve',
        { warehouseId, partId, quantity: pieces(2), reservedFor: '王小明 预订', untilOn: '2026-03-20', ...input },
        { as, ...(commandId ? { commandId } : {}) },
      );
    const availability = async (workOrderId: string | null = null) =>
      (await station.run('stock.availability', { partIds: [partId], workOrderId }, { as: 'technician' })).rows[0];
    const onHand = async () => (await station.run('stock.onHand', {}, { as: 'keeper' })).rows[0];

    test('what is reserved is kept back from what is available, until its last day has passed', async () => {
      await reserve({});
      await reserve({ quantity: pieces(1), untilOn: '2026-03-16' });

      const expected = { reserved: pieces(3), inTransit: 0, available: pieces(2) };
      expect(await availability()).toEqual({ partId, warehouseId, warehouse: '主仓', onHand: pieces(5), ...expected });
      expect(await onHand()).toMatchObject({ quantity: pieces(5), ...expected });
      station.clock.now += 2 * 86_400_000;
      expect(await availability()).toMatchObject({ reserved: pieces(2), available: pieces(3) });
      const { rows } = await station.run('stock.reservations', {}, { as: 'clerk' });
      expect(rows.map(({ untilOn, isExpired }) => [untilOn, isExpired])).toEqual([
        ['2026-03-16', true],
        ['2026-03-20', false],
      ]);
    });

    test('no more is reserved than others have left, and the refusal says how much that is', async () => {
      await reserve({ quantity: pieces(4) });
      await expect(reserve({ quantity: 1001 })).rejects.toMatchObject({
        code: 'stock.not-available',
        details: { part: 'C-50', available: pieces(1), quantity: 1001 },
      });
      expect(await station.count('reservations')).toBe(1);
    });

    test('of two who reserve the last pieces at once one is refused', async () => {
      const actor = await station.actorFor(['clerk']);
      const one = () =>
        station.run(
          'stock.reserve',
          { warehouseId, partId, quantity: pieces(3), reservedFor: '客户', untilOn: '2026-03-20' },
          { as: actor },
        );
      const outcomes = await Promise.allSettled([one(), one()]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await station.count('reservations')).toBe(1);
    });

    test.each<[name: string, input: Reserve, code: string]>([
      ['for nobody', { reservedFor: ' ' }, 'input.invalid'],
      ['until yesterday', { untilOn: '2026-03-14' }, 'input.invalid'],
      ['for an order that does not exist', { workOrderId: 'none' }, 'not-found'],
      ['of a part that does not exist', { partId: 'none' }, 'not-found'],
      ['in a warehouse that does not exist', { warehouseId: 'none' }, 'not-found'],
    ])('reserving %s is refused', async (_name, input, code) => {
      await expect(reserve(input)).rejects.toMatchObject({ code });
      expect(await station.count('reservations')).toBe(0);
    });

    test('it is released, or handed over, once', async () => {
      const { id, version } = await reserve({});
      expect(await reserve({}, 'clerk', 'once')).toEqual(await reserve({}, 'clerk', 'once'));
      const release = (state: 'used' | 'released', as: Role = 'keeper') =>
        station.run('stock.release', { id, version, state }, { as });

      await expect(release('used', 'auditor')).rejects.toMatchObject({ code: 'access.denied' });
      expect(await release('used')).toEqual({ id, version: 2 });
      await expect(release('released')).rejects.toMatchObject({ code: 'stock.reservation-closed' });
      expect(await availability()).toMatchObject({ reserved: pieces(2) });
      expect(await station.rows('SELECT state FROM reservations ORDER BY state')).toEqual([
        { state: 'open' },
        { state: 'used' },
      ]);
      await expect(reserve({}, 'auditor')).rejects.toMatchObject({ code: 'access.denied' });
    });

    test('an order takes what is reserved for it first, and what it leaves stays reserved', async () => {
      const technician = await station.actorFor(['technician']);
      const order = await givenStarted(station, technician);
      await reserve({ workOrderId: order.id, reservedFor: '', quantity: pieces(3) }, 'technician');
      await reserve({ quantity: pieces(1) });
      expect(await availability(order.id)).toMatchObject({ reserved: pieces(1), available: pieces(4) });
      const { parts } = await station.run('stock.findParts', { fragment: 'C-50', warehouseId, workOrderId: order.id });
      expect(parts).toMatchObject([{ onHand: pieces(5), reserved: pieces(1) }]);

      const draw = async (version: number, quantity: number) =>
        station.run(
          'jobs.saveMaterial',
          { workOrderId: order.id, version, lines: [{ partId, warehouseId, quantity }] },
          { as: technician },
        );
      await draw(order.version, pieces(2));
      const open = 'SELECT quantity, state FROM reservations WHERE work_order_id IS NOT NULL';
      expect(await station.rows(open)).toEqual([{ quantity: pieces(1), state: 'open' }]);
      expect(await availability()).toMatchObject({ onHand: pieces(3), reserved: pieces(2), available: pieces(1) });
      const { lines } = await station.run('jobs.sheet', { id: order.id }).then(({ material }) => ({ lines: material }));
      const kept = lines.map(({ id, price, charge }) => ({ id, partId, warehouseId, price, charge }));
      await station.run(
        'jobs.saveMaterial',
        {
          workOrderId: order.id,
          version: order.version + 1,
          lines: kept.map((line) => ({ ...line, quantity: pieces(3) })),
        },
        { as: technician },
      );
      expect(await station.rows(open)).toEqual([{ quantity: pieces(1), state: 'used' }]);
    });

    test('what was sent here and not received yet is in transit, and is not available', async () => {
      await station.store.write((trx) =>
        trx.insert('requests', {
          id: 't-1',
          unitId: station.station.unitId,
          toUnitId: station.station.unitId,
          kind: 'transfer',
          number: 'TR-1',
          subject: '',
          content: JSON.stringify({
            from: { id: 'x', code: 'X', name: '中心仓' },
            to: { id: warehouseId, code: 'W1', name: '主仓' },
            lines: [{ partId, number: 'C-50', name: '电容', quantity: pieces(7), value: 1 }],
          }),
          note: '',
          requestedOn: '2026-03-15',
          employeeId: 'e',
          employeeName: 'e',
          withdrawnReason: '',
          version: 1,
          createdAt: 1,
        }),
      );
      expect(await availability()).toMatchObject({ inTransit: pieces(7), available: pieces(5) });
      expect(await onHand()).toMatchObject({ inTransit: pieces(7), available: pieces(5) });
    });

    test('where it lies in the network is told, and of how many units that is not known', async () => {
      await reserve({});
      const ask = () => station.run('stock.network', { partId }, { as: 'manager' });
      expect(await ask()).toMatchObject({
        number: 'C-50',
        unknownUnits: 0,
        rows: [{ unit: '上海一站', warehouse: '主仓', onHand: pieces(5), reserved: pieces(2), available: pieces(3) }],
      });
      await givenUnit(station, { code: 'HZ01' });
      await station.store.write((trx) => trx.run("UPDATE units SET parent_id = NULL WHERE code = 'HZ01'"));
      const manager = await station.actorFor(['manager']);
      await givenLink(station);
      expect(await station.run('stock.network', { partId }, { as: manager })).toMatchObject({ unknownUnits: 1 });
    });

    describe('bins and limits', () => {
      const save = (input: Partial<InputOf<'stock.savePlace'>>, as: Role = 'keeper', commandId?: string) =>
        station.run(
          'stock.savePlace',
          { warehouseId, partId, bin: 'A-12', minQuantity: pieces(8), maxQuantity: pieces(20), ...input },
          { as, ...(commandId ? { commandId } : {}) },
        );

      test('are kept by part and warehouse, shown on hand, and can be filtered by', async () => {
        const place = await save({});
        const listed = async (value: string) => {
          const filters = [{ column: 'bin', op: 'contains' as const, value }];
          const { rows } = await station.run('stock.onHand', { filters }, { as: 'keeper' });
          return { rows, ...(await station.run('stock.onHandSums', { filters }, { as: 'keeper' })) };
        };
        const fields = { bin: 'A-12', minQuantity: pieces(8), maxQuantity: pieces(20) };

        expect(await listed('a-1')).toMatchObject({
          total: 1,
          totals: { value: 500 },
          rows: [{ ...fields, placeVersion: 1 }],
        });
        expect(await listed('B')).toMatchObject({ total: 0, totals: { value: 0 } });
        expect(await save({ version: place.version, bin: 'B-1' })).toEqual({ id: place.id, version: 2 });
        expect(await station.run('stock.place', { warehouseId, partId })).toMatchObject({ bin: 'B-1', version: 2 });
        expect(await station.rows("SELECT event FROM audit_log WHERE entity = 'stock-place' ORDER BY seq")).toEqual([
          { event: 'created' },
          { event: 'changed' },
        ]);
      });

      test('changed by somebody else meanwhile they are not overwritten', async () => {
        const changed = { code: 'document.changed' };
        await expect(save({ version: 1 })).rejects.toMatchObject(changed);
        await save({});
        await expect(save({})).rejects.toMatchObject(changed);
        await expect(save({ version: 2 })).rejects.toMatchObject(changed);
        expect(await station.count('stock_places')).toBe(1);
      });

      test('a maximum below the minimum is refused; who only looks on may not', async () => {
        await expect(save({ maxQuantity: pieces(7) })).rejects.toMatchObject({
          details: { faults: [{ path: 'maxQuantity', rule: 'belowMinimum' }] },
        });
        await expect(save({}, 'technician')).rejects.toMatchObject({ code: 'access.denied' });
        expect(await station.count('stock_places')).toBe(0);
        expect(await save({}, 'keeper', 'p-1')).toEqual(await save({}, 'keeper', 'p-1'));
      });

      test('below the minimum the part is listed, with what fills it up, also if none ever lay there', async () => {
        await save({});
        const other = await givenPart(station, 'B-1');
        await save({ partId: other, minQuantity: pieces(1), maxQuantity: 0 });
        const enough = await givenPart(station, 'A-1');
        await givenReceipt(station, warehouseId, enough, pieces(8), 1);
        await save({ partId: enough });

        const { rows } = await station.run('stock.belowMin', {}, { as: 'keeper' });
        expect(rows).toMatchObject([
          { number: 'B-1', quantity: 0, wanted: pieces(1) },
          { number: 'C-50', quantity: pieces(5), minQuantity: pieces(8), wanted: pieces(15) },
        ]);
        const today = await station.run('today.overview', {}, { as: 'keeper' });
        expect(today.partsBelowMin).toMatchObject({ count: 2, rows: [{ number: 'B-1', warehouse: '主仓' }, {}] });
        expect((await station.run('today.overview', {}, { as: 'clerk' })).partsBelowMin).toBeNull();
      });
    });

    describe('on hand', () => {
      test('is filtered by words of the part and of the warehouse, alone and together', async () => {
        const second = await givenWarehouse(station, 'W2', '副仓');
        const motor = await givenPart(station, 'M-1', { name: '电机', barcode: '6901' });
        await givenReceipt(station, second, motor, pieces(1), 700);
        await givenReceipt(station, second, partId, pieces(2), 100);
        const listed = async (...filters: NonNullable<InputOf<'stock.onHand'>['filters']>) => {
          const { rows } = await station.run('stock.onHand', { filters }, { as: 'keeper' });
          const { total, totals } = await station.run('stock.onHandSums', { filters }, { as: 'keeper' });
          expect(rows).toHaveLength(total);
          expect(rows.reduce((sum, row) => sum + row.value, 0)).toBe(totals.value);
          return rows.map((row) => `${row.number} ${row.warehouse}`);
        };
        const has = (column: string, value: string) => ({ column, op: 'contains', value }) as const;

        expect(await listed()).toEqual(['C-50 主仓', 'C-50 副仓', 'M-1 副仓']);
        expect(await listed(has('name', '电'))).toHaveLength(3);
        expect(await listed(has('number', 'm-'))).toEqual(['M-1 副仓']);
        expect(await listed(has('warehouse', '副'))).toEqual(['C-50 副仓', 'M-1 副仓']);
        expect(await listed(has('warehouse', '副'), has('name', '电容'))).toEqual(['C-50 副仓']);
        expect(await listed(has('warehouse', '无'))).toEqual([]);
        expect(await listed({ column: 'quantity', op: 'from', value: pieces(2) }, has('number', 'C'))).toHaveLength(2);
        expect(await listed({ column: 'salePrice', op: 'from', value: 1 })).toEqual([]);
      });

      test('of more parts than are named one by one, filters and sums are right', async () => {
        await station.store.write(async (trx) => {
          const rows = Array.from({ length: 1200 }, (_, i) => i);
          for (const i of rows) {
            const fields = { measure: '', barcode: '', salePrice: 0, isActive: true, searchText: '', version: 1 };
            const origin = { unitId: station.station.unitId, createdAt: 1 };
            await trx.insert('parts', { id: `x-${i}`, number: `X-${i}`, name: `螺丝 ${i % 2}`, ...fields, ...origin });
            await trx.insert('stock_balances', { warehouseId, partId: `x-${i}`, quantity: 1000, value: 2, moves: 1 });
          }
        });
        const listed = async (value: string) => {
          const filters = [{ column: 'name', op: 'contains' as const, value }];
          const { rows } = await station.run('stock.onHand', { filters, limit: 10 }, { as: 'keeper' });
          const sums = await station.run('stock.onHandSums', { filters }, { as: 'keeper' });
          return { ...sums, first: rows[0]?.number, shown: rows.length };
        };
        expect(await listed('螺丝')).toEqual({ total: 1200, totals: { value: 2400 }, first: 'X-0', shown: 10 });
        expect(await listed('螺丝 1')).toEqual({ total: 600, totals: { value: 1200 }, first: 'X-1', shown: 10 });
      });

      test.each([
        ['few bins', 3],
        ['more bins than are looked through one by one', 2100],
      ])('of many parts in %s, filters by bin and word are right', async (_, bins) => {
        await station.store.write(async (trx) => {
          const fields = { measure: '', barcode: '', salePrice: 0, isActive: true, searchText: '', version: 1 };
          const origin = { unitId: station.station.unitId, createdAt: 1 };
          const limits = { minQuantity: 0, maxQuantity: 0, version: 1 };
          for (let i = 0; i < 2400; i++) {
            const [id, bin] = [`x-${i}`, `S${i % 3}-${String(i % bins).padStart(4, '0')}`];
            await trx.insert('parts', { id, number: `X-${i}`, name: `螺丝 ${i % 2}`, ...fields, ...origin });
            await trx.insert('stock_balances', { warehouseId, partId: id, quantity: 1000, value: 2, moves: 1 });
            await trx.insert('stock_places', { id: `s-${i}`, warehouseId, partId: id, bin, ...limits, ...origin });
          }
        });
        const listed = async (asked: Readonly<Record<string, string>>) => {
          const filters = Object.entries(asked).map(([column, value]) => ({ column, op: 'contains' as const, value }));
          const { rows } = await station.run('stock.onHand', { filters, limit: 10 }, { as: 'keeper' });
          const sums = await station.run('stock.onHandSums', { filters }, { as: 'keeper' });
          return { ...sums, first: rows[0]?.number, shown: rows.length };
        };
        expect(await listed({ bin: 's1-' })).toEqual({ total: 800, totals: { value: 1600 }, first: 'X-1', shown: 10 });
        const odd = { total: 400, totals: { value: 800 }, first: 'X-1', shown: 10 };
        expect(await listed({ bin: 'S1', name: '螺丝 1' })).toEqual(odd);
        expect(await listed({ bin: 'S1', name: '螺丝 1', warehouse: '仓' })).toEqual(odd);
        expect(await listed({ bin: 'S4' })).toEqual({ total: 0, totals: { value: 0 }, first: undefined, shown: 0 });
        expect(await listed({ bin: 'S1', number: 'X-1234' })).toMatchObject({ total: 1 });
      });
    });
  });
});
