import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const CARRY_IN = {
  customer: { name: '王小明', phone: '13800000001' },
  device: { category: '空调', brand: '格力', serial: 'SN-1' },
  mode: 'carry-in',
  symptom: '不制冷',
} as const;

describe.each(DIALECTS)('intake on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('registered at the front desk', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    test('a caller nobody knew becomes customer, device and numbered work order with its first state', async () => {
      const result = await station.run('workOrders.registerIntake', CARRY_IN, { as: 'clerk' });

      expect(result.number).toBe('WO-SH01-260315-0001');
      const [order] = await station.rows('SELECT number, state, customer_id, received_on FROM work_orders');
      expect(order).toEqual({
        number: result.number,
        state: 'registered',
        customerId: result.customerId,
        receivedOn: '2026-03-15',
      });
      expect(await station.rows('SELECT step, from_state, to_state FROM work_order_states')).toEqual([
        { step: 1, fromState: '', toState: 'registered' },
      ]);
      expect(await station.rows('SELECT event, entity_id FROM audit_log')).toEqual([
        { event: 'registered', entityId: result.id },
      ]);
      expect(await station.rows(`SELECT table_name FROM change_log WHERE row_id = ?`, [result.id])).toEqual([
        { tableName: 'work_orders' },
      ]);
    });

    test('a deposit and a photo are saved with the order', async () => {
      const photo = { name: 'a.png', mediaType: 'image/png', base64: Buffer.from('picture').toString('base64') };
      const deposit = { amount: 5000, method: 'wechat' } as const;
      const input = { ...CARRY_IN, deposit, photos: [photo] };
      const { id } = await station.run('workOrders.registerIntake', input, { as: 'clerk' });

      expect(await station.rows('SELECT kind, amount, method FROM customer_entries')).toEqual([
        { kind: 'deposit', amount: 5000, method: 'wechat' },
      ]);
      expect(await station.rows('SELECT entity_id, size FROM attachments')).toEqual([{ entityId: id, size: 7 }]);
    });

    test('delivered twice, it is registered once and answered the same', async () => {
      const actor = await station.actorFor(['clerk']);
      const first = await station.run('workOrders.registerIntake', CARRY_IN, { as: actor, commandId: 'c-1' });
      const second = await station.run('workOrders.registerIntake', CARRY_IN, { as: actor, commandId: 'c-1' });

      expect(second).toEqual(first);
      expect(await station.count('work_orders')).toBe(1);
    });

    test('the same command id with another content is refused', async () => {
      const actor = await station.actorFor(['clerk']);
      await station.run('workOrders.registerIntake', CARRY_IN, { as: actor, commandId: 'c-1' });
      const other = station.run(
        'workOrders.registerIntake',
        { ...CARRY_IN, symptom: '漏水' },
        { as: actor, commandId: 'c-1' },
      );

      await expect(other).rejects.toMatchObject({ code: 'command.replayed-differently' });
      expect(await station.count('work_orders')).toBe(1);
    });

    test('a visit without an address is refused, naming the field, and leaves only a line in the audit log', async () => {
      const refused = station.run('workOrders.registerIntake', { ...CARRY_IN, mode: 'on-site' }, { as: 'clerk' });

      await expect(refused).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path: 'visitAddress', rule: 'required' }] },
      });
      expect(await station.count('customers')).toBe(0);
      expect(await station.rows('SELECT event FROM audit_log')).toEqual([{ event: 'refused' }]);
    });

    test('a symptom with control characters is refused on either database alike', async () => {
      const refused = station.run(
        'workOrders.registerIntake',
        { ...CARRY_IN, symptom: '不\u0000制冷' },
        { as: 'clerk' },
      );
      await expect(refused).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path: 'symptom', rule: 'notPrintable' }] },
      });
    });

    test("a device of another customer is refused and the new customer isn't kept", async () => {
      const { deviceId } = await station.run('workOrders.registerIntake', CARRY_IN, { as: 'clerk' });
      const input = { ...CARRY_IN, customer: { name: '李四', phone: '13900000002' }, device: { id: deviceId } };

      await expect(station.run('workOrders.registerIntake', input, { as: 'clerk' })).rejects.toMatchObject({
        code: 'device.of-another-customer',
      });
      expect(await station.count('customers')).toBe(1);
    });

    test('a keeper may not register', async () => {
      await expect(station.run('workOrders.registerIntake', CARRY_IN, { as: 'keeper' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      expect(await station.count('work_orders')).toBe(0);
    });

    test('what was typed is offered next time', async () => {
      await station.run('workOrders.registerIntake', CARRY_IN, { as: 'clerk' });
      expect(
        await station.run('dictionaries.suggest', { dictionary: 'symptom', fragment: '制冷' }, { as: 'clerk' }),
      ).toEqual({ values: ['不制冷'] });
    });

    test('the audit log refuses change, and its chain is whole', async () => {
      await station.run('workOrders.registerIntake', CARRY_IN, { as: 'clerk' });
      await station.run('workOrders.registerIntake', { ...CARRY_IN, symptom: '漏水' }, { as: 'clerk' });

      await expect(station.store.write((trx) => trx.run("UPDATE audit_log SET event = 'x'"))).rejects.toThrow(
        'append-only',
      );
      expect(await station.store.read(firstBrokenAuditLine)).toBeNull();
    });
  });
});
