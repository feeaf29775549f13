import { createORPCClient, type ClientLink } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { FastifyInstance } from 'fastify';
import { MessageChannel } from 'node:worker_threads';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPortHost } from '#electron/port-host.ts';
import { createHttpApp } from '#server/http/app.ts';
import { routerOf } from '#server/rpc/router.ts';
import { databaseIn, openStationService, type StationService } from '#server/station/service.ts';
import { givenAuditedWork } from '../helpers/given-pay.ts';
import { givenCompany, inCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

/** A command of many seconds, from afar: told how far it is, ended by whoever asked for it. */

type Call = (input: unknown, options?: Readonly<{ signal?: AbortSignal }>) => Promise<unknown>;
type Client = Readonly<Record<string, Readonly<Record<string, Call>>>>;
type Headers = Readonly<Record<string, string>>;

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const ORDERS = 2500;

describe.each(['HTTP', 'a port'])('over %s', (way) => {
  let folder: ReturnType<typeof temporaryFolder>;
  let service: StationService;
  let app: FastifyInstance;
  let address: string;
  let authorization: string;
  let periodId: string;
  const bugs: unknown[] = [];
  const ports: { close(): void }[] = [];

  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['accountant']);
    periodId = await inCompany(folder.path, async (run) => (await run('payroll.openPeriod', MARCH)).id);
    service = await openStationService(databaseIn(folder.path));
    const { unitId } = service.environment.station;
    const [own] = await service.store.read((sql) =>
      sql.all<{ id: string }>(`SELECT id FROM employees WHERE number = 'accountant'`),
    );
    await givenAuditedWork(service.store, { unitId, employeeIds: [own?.id ?? ''], orders: ORDERS });
    app = await createHttpApp(service, (error) => bugs.push(error));
    address = await app.listen({ host: '127.0.0.1', port: 0 });
    const signIn = clientWith({})['session']?.['signIn'];
    const session = (await signIn?.({ number: 'accountant', password: PASSWORD })) as { token: string };
    authorization = `Bearer ${session.token}`;
  }, 60_000);
  beforeEach(() => void bugs.splice(0));
  afterEach(() => expect(bugs).toEqual([]));
  afterAll(async () => {
    for (const port of ports) port.close();
    await app.close();
    await service.close();
    folder.remove();
  });

  function clientWith(headers: Headers): Client {
    return createORPCClient<Client>(way === 'HTTP' ? linkOverHttp(headers) : linkOverPort(headers));
  }
  const linkOverHttp = (headers: Headers): ClientLink<object> => new FetchLink({ url: `${address}/rpc`, headers });
  function linkOverPort(headers: Headers): ClientLink<object> {
    const { port1, port2 } = new MessageChannel();
    const serve = createPortHost(routerOf(service, (error) => bugs.push(error)));
    serve({
      on: (event, listener) => port1.on(event, (data: unknown) => listener({ data })),
      postMessage: (message) => port1.postMessage(message),
      start: () => port1.start(),
    });
    ports.push(port1, port2);
    return new PortLink({ port: port2, headers });
  }

  const calculate = (version: number, headers: Headers, signal = new AbortController().signal) =>
    clientWith({ authorization, ...headers })['payroll']?.['calculate']?.({ periodId, version }, { signal });
  const FOLLOWED = { 'mendway-progress': '1' };

  /** When everything that was begun before has come to its end. */
  const stateAfterAll = () =>
    service.store.write(async (trx) => ({
      period: await trx.first('SELECT state, version FROM pay_periods'),
      entries: await trx.first('SELECT COUNT(*) AS n FROM pay_entries'),
      payslips: await trx.first('SELECT COUNT(*) AS n FROM payslips'),
    }));

  test('a calculation that is cancelled in its midst has changed nothing, and is done when it is asked for again', async () => {
    const before = await stateAfterAll();
    const controller = new AbortController();
    const answer = (await calculate(1, FOLLOWED, controller.signal)) as AsyncIterator<number>;
    expect(await answer.next()).toEqual({ done: false, value: 0 });
    controller.abort();
    await expect(answer.next()).rejects.toThrow();
    expect(await stateAfterAll()).toEqual(before);

    const again = (await calculate(1, { ...FOLLOWED, 'idempotency-key': 'again' })) as AsyncIterator<number>;
    const shares: number[] = [];
    let next = await again.next();
    for (; !next.done; next = await again.next()) shares.push(next.value);
    expect(shares.at(-1)).toBe(1);
    expect(next.value).toMatchObject({ id: periodId, version: 2 });
    expect(await calculate(1, { 'idempotency-key': 'again' })).toEqual(next.value);
  }, 60_000);

  test('a refusal of what is followed is the refusal it is', async () => {
    const answer = (await calculate(7, { ...FOLLOWED, 'idempotency-key': uuidv7() })) as AsyncIterator<number>;
    const end = async () => {
      while (!(await answer.next()).done);
    };
    await expect(end()).rejects.toMatchObject({ code: 'document.changed' });
  }, 60_000);
});
