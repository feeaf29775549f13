import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenDispatched, givenStarted, type Ordered } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const pieces = (count: number) => count * 1000;

describe.each(DIALECTS)('doing the work on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('material and completion', () => {
    let station: TestStation;
    let technician: Actor;
    let warehouseId: string;
    let partId: string;
    let order: Ordered;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      technician = await station.actorFor(['technician']);
      warehouseId = await givenWarehouse(station);
      partId = await givenPart(station, 'C-50', { salePrice: 4500 });
      await givenReceipt(station, warehouseId, partId, pieces(10), 1000);
      order = await givenStarted(station, technician);
    });
    afterEach(() => station.close());

    type Lines = Parameters<typeof station.run<'jobs.saveMaterial'>>[1]['lines'];
    const save = async (lines: Lines, options: { as?: Actor; commandId?: string } = {}) => {
      const input = { workOrderId: order.id, version: order.version, lines };
      const saved = await station.run('jobs.saveMaterial', input, { as: technician, ...options });
      order = { ...order, version: saved.version };
      return saved;
    };
    const onHand = async (part = partId) =>
      (
        await station.rows('SELECT quantity, value FROM stock_balances WHERE part_id = ? AND warehouse_id = ?', [
          part,
          warehouseId,
        ])
      )[0];

    const anotherTechnician = async (): Promise<Actor> => {
      const employeeId = await station.givenEmployee({ number: 'T8', roles: ['technician'] });
      return { ...technician, employeeId, number: 'T8' };
    };

    test('a line draws stock at its cost, at the sale price, charged as the warranty has it', async () => {
      const { lines } = await save([{ partId, warehouseId, quantity: pieces(2) }]);

      expect(lines).toMatchObject([{ quantity: pieces(2), price: 4500, cost: 2000, charge: 'customer' }]);
      expect(await onHand()).toEqual({ quantity: pieces(8), value: 8000 });
      expect(await station.rows('SELECT number, kind, work_order_id FROM stock_documents ORDER BY number')).toEqual([
        { number: 'ML-SH01-260315-0001', kind: 'material', workOrderId: order.id },
        { number: 'RC-SH01-260315-0001', kind: 'receipt', workOrderId: null },
      ]);
    });

    test('editing moves the difference: more at the average of the day, less with the value it left with', async () => {
      const [line] = (await save([{ partId, warehouseId, quantity: pieces(2) }])).lines;
      await givenReceipt(station, warehouseId, partId, pieces(8), 2000);
      const more = await save([{ id: line!.id, partId, warehouseId, quantity: pieces(4) }]);
      expect(more.lines).toMatchObject([{ id: line!.id, quantity: pieces(4), cost: 5000 }]);
      expect(await onHand()).toEqual({ quantity: pieces(14), value: 21_000 });

      const less = await save([{ id: line!.id, partId, warehouseId, quantity: pieces(1) }]);
      expect(less.lines).toMatchObject([{ quantity: pieces(1), cost: 1250 }]);
      expect(await onHand()).toEqual({ quantity: pieces(17), value: 24_750 });
      expect(await station.run('stock.verify', {})).toMatchObject({ difference: null });
    });

    test('removing a line puts all of it back', async () => {
      await save([{ partId, warehouseId, quantity: pieces(2) }]);
      await save([]);
      expect(await onHand()).toEqual({ quantity: pieces(10), value: 10_000 });
      expect(await station.count('work_order_parts')).toBe(0);
    });

    test('another part on a line: the old one is put back, the new one drawn', async () => {
      const other = await givenPart(station, 'F-1');
      await givenReceipt(station, warehouseId, other, pieces(5), 300);
      const [line] = (await save([{ partId, warehouseId, quantity: pieces(2) }])).lines;
      const { lines } = await save([{ id: line!.id, partId: other, warehouseId, quantity: pieces(3) }]);

      expect(lines).toMatchObject([{ id: line!.id, partId: other, cost: 900 }]);
      expect(await onHand()).toEqual({ quantity: pieces(10), value: 10_000 });
      expect(await onHand(other)).toEqual({ quantity: pieces(2), value: 600 });
    });

    test('a list in which only a price changed moves nothing', async () => {
      const [line] = (await save([{ partId, warehouseId, quantity: pieces(2) }])).lines;
      const { lines } = await save([
        { id: line!.id, partId, warehouseId, quantity: pieces(2), price: 1, charge: 'free' },
      ]);
      expect(lines).toMatchObject([{ price: 1, charge: 'free', cost: 2000 }]);
      expect(await station.count('stock_documents')).toBe(2);
    });

    test('never more than there is: the whole list is refused and nothing of it kept', async () => {
      const lines = [
        { partId, warehouseId, quantity: pieces(6) },
        { partId, warehouseId, quantity: pieces(5) },
      ];
      await expect(save(lines)).rejects.toMatchObject({
        code: 'stock.insufficient',
        details: { line: 2, part: 'C-50', onHand: pieces(4), quantity: pieces(5) },
      });
      expect(await station.count('work_order_parts')).toBe(0);
      expect(await onHand()).toEqual({ quantity: pieces(10), value: 10_000 });
    });

    test('a stale list is refused', async () => {
      const stale = order.version;
      await save([{ partId, warehouseId, quantity: pieces(1) }]);
      const input = { workOrderId: order.id, version: stale, lines: [] };
      await expect(station.run('jobs.saveMaterial', input, { as: technician })).rejects.toMatchObject({
        code: 'document.changed',
      });
      expect(await onHand()).toMatchObject({ quantity: pieces(9) });
    });

    test('delivered twice, parts are drawn once', async () => {
      const input = { workOrderId: order.id, version: order.version, lines: [{ partId, warehouseId, quantity: 1000 }] };
      const first = await station.run('jobs.saveMaterial', input, { as: technician, commandId: 'm-1' });
      expect(await station.run('jobs.saveMaterial', input, { as: technician, commandId: 'm-1' })).toEqual(first);
      expect(await onHand()).toMatchObject({ quantity: pieces(9) });
    });

    test('a keeper draws for any work, another technician does not, a clerk may not at all', async () => {
      const lines = [{ partId, warehouseId, quantity: 1000 }];
      const stranger = await anotherTechnician();
      await expect(save(lines, { as: stranger })).rejects.toMatchObject({ code: 'work-order.of-another' });
      await expect(save(lines, { as: await station.actorFor(['clerk']) })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await save(lines, { as: await station.actorFor(['keeper']) });
      expect(await onHand()).toMatchObject({ quantity: pieces(9) });
    });

    test('before it is accepted, nothing is drawn for it', async () => {
      const fresh = await givenDispatched(station, technician);
      const input = { workOrderId: fresh.id, version: fresh.version, lines: [{ partId, warehouseId, quantity: 1000 }] };
      await expect(station.run('jobs.saveMaterial', input, { as: 'keeper' })).rejects.toMatchObject({
        code: 'work-order.takes-no-parts',
        details: { state: 'dispatched' },
      });
    });

    const workType = async () => {
      const [known] = await station.rows<{ id: string }>('SELECT id FROM work_types');
      const fields = { code: 'R1', name: '中修', standardFee: 8000 };
      return known?.id ?? (await station.run('setup.saveWorkType', { fields })).id;
    };
    const sheet = async (values: object = {}) => ({
      id: order.id,
      version: order.version,
      fault: '电容失效',
      action: '更换电容',
      technicians: [{ employeeId: technician.employeeId, shareBp: 10_000 }],
      labour: [{ workTypeId: await workType(), fee: 8000 }],
      ...values,
    });

    test('completed: times, fault, action, shares and labour are kept, and the words offered next time', async () => {
      const helper = await station.givenEmployee({ number: 'T9', roles: ['technician'] });
      station.clock.now += 3_600_000;
      const technicians = [
        { employeeId: technician.employeeId, shareBp: 6000 },
        { employeeId: helper, shareBp: 4000 },
      ];
      const photo = { name: 'a.png', mediaType: 'image/png', base64: Buffer.from('picture').toString('base64') };
      const input = await sheet({ technicians, travelFee: 2000, discount: 1000, photos: [photo] });
      const done = await station.run('jobs.complete', input, { as: technician });

      expect(done).toMatchObject({ id: order.id, state: 'done', version: order.version + 1 });
      const [row] = await station.rows('SELECT * FROM work_orders WHERE id = ?', [order.id]);
      expect(row).toMatchObject({
        state: 'done',
        fault: '电容失效',
        completedOn: '2026-03-15',
        completedAt: station.clock.now,
        travelFee: 2000,
        discount: 1000,
      });
      expect(await station.rows('SELECT share_bp FROM work_order_technicians ORDER BY share_bp')).toEqual([
        { shareBp: 4000 },
        { shareBp: 6000 },
      ]);
      expect(await station.rows('SELECT line_no, fee, units FROM work_order_labour')).toEqual([
        { lineNo: 1, fee: 8000, units: 1000 },
      ]);
      expect(await station.count('attachments')).toBe(1);
      expect(
        await station.run('dictionaries.suggest', { dictionary: 'fault', fragment: '失效' }, { as: technician }),
      ).toEqual({ values: ['电容失效'] });
    });

    test.each([
      [
        'shares that do not add up',
        { shares: [6000, 3999] },
        { code: 'pay.shares-not-100-percent', details: { sumBp: 9999 } },
      ],
      [
        'the same technician twice',
        { twice: true },
        { details: { faults: [{ path: 'technicians.1.employeeId', rule: 'duplicate' }] } },
      ],
      ['nobody', { technicians: [] }, { details: { faults: [{ path: 'technicians', rule: 'required' }] } }],
      [
        'a discount beyond the charges',
        { discount: 8001 },
        { code: 'billing.discount-too-large', details: { charges: 8000 } },
      ],
      [
        'an end in the future',
        { completedAt: Date.parse('2026-03-16T00:00:00Z') },
        { details: { faults: [{ path: 'completedAt', rule: 'inTheFuture' }] } },
      ],
      [
        'an end before the start',
        { startedAt: Date.parse('2026-03-15T00:59:59Z'), completedAt: 0 },
        { details: { faults: [{ path: 'completedAt', rule: 'beforeStart' }] } },
      ],
      ['a negative fee', { travelFee: -1 }, { details: { faults: [{ path: 'travelFee', rule: 'negative' }] } }],
      ['no fault', { fault: ' ' }, { details: { faults: [{ path: 'fault', rule: 'required' }] } }],
    ])('%s is refused, and the work goes on', async (_, values, refusal) => {
      const helper = await station.givenEmployee({ number: 'T9', roles: ['technician'] });
      const { shares, twice, ...plain } = values as { shares?: number[]; twice?: boolean };
      const whole = [
        { employeeId: technician.employeeId, shareBp: shares?.[0] ?? 5000 },
        { employeeId: twice ? technician.employeeId : helper, shareBp: shares?.[1] ?? 5000 },
      ];
      const input = await sheet({ ...(shares || twice ? { technicians: whole } : {}), ...plain });

      await expect(station.run('jobs.complete', input, { as: technician })).rejects.toMatchObject(refusal);
      expect(await station.rows('SELECT state FROM work_orders')).toEqual([{ state: 'in-progress' }]);
      expect(await station.count('work_order_technicians')).toBe(0);
      expect(await station.count('work_order_labour')).toBe(0);
    });

    test('a technician completes his own work only; a dispatcher may for him; a clerk and a keeper may not', async () => {
      const stranger = await anotherTechnician();
      const input = await sheet();
      const complete = (as: Actor) => station.run('jobs.complete', input, { as });

      await expect(complete(stranger)).rejects.toMatchObject({ code: 'work-order.of-another' });
      for (const role of ['clerk', 'keeper'] as const)
        await expect(complete(await station.actorFor([role]))).rejects.toMatchObject({ code: 'access.denied' });
      expect(await complete(await station.actorFor(['dispatcher']))).toMatchObject({ state: 'done' });
    });

    test('work that has not begun cannot be completed', async () => {
      const fresh = await givenDispatched(station, technician);
      const input = { ...(await sheet()), id: fresh.id, version: fresh.version };
      await expect(station.run('jobs.complete', input, { as: technician })).rejects.toMatchObject({
        code: 'work-order.wrong-state',
        details: { from: 'dispatched', to: 'done' },
      });
    });

    test('delivered twice, it is completed once', async () => {
      const input = await sheet();
      const first = await station.run('jobs.complete', input, { as: technician, commandId: 'd-1' });
      expect(await station.run('jobs.complete', input, { as: technician, commandId: 'd-1' })).toEqual(first);
      expect(await station.rows("SELECT to_state FROM work_order_states WHERE to_state = 'done'")).toHaveLength(1);
    });

    test('a completion withdrawn with its reason goes on, and can be completed again', async () => {
      const done = await station.run('jobs.complete', await sheet({ discount: 500 }), { as: technician });
      const input = { id: order.id, version: done.version, reason: '客户来电：仍不制冷' };
      const again = await station.run('jobs.withdrawCompletion', input, { as: technician });

      expect(again).toMatchObject({ state: 'in-progress' });
      expect(await station.rows('SELECT completed_on, fault, discount FROM work_orders')).toEqual([
        { completedOn: null, fault: '电容失效', discount: 500 },
      ]);
      await expect(
        station.run('jobs.withdrawCompletion', { ...input, version: again.version }, { as: technician }),
      ).rejects.toMatchObject({ code: 'work-order.wrong-state' });
      const { labour } = await station.run('jobs.sheet', { id: order.id }, { as: technician });
      expect(labour).toMatchObject([{ fee: 8000 }]);
      const input2 = { ...(await sheet({ labour: [] })), version: again.version };
      expect(await station.run('jobs.complete', input2, { as: technician })).toMatchObject({ state: 'done' });
      expect(await station.count('work_order_labour')).toBe(0);
    });

    test('after completion, taking back parts may not leave a discount beyond what is charged', async () => {
      await save([{ partId, warehouseId, quantity: pieces(1) }]);
      const input = await sheet({ discount: 12_500 });
      order = await station.run('jobs.complete', input, { as: technician });
      await expect(save([])).rejects.toMatchObject({ code: 'billing.discount-too-large', details: { charges: 8000 } });
    });

    test('the sheet of a job tells what was drawn, what is left, and what to choose from', async () => {
      await save([{ partId, warehouseId, quantity: pieces(2) }]);
      const sheet = await station.run('jobs.sheet', { id: order.id }, { as: technician });
      expect(sheet).toMatchObject({
        order: { version: order.version, state: 'in-progress' },
        material: [{ partNumber: 'C-50', quantity: pieces(2), cost: 2000, onHand: pieces(8) }],
        choices: { warehouses: [{ code: 'W1' }], technicians: [{ id: technician.employeeId }] },
      });
    });
  });
});
