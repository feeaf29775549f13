import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { givenIntake } from '../helpers/given-work.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const WANG = { name: '王小明', phone: '138-0000 0001', address: '上海市长宁路 1 号' };
const FRIDGE = { category: '冰箱', brand: '海尔', model: 'BCD-1', serial: 'HA-778', placeOfPurchase: '苏宁徐家汇店' };

describe.each(DIALECTS)('customers on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('at the front desk', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const search = (fragment: string, limit = 12) =>
      station.run('customers.search', { fragment, limit }, { as: 'clerk' });

    test.each([
      ['小明', 'customer'],
      ['王', 'customer'],
      ['000 0001', 'customer'],
      ['13800000001', 'customer'],
      ['长宁路', 'customer'],
      ['王小明 长宁', 'customer'],
      ['ha-778', 'device'],
      ['海尔', 'device'],
      ['苏宁', 'device'],
      ['260315-0001', 'work-order'],
      ['wo-sh01', 'work-order'],
    ])('a caller is found by the fragment “%s” of %s', async (fragment, foundBy) => {
      const { number } = await givenIntake(station, { customer: WANG, device: FRIDGE });
      await givenIntake(station, {
        customer: { name: 'Smith', phone: '13911112222' },
        device: { category: 'TV' },
      });
      const { hits } = await search(fragment);
      const hit = hits.find(({ customer }) => customer?.name === '王小明');
      expect(hit).toMatchObject({
        foundBy,
        customer: { openCount: 1, deviceCount: 1 },
        lastOrder: { number, state: 'registered', symptom: '不制冷' },
      });
      if (foundBy !== 'work-order') expect(hits).toHaveLength(1);
    });

    test('a customer found by name, device and number at once comes once', async () => {
      const { number } = await givenIntake(station, {
        customer: WANG,
        device: { category: '电视', serial: 'WO-SH01' },
      });
      const { hits } = await search('wo-sh01');
      expect(hits).toHaveLength(1);
      expect(hits[0]).toMatchObject({ foundBy: 'work-order', order: { number }, devices: [{ isFound: true }] });
    });

    test("a walk-in's device is found without a customer, with what was last done to it", async () => {
      const { number } = await givenIntake(station, { customer: null, device: FRIDGE });
      const { hits } = await search('HA-778');
      expect(hits).toEqual([
        expect.objectContaining({ customer: null, lastOrder: expect.objectContaining({ number }) }),
      ]);
    });

    test('the percent sign is looked for as itself, and nothing typed finds nothing', async () => {
      await givenIntake(station, { customer: WANG });
      expect((await search('%')).hits).toEqual([]);
      expect((await search('  ')).hits).toEqual([]);
    });

    test('no more is found than asked for', async () => {
      for (let i = 0; i < 5; i++) await givenIntake(station, { customer: { ...WANG, phone: `1380000000${i}` } });
      expect((await search('王', 3)).hits).toHaveLength(3);
    });

    test("a customer's page shows warranty, open work, a repeat repair and the deposit", async () => {
      const device = { ...FRIDGE, warrantyEndOn: '2026-03-15' };
      const first = await givenIntake(station, { customer: WANG, device });
      await givenIntake(station, {
        customer: { id: first.customerId ?? '' },
        device: { id: first.deviceId },
        deposit: { amount: 5000, method: 'cash' },
      });
      const page = await station.run('customers.get', { id: first.customerId ?? '' }, { as: 'clerk' });

      expect(page.devices).toEqual([
        expect.objectContaining({ isUnderWarranty: true, openCount: 2, orderCount: 2, isRepeatRepair: true }),
      ]);
      expect(page.orders.map(({ symptom }) => symptom)).toEqual(['不制冷', '不制冷']);
      expect(page.entries).toEqual([expect.objectContaining({ kind: 'deposit', amount: 5000 })]);
      expect(page.customer).not.toHaveProperty('searchText');
    });

    test('a technician sees the customer but no money', async () => {
      const { customerId } = await givenIntake(station, { customer: WANG, deposit: { amount: 5000, method: 'cash' } });
      const page = await station.run('customers.get', { id: customerId ?? '' }, { as: 'technician' });
      expect(page.entries).toEqual([]);
    });

    test('a corrected phone number finds the customer, the old one no longer', async () => {
      const { customerId } = await givenIntake(station, { customer: WANG });
      const saved = await station.run(
        'customers.save',
        { existing: { id: customerId ?? '', version: 1 }, fields: { ...WANG, phone: '13755556666' } },
        { as: 'clerk' },
      );
      expect(saved.version).toBe(2);
      expect((await search('5555 6666')).hits).toHaveLength(1);
      expect((await search('138-0000')).hits).toHaveLength(0);
      const [line] = await station.rows("SELECT change FROM audit_log WHERE event = 'changed'");
      expect(JSON.parse(String(line?.['change']))).toMatchObject({ before: { phone: WANG.phone } });
    });

    test('a form that is out of date is refused and changes nothing', async () => {
      const { customerId, deviceId } = await givenIntake(station, { customer: WANG, device: FRIDGE });
      const existing = { id: customerId ?? '', version: 7 };
      await expect(
        station.run('customers.save', { existing, fields: { ...WANG, name: '别人' } }, { as: 'clerk' }),
      ).rejects.toMatchObject({ code: 'document.changed' });
      await expect(
        station.run('customers.saveDevice', { device: { id: deviceId, version: 7 }, fields: FRIDGE }, { as: 'clerk' }),
      ).rejects.toMatchObject({ code: 'document.changed' });
      expect(await station.rows('SELECT name, version FROM customers')).toEqual([{ name: '王小明', version: 1 }]);
    });

    test('a device is added to a customer and corrected; its words are offered next time', async () => {
      const { customerId } = await givenIntake(station, { customer: WANG });
      const added = await station.run(
        'customers.saveDevice',
        { device: { customerId: customerId ?? '' }, fields: FRIDGE },
        { as: 'clerk' },
      );
      await station.run(
        'customers.saveDevice',
        { device: { id: added.id, version: 1 }, fields: { ...FRIDGE, serial: 'HA-779' } },
        { as: 'clerk' },
      );
      expect((await search('ha-779')).hits).toHaveLength(1);
      expect(
        await station.run(
          'dictionaries.suggest',
          { dictionary: 'place-of-purchase', fragment: '徐家汇' },
          { as: 'clerk' },
        ),
      ).toEqual({ values: ['苏宁徐家汇店'] });
    });

    test('a device is not added to a customer who does not exist', async () => {
      const refused = station.run(
        'customers.saveDevice',
        { device: { customerId: 'nobody' }, fields: FRIDGE },
        { as: 'clerk' },
      );
      await expect(refused).rejects.toMatchObject({ code: 'not-found' });
      expect(await station.count('devices')).toBe(0);
      expect(await station.count('dictionary_entries')).toBe(0);
    });

    test('what is wrong with a new customer at intake is named field by field', async () => {
      const refused = givenIntake(station, { customer: { name: '', phone: 'abc', secondPhone: '?' } });
      await expect(refused).rejects.toMatchObject({
        details: {
          faults: [
            { path: 'customer.name', rule: 'required' },
            { path: 'customer.phone', rule: 'notAPhone' },
            { path: 'customer.secondPhone', rule: 'notAPhone' },
          ],
        },
      });
      expect(await station.count('customers')).toBe(0);
    });

    test('the intake form offers the stores there are, to those who register', async () => {
      expect(await station.run('intake.choices', {}, { as: 'clerk' })).toEqual({ stores: [] });
      await expect(station.run('intake.choices', {}, { as: 'keeper' })).rejects.toMatchObject({
        code: 'access.denied',
      });
    });

    test('saved twice by a double click, a new customer is one', async () => {
      const clerk = await station.actorFor(['clerk']);
      const options = { as: clerk, commandId: 'c-1' };
      const first = await station.run('customers.save', { fields: WANG }, options);
      expect(await station.run('customers.save', { fields: WANG }, options)).toEqual(first);
      const device = { device: { customerId: first.id }, fields: FRIDGE };
      const added = await station.run('customers.saveDevice', device, { as: clerk, commandId: 'c-2' });
      expect(await station.run('customers.saveDevice', device, { as: clerk, commandId: 'c-2' })).toEqual(added);
      expect([await station.count('customers'), await station.count('devices')]).toEqual([1, 1]);
    });

    test('a keeper sees no customers, a technician changes none', async () => {
      await expect(station.run('customers.search', { fragment: '王' }, { as: 'keeper' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(station.run('customers.get', { id: 'x' }, { as: 'keeper' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(station.run('customers.save', { fields: WANG }, { as: 'technician' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(
        station.run('customers.saveDevice', { device: { customerId: 'x' }, fields: FRIDGE }, { as: 'technician' }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      expect(await station.count('customers')).toBe(0);
    });
  });
});
