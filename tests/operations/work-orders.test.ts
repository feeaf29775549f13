import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { givenDispatched, givenIntake, givenStarted } from '../helpers/given-work.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const HOUR = 3_600_000;
const PHOTO = { name: 'a.png', mediaType: 'image/png', base64: Buffer.from('picture').toString('base64') };
const EDITED = {
  urgency: 'urgent',
  warrantyClass: 'in',
  storeId: null,
  symptom: '不制冷，有异响',
  appearance: '',
  accessories: '遥控器',
  visitAddress: '',
  estimate: 12_000,
  promisedAt: null,
} as const;

describe.each(DIALECTS)('work orders on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('read and corrected', () => {
    let station: TestStation;
    let technician: Actor;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      technician = await station.actorFor(['technician']);
    });
    afterEach(() => station.close());

    const numbers = async (
      input: Parameters<typeof station.run<'workOrders.list'>>[1],
      as: Actor | 'clerk' = 'clerk',
    ) => (await station.run('workOrders.list', input, { as })).rows.map(({ number }) => number.slice(-4));

    test('the list is filtered by any column and counts what passes', async () => {
      await givenIntake(station);
      await givenIntake(station, { device: { category: '电视', brand: '小米' }, symptom: '黑屏' });
      expect(await numbers({ filters: [{ column: 'symptom', op: 'contains', value: '黑' }] })).toEqual(['0002']);
      expect(await numbers({ filters: [{ column: 'brand', op: 'one-of', value: ['格力', '海尔'] }] })).toEqual([
        '0001',
      ]);
      expect(await numbers({ filters: [{ column: 'receivedOn', op: 'from', value: '2026-03-16' }] })).toEqual([]);
      expect(await numbers({ sort: [{ column: 'category', direction: 'asc' }] })).toHaveLength(2);
      const page = await station.run('workOrders.list', { limit: 1 }, { as: 'clerk' });
      expect(page).toMatchObject({ total: 2, rows: [{ customerName: '王小明', phone: '13800000001' }] });
    });

    test('the quick scopes: open, mine, overdue, awaiting pick-up', async () => {
      const promisedAt = station.clock.now + HOUR;
      await givenIntake(station, { promisedAt });
      await givenDispatched(station, technician);
      const third = await givenIntake(station);
      await station.run('workOrders.cancel', { id: third.id, version: 1, reason: '客户不修了' }, { as: 'clerk' });

      expect(await numbers({ scope: 'open' })).toEqual(['0002', '0001']);
      expect(await numbers({ scope: 'all' })).toEqual(['0003', '0002', '0001']);
      expect(await numbers({ scope: 'mine' }, technician)).toEqual(['0002']);
      expect(await numbers({ scope: 'overdue' })).toEqual([]);
      station.clock.now = promisedAt + 1;
      expect(await numbers({ scope: 'overdue' })).toEqual(['0001']);
      expect(await numbers({ scope: 'awaiting-pick-up' })).toEqual([]);
    });

    test("a technician's list and pages are his own", async () => {
      const foreign = await givenIntake(station);
      const own = await givenDispatched(station, technician);
      expect(await numbers({}, technician)).toEqual(['0002']);
      await expect(station.run('workOrders.get', { id: foreign.id }, { as: technician })).rejects.toMatchObject({
        code: 'work-order.of-another',
      });
      const page = await station.run('workOrders.get', { id: own.id }, { as: technician });
      expect(page).toMatchObject({ isOwn: true, nextSteps: ['accept', 'add-photos'] });
    });

    test('the page tells everything of an order, and what the reader may do next', async () => {
      const first = await givenIntake(station);
      const { id } = await givenIntake(station, {
        customer: { id: first.customerId ?? '' },
        device: { id: first.deviceId },
        deposit: { amount: 3000, method: 'wechat' },
        photos: [PHOTO],
      });
      const page = await station.run('workOrders.get', { id }, { as: 'clerk' });

      expect(page).toMatchObject({
        order: { state: 'registered', symptom: '不制冷' },
        names: { receivedByName: 'clerk', technicianName: null },
        customer: { name: '王小明' },
        device: { serial: 'SN-1', isUnderWarranty: null },
        history: [{ step: 1, toState: 'registered' }],
        entries: [{ kind: 'deposit', amount: 3000 }],
        earlierOrders: [{ number: first.number }],
        isRepeatRepair: true,
        nextSteps: ['take-deposit', 'add-photos', 'edit', 'refund-deposit', 'cancel'],
      });
      const content = await station.run('attachments.content', { id: page.attachments[0]?.id ?? '' }, { as: 'clerk' });
      expect(content).toEqual(PHOTO);
      expect((await station.run('workOrders.get', { id: first.id }, { as: 'clerk' })).isRepeatRepair).toBe(false);
    });

    test('who may not see money is shown none', async () => {
      const order = await givenDispatched(station, technician, { deposit: { amount: 3000, method: 'cash' } });
      expect(await station.run('workOrders.get', { id: order.id }, { as: technician })).toMatchObject({ entries: [] });
    });

    test('what was registered is corrected, with what stood before in the audit log', async () => {
      const { id } = await givenIntake(station);
      const edited = await station.run('workOrders.edit', { id, version: 1, fields: EDITED }, { as: 'clerk' });
      expect(edited.version).toBe(2);
      expect(await station.rows('SELECT urgency, estimate, accessories FROM work_orders')).toEqual([
        { urgency: 'urgent', estimate: 12_000, accessories: '遥控器' },
      ]);
      const [line] = await station.rows("SELECT change FROM audit_log WHERE event = 'edited'");
      expect(JSON.parse(String(line?.['change']))).toMatchObject({ before: { symptom: '不制冷', estimate: 0 } });
    });

    test('correcting is refused when stale, when the order is final, without an address of the visit, for an unknown store', async () => {
      const { id } = await givenIntake(station, { mode: 'on-site', visitAddress: '长宁路 1 号' });
      const edit = (version: number, fields: Partial<typeof EDITED> | { storeId: string }) =>
        station.run(
          'workOrders.edit',
          { id, version, fields: { ...EDITED, visitAddress: '长宁路 2 号', ...fields } },
          { as: 'clerk' },
        );
      await expect(edit(9, {})).rejects.toMatchObject({ code: 'document.changed' });
      await expect(edit(1, { visitAddress: '' })).rejects.toMatchObject({
        details: { faults: [{ path: 'fields.visitAddress', rule: 'required' }] },
      });
      await expect(edit(1, { storeId: 'nowhere' })).rejects.toMatchObject({ code: 'not-found' });
      await station.run('workOrders.cancel', { id, version: 1, reason: '重复登记' }, { as: 'clerk' });
      await expect(edit(2, {})).rejects.toMatchObject({ code: 'work-order.fixed' });
      expect(await station.rows('SELECT visit_address FROM work_orders')).toEqual([{ visitAddress: '长宁路 1 号' }]);
    });

    test('cancelling gives a deposit back in the same step, and is refused without saying how', async () => {
      const { id } = await givenIntake(station, { deposit: { amount: 5000, method: 'cash' } });
      const cancel = { id, version: 1, reason: '客户不修了' };
      await expect(station.run('workOrders.cancel', cancel, { as: 'clerk' })).rejects.toMatchObject({
        code: 'work-order.holds-money',
        details: { amount: 5000 },
      });
      await expect(
        station.run('workOrders.cancel', { ...cancel, refundMethod: 'cash' }, { as: 'dispatcher' }),
      ).rejects.toMatchObject({ code: 'access.denied', details: { right: 'billing.settle' } });
      expect(await station.rows('SELECT state FROM work_orders')).toEqual([{ state: 'registered' }]);

      const done = await station.run('workOrders.cancel', { ...cancel, refundMethod: 'cash' }, { as: 'clerk' });
      expect(done).toMatchObject({ state: 'cancelled', refunded: 5000 });
      expect(await station.rows('SELECT kind, amount FROM customer_entries ORDER BY amount')).toEqual([
        { kind: 'refund', amount: -5000 },
        { kind: 'deposit', amount: 5000 },
      ]);
      expect(await station.rows('SELECT state, state_reason FROM work_orders')).toEqual([
        { state: 'cancelled', stateReason: '客户不修了' },
      ]);
    });

    test('what is cancelled cannot be cancelled again', async () => {
      const { id } = await givenIntake(station);
      await station.run('workOrders.cancel', { id, version: 1, reason: '重复登记' }, { as: 'clerk' });
      await expect(
        station.run('workOrders.cancel', { id, version: 2, reason: '重复登记' }, { as: 'clerk' }),
      ).rejects.toMatchObject({ code: 'work-order.wrong-state' });
      expect(await station.count('work_order_states')).toBe(2);
    });

    test('a technician adds photos to his own work, not to that of another', async () => {
      const own = await givenStarted(station, technician);
      const foreign = await givenIntake(station);
      await station.run('attachments.add', { workOrderId: own.id, files: [PHOTO, PHOTO] }, { as: technician });
      await expect(
        station.run('attachments.add', { workOrderId: foreign.id, files: [PHOTO] }, { as: technician }),
      ).rejects.toMatchObject({ code: 'work-order.of-another' });
      expect([await station.count('attachments'), await station.count('attachment_contents')]).toEqual([2, 1]);
      const [attachment] = await station.rows<{ id: string }>('SELECT id FROM attachments');
      const other = await station.actorFor(['technician', 'keeper']);
      await expect(
        station.run(
          'attachments.content',
          { id: attachment?.id ?? '' },
          { as: { ...other, rights: technician.rights } },
        ),
      ).rejects.toMatchObject({ code: 'work-order.of-another' });
    });

    test('a file that is neither picture nor PDF is refused', async () => {
      const { id } = await givenIntake(station);
      const files = [{ ...PHOTO, mediaType: 'text/html' }];
      await expect(station.run('attachments.add', { workOrderId: id, files }, { as: 'clerk' })).rejects.toMatchObject({
        details: { faults: [{ path: 'files.0.mediaType', rule: 'notAPicture' }] },
      });
      expect(await station.count('attachments')).toBe(0);
    });

    test('delivered twice, a correction, a cancellation and a photo happen once', async () => {
      const clerk = await station.actorFor(['clerk']);
      const { id } = await givenIntake(station);
      const edit = () =>
        station.run('workOrders.edit', { id, version: 1, fields: EDITED }, { as: clerk, commandId: 'c-1' });
      const add = () =>
        station.run('attachments.add', { workOrderId: id, files: [PHOTO] }, { as: clerk, commandId: 'c-2' });
      const cancel = () =>
        station.run('workOrders.cancel', { id, version: 2, reason: '不修了' }, { as: clerk, commandId: 'c-3' });
      for (const deliver of [edit, add, cancel]) expect(await deliver()).toEqual(await deliver());
      expect(await station.rows('SELECT version, state FROM work_orders')).toEqual([
        { version: 3, state: 'cancelled' },
      ]);
      expect(await station.count('attachments')).toBe(1);
    });

    test('nobody without the right corrects or cancels', async () => {
      const { id } = await givenIntake(station);
      await expect(
        station.run('workOrders.edit', { id, version: 1, fields: EDITED }, { as: technician }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      await expect(
        station.run('workOrders.cancel', { id, version: 1, reason: 'x' }, { as: technician }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      expect(await station.rows('SELECT version FROM work_orders')).toEqual([{ version: 1 }]);
    });
  });
});
