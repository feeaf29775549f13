import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { WebhookEvent } from '#domain/webhooks.ts';
import { startJobs } from '#server/central/jobs.ts';
import { isInner, lookupOuter } from '#server/central/webhooks/addresses.ts';
import { deliverToWebhooks } from '#server/central/webhooks/deliver.ts';
import { tellWebhooks } from '#server/central/webhooks/tell.ts';
import { WEBHOOK_DATA } from '#server/rpc/webhook-descriptions.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenDispatched, givenIntake } from '../helpers/given-work.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { startReceiver } from './lib/receiver.ts';

const ADMINISTRATOR = { as: 'administrator' } as const;
const PATIENT = { timeout: 15_000 };
const JOBS = [tellWebhooks, deliverToWebhooks].map((job) => ({ ...job, everyMs: 20 }));

describe.each(DIALECTS)('telling other systems on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('from the change log', () => {
    let station: TestStation;
    let receiver: Awaited<ReturnType<typeof startReceiver>>;
    let jobs: ReturnType<typeof startJobs>;
    let ahead: number; // ms that the jobs' clock is ahead
    beforeEach(async () => {
      vi.stubEnv('MENDWAY_WEBHOOK_PRIVATE', '1');
      [station, receiver, ahead] = [await openTestStation(dialect), await startReceiver(), 0];
      station.clock.now = Date.now();
      const environment = { ...station.env, now: () => Date.now() + ahead };
      const log = (line: string) => expect.unreachable(line);
      jobs = startJobs({ environment, store: station.store, dataFolder: '', log }, JOBS, { lookMs: 10, leaseMs: 5000 });
    });
    afterEach(async () => {
      await jobs.stop();
      await receiver.close();
      await station.close();
      vi.unstubAllEnvs();
    });

    async function givenWebhook(...events: WebhookEvent[]) {
      const made = await station.run('webhooks.save', { fields: { url: receiver.url, events } }, ADMINISTRATOR);
      return { ...made, ...(await station.run('webhooks.newSecret', made, ADMINISTRATOR)) };
    }
    const arrived = (count: number) => vi.waitFor(() => expect(receiver.received).toHaveLength(count), PATIENT);
    const messages = () =>
      receiver.received.map(
        ({ body }) => JSON.parse(body) as { id: string; event: string; data: Record<string, unknown> },
      );
    const deliveries = async () => (await station.run('webhooks.deliveries', {}, ADMINISTRATOR)).rows;
    const settled = (state: string) =>
      vi.waitFor(async () => expect((await deliveries()).map((row) => row.state)).toEqual([state]), PATIENT);

    test('what happens is told once, to those who want to hear it, signed', async () => {
      await givenIntake(station); // before anybody wanted to be told
      const { secret } = await givenWebhook('work-order.registered', 'work-order.state-changed', 'customer.changed');
      const technician = await station.actorFor(['technician']);
      const order = await givenDispatched(station, technician, { customer: { name: '李静', phone: '13900000002' } });
      await arrived(3);

      expect(
        messages()
          .map(({ event }) => event)
          .toSorted(),
      ).toEqual(['customer.changed', 'work-order.registered', 'work-order.state-changed']);
      expect(asDescribed()).toEqual([]);
      const registered = messages().find(({ event }) => event === 'work-order.registered');
      expect(registered).toMatchObject({
        id: expect.any(String),
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        unit: { id: station.station.unitId, code: 'SH01' },
        data: { workOrderId: order.id, number: order.number, symptom: '不制冷' },
      });
      expect(messages().find(({ event }) => event === 'customer.changed')?.data).toMatchObject({ name: '李静' });
      expect(messages().find(({ event }) => event === 'work-order.state-changed')?.data).toMatchObject({
        fromState: 'registered',
        toState: 'dispatched',
      });

      const [{ headers, body } = { headers: {} as IncomingHttpHeaders, body: '' }] = receiver.received;
      const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['mendway-signature'])) ?? [];
      expect(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')).toBe(v1);
      expect(Math.abs(Number(t) * 1000 - Date.now())).toBeLessThan(60_000);
    });

    /** What is sent of an event is what the API's description says. */
    const asDescribed = () =>
      messages().filter(
        ({ event, data }) =>
          JSON.stringify(Object.keys(data).toSorted()) !==
          JSON.stringify(WEBHOOK_DATA[event as WebhookEvent].toSorted()),
      );

    test('stock documents and what is asked of another unit are told, each once', async () => {
      await givenWebhook('stock-document.posted', 'request.made', 'request.answered');
      const [warehouseId, part] = [await givenWarehouse(station), await givenPart(station, 'P-1')];
      await givenReceipt(station, warehouseId, part, 1000, 500);
      const { unitId } = station.station;
      const request = {
        id: uuidv7(),
        unitId,
        toUnitId: uuidv7(),
        kind: 'sale',
        number: 'RQ-1',
        content: '{"device":{}}',
      };
      await station.store.write((trx) =>
        trx.insert('requests', {
          ...request,
          subject: '空调',
          note: '',
          requestedOn: '2026-03-15',
          employeeId: 'x',
          employeeName: 'x',
          withdrawnReason: '',
          version: 1,
          createdAt: station.clock.now,
        }),
      );
      await arrived(2);
      expect(
        messages()
          .map(({ event }) => event)
          .toSorted(),
      ).toEqual(['request.made', 'stock-document.posted']);
      expect(messages().find(({ event }) => event === 'request.made')?.data).toMatchObject({
        number: 'RQ-1',
        content: { device: {} },
      });
    });

    test('what fails is tried again later, and given up in the end, for all to see', async () => {
      const { id } = await givenWebhook('settlement.made');
      receiver.behaviour.status = 500;
      await station.run('webhooks.test', { id }, ADMINISTRATOR);
      for (let attempt = 1; attempt <= 8; attempt++) {
        await arrived(attempt);
        await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ attempts: attempt }]), PATIENT);
        ahead += 25 * 3_600_000; // longer than any wait
      }
      await settled('given-up');
      expect(await deliveries()).toMatchObject([{ attempts: 8, lastError: 'status:500', nextAt: null }]);

      receiver.behaviour.status = 204;
      const [row] = await deliveries();
      station.clock.now += ahead;
      await station.run('webhooks.redeliver', { id: row?.id ?? '' }, ADMINISTRATOR);
      await settled('delivered');
      expect(new Set(messages().map((message) => message.id)).size).toBe(1);
    });

    test('a redirect is not followed', async () => {
      const { id } = await givenWebhook('settlement.made');
      receiver.behaviour.status = 307;
      receiver.behaviour.headers = { location: receiver.url };
      await station.run('webhooks.test', { id }, ADMINISTRATOR);
      await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ lastError: 'redirect:307' }]), PATIENT);
      expect(receiver.received).toHaveLength(1);
    });

    test('who never answers is left after ten seconds', { timeout: 30_000 }, async () => {
      const { id } = await givenWebhook('settlement.made');
      receiver.behaviour.isSilent = true;
      await station.run('webhooks.test', { id }, ADMINISTRATOR);
      await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ lastError: 'timeout' }]), {
        timeout: 20_000,
      });
    });

    test('a system that is away is told of by its error, and holds up no other', async () => {
      const { id } = await givenWebhook('settlement.made');
      const gone = await station.run(
        'webhooks.save',
        { fields: { url: 'http://127.0.0.1:9/', events: ['settlement.made'] } },
        ADMINISTRATOR,
      );
      for (let i = 0; i < 10; i++) await station.run('webhooks.test', { id: gone.id }, ADMINISTRATOR);
      await station.run('webhooks.test', { id }, ADMINISTRATOR);
      await arrived(1);
      await vi.waitFor(async () => {
        const rows = await deliveries();
        expect(rows.filter(({ lastError }) => lastError === 'connection:ECONNREFUSED')).toHaveLength(10);
      }, PATIENT);
    });

    test('the network the server stands in is not reached unless that was configured', async () => {
      vi.stubEnv('MENDWAY_WEBHOOK_PRIVATE', '');
      const { id } = await givenWebhook('settlement.made');
      await station.run('webhooks.test', { id }, ADMINISTRATOR);
      await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ lastError: 'inner-address' }]), PATIENT);
      expect(receiver.received).toEqual([]);
    });

    test('with nobody to tell the log is not read, and who comes later hears nothing of what was', async () => {
      const made = await givenWebhook('work-order.registered');
      await givenIntake(station);
      await arrived(1);
      await station.run('webhooks.remove', { id: made.id, version: made.version }, ADMINISTRATOR);
      await givenIntake(station);
      await vi.waitFor(async () => expect(await station.count('log_readers')).toBe(0), PATIENT);
      await givenWebhook('work-order.registered');
      await givenIntake(station);
      await arrived(2);
      expect(await station.count('webhook_deliveries')).toBe(2);
    });
  });
});

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['::', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['fe80::1', true],
  ['fd00:ec2::254', true],
  ['64:ff9b::7f00:1', true],
  ['2606:4700:4700::1111', false],
])('%s is an inner address: %s', (address, expected) => {
  expect(isInner(address)).toBe(expected);
});

test('a name that leads inside is refused where it is looked up', async () => {
  const error = await new Promise((resolve) => lookupOuter('localhost', { all: true }, resolve));
  expect(error).toMatchObject({ name: 'InnerAddressError' });
});
