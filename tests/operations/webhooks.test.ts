import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#domain/access/actor.ts';
import { WEBHOOK_EVENTS, isWebhookAddress, nextAttempt } from '#domain/webhooks.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const ADMINISTRATOR = { as: 'administrator' } as const;
const FIELDS = { url: 'https://erp.example/mendway', events: ['settlement.made', 'customer.changed'] } as const;

describe.each(DIALECTS)('webhooks on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('who is told of what', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const save = (
      fields: object = FIELDS,
      existing: { id: string; version: number } | null = null,
      commandId = uuidv7(),
    ) => station.run('webhooks.save', { existing, fields: fields as never }, { ...ADMINISTRATOR, commandId });
    const list = async () => (await station.run('webhooks.list', {}, ADMINISTRATOR)).webhooks;
    const deliveries = (input: object = {}) => station.run('webhooks.deliveries', input, ADMINISTRATOR);

    test('a webhook is made once however often it is asked for, listed without its secret, and changed', async () => {
      const made = await save(FIELDS, null, 'once');
      expect(await save(FIELDS, null, 'once')).toEqual(made);
      const [listed, ...others] = await list();
      expect(others).toEqual([]);
      expect(listed).toMatchObject({ id: made.id, url: FIELDS.url, events: ['customer.changed', 'settlement.made'] });
      expect(listed).not.toHaveProperty('secret');

      expect(await save({ ...FIELDS, events: ['request.made', 'request.made'] }, made)).toEqual({
        id: made.id,
        version: 2,
      });
      expect(await list()).toMatchObject([{ events: ['request.made'], version: 2 }]);
      await expect(save(FIELDS, made)).rejects.toMatchObject({ code: 'document.changed' });
      expect(await station.rows(`SELECT name FROM log_readers`)).toEqual([{ name: 'webhooks' }]);
    });

    test('an address that anybody could read along, or without events, is refused by field', async () => {
      for (const [path, fields] of [
        ['fields.url', { ...FIELDS, url: 'http://erp.example/' }],
        ['fields.url', { ...FIELDS, url: 'https://user:word@erp.example/' }],
        ['fields.events', { ...FIELDS, events: [] }],
        ['fields.events.0', { ...FIELDS, events: ['work-order.dreamt'] }],
      ] as const)
        await expect(save(fields)).rejects.toMatchObject({ code: 'input.invalid', details: { faults: [{ path }] } });
      expect([await station.count('webhooks'), await station.count('log_readers')]).toEqual([0, 0]);
    });

    test('its secret is shown once, when it is made, and written down nowhere else', async () => {
      const made = await save();
      const first = await station.run('webhooks.newSecret', made, { ...ADMINISTRATOR, commandId: 'secret' });
      expect(first).toMatchObject({ version: 2, secret: expect.stringMatching(/.{20}/) });
      await expect(
        station.run('webhooks.newSecret', made, { ...ADMINISTRATOR, commandId: 'secret' }),
      ).rejects.toMatchObject({ code: 'command.replayed-differently' });
      await expect(station.run('webhooks.newSecret', made, ADMINISTRATOR)).rejects.toMatchObject({
        code: 'document.changed',
      });
      expect(await station.rows('SELECT secret FROM webhooks')).toEqual([{ secret: first.secret }]);
      const written = await station.rows<{ text: string }>(
        'SELECT change AS text FROM audit_log UNION ALL SELECT result AS text FROM commands',
      );
      expect(written.filter(({ text }) => text.includes(first.secret))).toEqual([]);
    });

    test('a test says nothing and waits to be sent', async () => {
      const { id } = await save();
      const sent = await station.run('webhooks.test', { id }, { ...ADMINISTRATOR, commandId: 'try' });
      expect(await station.run('webhooks.test', { id }, { ...ADMINISTRATOR, commandId: 'try' })).toEqual(sent);
      const { rows, total } = await deliveries({ webhookId: id });
      expect([total, rows[0]]).toMatchObject([
        1,
        { id: sent.deliveryId, event: 'test', state: 'waiting', attempts: 0 },
      ]);
      expect(JSON.parse(rows[0]?.payload ?? '')).toMatchObject({ event: 'test', unit: { code: 'SH01' }, data: {} });
      expect(await list()).toMatchObject([{ waitingCount: 1, givenUpCount: 0, lastDeliveredAt: null }]);
    });

    test('a removed one is told nothing more, what waited is given up, and it can be taken up again', async () => {
      const made = await save();
      const { deliveryId } = await station.run('webhooks.test', { id: made.id }, ADMINISTRATOR);
      const removed = await station.run('webhooks.remove', made, { ...ADMINISTRATOR, commandId: 'away' });
      expect(removed).toEqual({ version: 2, givenUp: 1 });
      expect(await station.run('webhooks.remove', made, { ...ADMINISTRATOR, commandId: 'away' })).toEqual(removed);
      expect((await deliveries()).rows).toMatchObject([{ state: 'given-up', lastError: 'removed', isActive: false }]);

      for (const [operation, input] of [
        ['webhooks.test', { id: made.id }],
        ['webhooks.redeliver', { id: deliveryId }],
      ] as const)
        await expect(station.run(operation, input, ADMINISTRATOR)).rejects.toMatchObject({ code: 'webhook.removed' });
      expect(await station.count('webhook_deliveries')).toBe(1);

      await save(FIELDS, { id: made.id, version: 2 });
      expect(await list()).toMatchObject([{ isActive: true, version: 3 }]);
    });

    test('a message is sent again by hand, as it was', async () => {
      const { id } = await save();
      const { deliveryId } = await station.run('webhooks.test', { id }, ADMINISTRATOR);
      const [before] = (await deliveries()).rows;
      await station.store.write((trx) =>
        trx.run(`UPDATE webhook_deliveries SET state = 'given-up', attempts = 8, last_error = 'timeout'`),
      );
      await station.run('webhooks.redeliver', { id: deliveryId }, { ...ADMINISTRATOR, commandId: 'again' });
      await station.run('webhooks.redeliver', { id: deliveryId }, { ...ADMINISTRATOR, commandId: 'again' });
      expect((await deliveries()).rows).toEqual([before]);
      await expect(station.run('webhooks.redeliver', { id: uuidv7() }, ADMINISTRATOR)).rejects.toMatchObject({
        code: 'not-found',
      });
    });

    test('deliveries are found by state', async () => {
      const { id } = await save();
      await station.run('webhooks.test', { id }, ADMINISTRATOR);
      const filter = (value: string[]) => ({ filters: [{ column: 'state', op: 'one-of', value }] });
      expect((await deliveries(filter(['waiting']))).total).toBe(1);
      expect((await deliveries(filter(['delivered', 'given-up']))).total).toBe(0);
    });

    test('only the administrator of the unit served here may', async () => {
      const { id } = await save();
      const { deliveryId } = await station.run('webhooks.test', { id }, ADMINISTRATOR);
      const below = { id: uuidv7(), parentId: station.station.unitId, code: 'SH02', name: '二站', kind: 'outlet' };
      await station.store.write((trx) =>
        trx.insert('units', { ...below, timeZone: 'Asia/Shanghai', currency: 'CNY', version: 1, createdAt: 1 }),
      );
      const administrator = await station.actorFor(['administrator']);
      const elsewhere: Actor = { ...administrator, unitId: below.id };
      const known = { id, version: 1 };
      for (const as of ['manager', elsewhere] as const)
        for (const [operation, input] of [
          ['webhooks.list', {}],
          ['webhooks.deliveries', {}],
          ['webhooks.save', { fields: FIELDS }],
          ['webhooks.newSecret', known],
          ['webhooks.remove', known],
          ['webhooks.test', { id }],
          ['webhooks.redeliver', { id: deliveryId }],
        ] as const)
          await expect(station.run(operation, input as never, { as })).rejects.toMatchObject({ code: 'access.denied' });
      expect([await station.count('webhooks'), await station.count('webhook_deliveries')]).toEqual([1, 1]);
    });
  });
});

test.each([
  ['https://erp.example/x?y=1', true],
  ['http://127.0.0.1:8080/', true],
  ['http://localhost/', true],
  ['http://[::1]/', true],
  ['http://erp.example/', false],
  ['http://127.0.0.1.evil.example/', false],
  ['https://name:word@erp.example/', false],
  ['ftp://erp.example/', false],
  ['erp.example', false],
])('%s may be told: %s', (url, isAllowed) => {
  expect(isWebhookAddress(url)).toBe(isAllowed);
});

test('waits grow from a minute to a day, and come to an end', () => {
  const waits = Array.from({ length: 8 }, (_, i) => nextAttempt(i + 1, 0));
  expect(waits.map((wait) => wait && wait / 60_000)).toEqual([1, 5, 30, 120, 360, 720, 1440, null]);
  expect(WEBHOOK_EVENTS).toHaveLength(7);
});
