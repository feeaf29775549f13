import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import {
  givenDeposit,
  givenGrant,
  givenRequisition,
  givenShipped,
  openLevels,
  type Levels,
} from '../helpers/requisitions.ts';
import { carry, exchange } from '../helpers/two-units.ts';

describe.each(DIALECTS)('requisitions on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('from an outlet to the unit above it', () => {
    let levels: Levels;
    beforeEach(async () => {
      levels = await openLevels(dialect);
    });
    afterEach(() => levels.close());

    const depositAt = async (side: 'centre' | 'outlet') => {
      const { centre, outlet } = levels;
      const { rows } = await levels[side].run('deposits.list', {}, { as: 'keeper' });
      expect(rows.map(({ holderId, unitId }) => [holderId, unitId])).toEqual([
        [centre.station.unitId, outlet.station.unitId],
      ]);
      return rows.map(({ held, blocked, free }) => ({ held, blocked, free }))[0];
    };
    const sheetAt = (side: 'centre' | 'outlet', id: string) =>
      levels[side].run('requisitions.get', { id }, { as: ['keeper'] });

    test('the plan is edited and approved, shipped in parts while the outlet is offline, received, and charged', async () => {
      const { outlet, centre, here } = levels;
      await givenDeposit(levels, 30_000);
      const { id, number } = await givenRequisition(levels);
      expect(number).toBe('RQ-SH01-260315-0001');
      const asked = await sheetAt('centre', id);
      expect(asked).toMatchObject({
        state: 'waiting',
        isForUs: true,
        deposit: { held: 30_000, blocked: 0, blockedHere: 0, free: 30_000 },
      });
      expect(
        asked.lines.map(({ number: part, quantity, stockHere, usualPrice, onHand }) => [
          part,
          quantity,
          stockHere,
          usualPrice,
          onHand,
        ]),
      ).toEqual([
        ['P1', 4000, 10_000, 5000, 0],
        ['P2', 2000, 10_000, 800, 0],
      ]);
      const approved = await centre.run(
        'requisitions.approve',
        {
          id,
          lines: [
            { line: 1, quantity: 3000, note: '先发三台' },
            { line: 2, quantity: 2000, price: 777 },
          ],
        },
        { as: 'keeper' },
      );
      expect(approved).toMatchObject({ amount: 15_000 + 1554, isExceeded: false });
      expect(await depositAt('centre')).toEqual({ held: 30_000, blocked: 16_554, free: 13_446 });

      const lines = [{ line: 1, quantity: 1000 }];
      const ship = { id, fromWarehouseId: here, lines, note: '第一批' };
      const keeper = await centre.actorFor(['keeper']);
      const first = await centre.run('requisitions.ship', ship, { as: keeper, commandId: 's1' });
      expect(await centre.run('requisitions.ship', ship, { as: keeper, commandId: 's1' })).toEqual(first);
      expect(first.charge).toBe(5000);
      expect(await depositAt('centre')).toEqual({ held: 25_000, blocked: 11_554, free: 13_446 });
      expect(await sheetAt('centre', id)).toMatchObject({ state: 'accepted', outcome: 'partly-shipped' });
      const second = await centre.run(
        'requisitions.ship',
        {
          id,
          fromWarehouseId: here,
          lines: [
            { line: 1, quantity: 2000 },
            { line: 2, quantity: 2000 },
          ],
        },
        { as: 'keeper' },
      );
      expect(await depositAt('centre')).toEqual({ held: 13_446, blocked: 0, free: 13_446 });

      await exchange(centre, outlet); // only now the outlet is online again
      const known = await sheetAt('outlet', id);
      expect(known).toMatchObject({ state: 'ended', outcome: 'shipped', isOurs: true });
      expect(known.lines.map(({ granted, shipped, rest }) => [granted.quantity, shipped, rest.quantity])).toEqual([
        [3000, 3000, 0],
        [2000, 2000, 0],
      ]);
      expect(known.transfers.map(({ number: transfer }) => transfer)).toEqual([first.number, second.number]);
      expect(await depositAt('outlet')).toEqual({ held: 13_446, blocked: 0, free: 13_446 });
      for (const transfer of [first, second])
        await outlet.run('transfers.receive', { id: transfer.id }, { as: 'keeper' });
      expect(await outlet.rows('SELECT quantity, value FROM stock_balances ORDER BY quantity, value')).toEqual([
        { quantity: 2000, value: 1000 },
        { quantity: 3000, value: 1000 },
      ]);
      const account = { holderId: centre.station.unitId, unitId: outlet.station.unitId };
      const explained = await outlet.run('deposits.account', account, { as: 'keeper' });
      expect(explained.rows.map(({ kind, amount, balance, request }) => [kind, amount, balance, request])).toEqual([
        ['charge', -11_554, 13_446, second.number],
        ['charge', -5000, 25_000, first.number],
        ['pay-in', 30_000, 30_000, null],
      ]);
      for (const side of [outlet, centre]) expect((await side.run('stock.verify', {})).difference).toBeNull();
    });

    test('beyond the free deposit it is refused, unless somebody with the right to says why, which is recorded', async () => {
      const { centre } = levels;
      await givenDeposit(levels, 30_000);
      await givenGrant(levels, [2000, 0].slice(0, 1)); // 100.00 blocked by an earlier plan
      const { id } = await givenRequisition(levels);
      const lines = [
        { line: 1, quantity: 4000 },
        { line: 2, quantity: 2000 },
      ];
      const beyond = { code: 'deposit.exceeded', details: { free: 20_000, needed: 21_600 } };
      await expect(centre.run('requisitions.approve', { id, lines }, { as: 'keeper' })).rejects.toMatchObject(beyond);
      await expect(centre.run('requisitions.approve', { id, lines }, { as: 'manager' })).rejects.toMatchObject(beyond);
      const exceed = '春节备货';
      await expect(centre.run('requisitions.approve', { id, lines, exceed }, { as: 'keeper' })).rejects.toMatchObject({
        code: 'access.denied',
        details: { right: 'requisition.exceed-deposit' },
      });
      expect(await centre.count('answers')).toBe(1);
      const approved = await centre.run('requisitions.approve', { id, lines, exceed }, { as: 'manager' });
      expect(approved.isExceeded).toBe(true);
      expect(await sheetAt('centre', id)).toMatchObject({
        exceeds: exceed,
        deposit: { blockedHere: 21_600, free: -1600 },
      });
      const [log] = await centre.rows<{ change: string }>(
        `SELECT change FROM audit_log WHERE operation = 'requisitions.approve' AND event = 'granted' ORDER BY seq DESC LIMIT 1`,
      );
      expect(JSON.parse(log?.change ?? '{}')).toMatchObject({
        after: { exceeds: exceed, free: 20_000, amount: 21_600 },
      });
    });

    test('without a deposit there is no limit, and nothing is charged', async () => {
      const id = await givenGrant(levels);
      await givenShipped(levels, id, [4000, 2000]);
      expect(await levels.centre.count('deposit_entries')).toBe(0);
      expect(await sheetAt('outlet', id)).toMatchObject({ deposit: null, outcome: 'shipped' });
    });

    test('what is left is closed with a reason and blocks nothing any more; nothing more is shipped', async () => {
      const { centre, here } = levels;
      await givenDeposit(levels, 30_000);
      const id = await givenGrant(levels);
      await givenShipped(levels, id, [1000, 0]);
      await centre.run('requisitions.closeRest', { id, reason: '缺货' }, { as: 'keeper' });
      expect(await depositAt('centre')).toEqual({ held: 25_000, blocked: 0, free: 25_000 });
      expect(await sheetAt('centre', id)).toMatchObject({
        state: 'ended',
        outcome: 'closed',
        answer: { outcomeNote: '缺货' },
      });
      const more = { id, fromWarehouseId: here, lines: [{ line: 1, quantity: 1000 }] };
      for (const again of [
        centre.run('requisitions.ship', more, { as: 'keeper' }),
        centre.run('requisitions.closeRest', { id, reason: 'x' }, { as: 'keeper' }),
      ])
        await expect(again).rejects.toMatchObject({ code: 'request.wrong-state', details: { state: 'ended' } });
    });

    test('never more is shipped than is left of the approved quantity, and never what isn’t there', async () => {
      const { centre, outlet, here, there } = levels;
      const id = await givenGrant(levels, [4000, 2000]);
      await givenShipped(levels, id, [3000]);
      const ship = (lines: { line: number; quantity: number }[], fromWarehouseId = here) =>
        centre.run('requisitions.ship', { id, fromWarehouseId, lines }, { as: 'keeper' });
      await expect(
        ship([
          { line: 2, quantity: 1000 },
          { line: 1, quantity: 1001 },
        ]),
      ).rejects.toMatchObject({
        code: 'requisition.beyond-granted',
        details: { line: 1, part: 'P1', rest: 1000, quantity: 1001 },
      });
      await expect(ship([{ line: 3, quantity: 1000 }])).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(ship([1, 1].map((line) => ({ line, quantity: 1 })))).rejects.toMatchObject({
        code: 'input.invalid',
      });
      await expect(ship([{ line: 1, quantity: 1000 }], there)).rejects.toMatchObject({
        code: 'document.of-another-unit',
      });
      await centre.run('stock.issue', {
        kind: 'counter-sale',
        warehouseId: here,
        lines: [{ partId: levels.parts[0], quantity: 7000 }],
      });
      await expect(ship([{ line: 1, quantity: 1000 }])).rejects.toMatchObject({ code: 'stock.insufficient' });
      expect(await centre.rows("SELECT number FROM requests WHERE kind = 'transfer'")).toHaveLength(1);
      await expect(
        outlet.run(
          'requisitions.ship',
          { id, fromWarehouseId: there, lines: [{ line: 1, quantity: 1 }] },
          { as: 'keeper' },
        ),
      ).rejects.toMatchObject({ code: 'document.of-another-unit' });
    });

    test('a refused shipment is taken back, credited, and to be shipped again', async () => {
      const { centre, outlet } = levels;
      await givenDeposit(levels, 30_000);
      const id = await givenGrant(levels);
      const transfer = await givenShipped(levels, id, [4000, 2000]);
      await outlet.run('transfers.refuse', { id: transfer, reason: '发错' }, { as: 'keeper' });
      await exchange(outlet, centre);
      await centre.run('transfers.takeBack', { id: transfer }, { as: 'keeper' });
      expect(await depositAt('centre')).toEqual({ held: 30_000, blocked: 21_600, free: 8400 });
      expect(await sheetAt('centre', id)).toMatchObject({ state: 'accepted', outcome: '' });
      await exchange(outlet, centre);
      expect(await depositAt('outlet')).toEqual({ held: 30_000, blocked: 21_600, free: 8400 });
      expect((await outlet.run('transfers.list', { box: 'in' }, { as: 'keeper' })).rows).toMatchObject([
        { state: 'ended', outcome: 'taken-back' },
      ]);
      await givenShipped(levels, id, [4000, 2000]);
      expect(await sheetAt('outlet', id)).toMatchObject({ state: 'ended', outcome: 'shipped' });
      expect(await depositAt('centre')).toEqual({ held: 8400, blocked: 0, free: 8400 });
    });

    test('charges of a line add up to its amount, however it is split', async () => {
      const { centre } = levels;
      await givenDeposit(levels, 30_000);
      const { id } = await givenRequisition(levels, [1000]);
      await centre.run(
        'requisitions.approve',
        { id, lines: [{ line: 1, quantity: 1000, price: 100 }] },
        { as: 'keeper' },
      );
      const charges: number[] = [];
      for (const quantity of [333, 333, 334]) {
        const part = { id, fromWarehouseId: levels.here, lines: [{ line: 1, quantity }] };
        charges.push((await centre.run('requisitions.ship', part, { as: 'keeper' })).charge);
      }
      expect(charges.reduce((sum, charge) => sum + charge)).toBe(100);
      expect(await depositAt('centre')).toEqual({ held: 29_900, blocked: 0, free: 29_900 });
    });

    test('a plan is proposed from what was used, less what there is, is on its way and was asked for', async () => {
      const { outlet, centre, there, parts } = levels;
      const propose = (weeks = 4) =>
        outlet.run('requisitions.propose', { warehouseId: there, weeks }, { as: 'keeper' });
      expect((await propose()).lines).toEqual([]);
      const stock = await givenGrant(levels, [8000, 3000]);
      await outlet.run('transfers.receive', { id: await givenShipped(levels, stock, [8000, 3000]) }, { as: 'keeper' });
      const use = (partId: string, quantity: number) =>
        outlet.run('stock.issue', { kind: 'counter-sale', warehouseId: there, lines: [{ partId, quantity }] });
      await use(parts[0], 6500);
      await use(parts[1], 1000);
      // 6.5 used and 1.5 left: 5, by the piece; of the other 2 are left, and only 1 was used.
      expect((await propose()).lines).toMatchObject([
        { partId: parts[0], number: 'P1', used: 6500, onHand: 1500, quantity: 5000 },
      ]);
      const { id } = await givenRequisition(levels, [3000]);
      expect((await propose()).lines).toMatchObject([{ ordered: 3000, quantity: 2000 }]);
      await centre.run('requisitions.approve', { id, lines: [{ line: 1, quantity: 2000 }] }, { as: 'keeper' });
      await exchange(outlet, centre);
      await givenShipped(levels, id, [1000]);
      expect((await propose()).lines).toMatchObject([{ ordered: 1000, inTransit: 1000, quantity: 3000 }]);
      outlet.clock.now += 40 * 86_400_000;
      expect((await propose()).lines).toEqual([]);
      expect((await propose(12)).lines).toHaveLength(1);
    });

    test('where a part has limits, a plan is proposed below the least and fills up to the most, used or not', async () => {
      const { outlet, there, parts } = levels;
      const place = { warehouseId: there, partId: parts[0], bin: 'A-1', minQuantity: 2000, maxQuantity: 7000 };
      await outlet.run('stock.savePlace', place, { as: 'keeper' });
      const { lines } = await outlet.run('requisitions.propose', { warehouseId: there }, { as: 'keeper' });

      expect(lines).toMatchObject([{ partId: parts[0], onHand: 0, used: 0, min: 2000, max: 7000, quantity: 7000 }]);
    });

    test('a plan goes to a unit above only, from a warehouse of one’s own; it is withdrawn until it is answered', async () => {
      const { outlet, centre, there, here, parts } = levels;
      const choices = await outlet.run('requisitions.choices', {}, { as: 'keeper' });
      expect(choices).toMatchObject({ units: [{ code: 'RC01' }], warehouses: [{ code: 'W1' }] });
      const lines = [{ partId: parts[0], quantity: 1000 }];
      const send = (side: typeof outlet, warehouseId: string, toUnitId: string | null, wanted = lines) =>
        side.run('requisitions.send', { warehouseId, toUnitId, lines: wanted }, { as: 'keeper' });
      const bad = { code: 'input.invalid', details: { faults: [{ path: 'toUnitId', rule: 'notAllowed' }] } };
      await expect(send(centre, here, null)).rejects.toMatchObject(bad);
      await expect(send(centre, here, outlet.station.unitId)).rejects.toMatchObject(bad);
      await expect(send(outlet, there, outlet.station.unitId)).rejects.toMatchObject(bad);
      await expect(send(outlet, here, null)).rejects.toMatchObject({ code: 'not-found' });
      await expect(send(outlet, there, null, [{ partId: 'none', quantity: 1 }])).rejects.toMatchObject({
        code: 'not-found',
      });
      expect(await outlet.count('requests')).toBe(0);

      const { id } = await givenRequisition(levels);
      expect((await centre.run('today.overview', {}, { as: 'keeper' })).requests).toMatchObject([
        { kind: 'transfer', count: 0 },
        { kind: 'requisition', count: 1 },
      ]);
      await outlet.run('requisitions.withdraw', { id, version: 1, reason: '改' }, { as: 'keeper' });
      await carry(outlet, centre);
      const late = centre.run('requisitions.approve', { id, lines: [{ line: 1, quantity: 1 }] }, { as: 'keeper' });
      await expect(late).rejects.toMatchObject({ code: 'request.wrong-state', details: { state: 'withdrawn' } });
      expect((await outlet.run('requisitions.list', { box: 'out' }, { as: 'keeper' })).rows).toMatchObject([
        { state: 'withdrawn' },
      ]);
    });

    test('refused: a plan of which nothing is approved, lines it doesn’t have, an answer twice; and who may not', async () => {
      const { outlet, centre } = levels;
      const { id } = await givenRequisition(levels);
      const approve = (lines: { line: number; quantity: number }[]) =>
        centre.run('requisitions.approve', { id, lines }, { as: 'keeper' });
      for (const lines of [
        [{ line: 1, quantity: 0 }],
        [{ line: 3, quantity: 1 }],
        [1, 1].map((line) => ({ line, quantity: 1 })),
      ])
        await expect(approve(lines)).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(
        outlet.run('requisitions.approve', { id, lines: [{ line: 1, quantity: 1 }] }, { as: 'keeper' }),
      ).rejects.toMatchObject({ code: 'document.of-another-unit' });
      expect(await centre.count('answers')).toBe(0);
      await centre.run('requisitions.refuse', { id, reason: '不发' }, { as: 'keeper' });
      await expect(approve([{ line: 1, quantity: 1 }])).rejects.toMatchObject({ code: 'request.wrong-state' });
      for (const name of ['send', 'approve', 'refuse', 'ship', 'closeRest', 'withdraw'] as const)
        await expect(centre.run(`requisitions.${name}`, {} as never, { as: 'clerk' })).rejects.toMatchObject({
          code: 'access.denied',
        });
    });
  });
});
