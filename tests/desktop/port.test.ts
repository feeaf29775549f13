import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { superviseStation, type StationEvent, type Supervisor } from '#electron/supervisor.ts';
import { createCompanyIn } from '#server/station/create-company.ts';
import { databaseIn } from '#server/station/service.ts';
import { temporaryFolder } from '#tests/helpers/station.ts';
import { openDesktopPage } from './lib/page.ts';
import { startStationThread, type StationThread } from './lib/station-thread.ts';

/** The interface's own client, over a port, to the station process under its supervisor; only Electron itself is played. */

const folder = temporaryFolder();
const page = openDesktopPage();
const { call } = await import('#renderer/api/client.ts');
const { keepToken, dropToken, readToken } = await import('#renderer/api/token.ts');

const company = {
  code: 'SH01',
  name: '上海一站',
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  administrator: { number: 'E001', name: '王丽', password: 'password-1' },
};

let child: StationThread;
let station: Supervisor<MessagePort>;
const events: StationEvent[] = [];

function connect(): void {
  const { port1, port2 } = new MessageChannel();
  expect(station.connect(port1)).toBe(true);
  page.handOver(port2);
}

async function nextEvent(count: number): Promise<StationEvent | undefined> {
  await vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(count), { timeout: 20_000 });
  return events[count - 1];
}

beforeAll(async () => {
  await createCompanyIn(databaseIn(folder.path), company);
  station = superviseStation<MessagePort>({
    fork: () => (child = startStationThread(folder.path)),
    onEvent: (event) => events.push(event),
    now: Date.now,
  });
  expect(await nextEvent(1)).toEqual({ kind: 'up', mode: 'company', isRestart: false });
});

afterAll(async () => {
  await station.stop();
  folder.remove();
});

test('what is asked before the port has come is answered when it has', async () => {
  const answer = call('session.signIn', { number: 'E001', password: 'password-1' });
  connect();
  const { token, actor } = await answer;
  expect(actor.number).toBe('E001');
  keepToken(token);
});

test('a port from another window, or with another word, is not taken', async () => {
  const { port1, port2 } = new MessageChannel();
  let isAsked = false;
  port1.on('message', () => (isAsked = true));
  page.handOver(port2, 'another:port');
  page.handOver(port2, undefined, {});
  expect((await call('session.current', {})).actor.number).toBe('E001');
  expect(isAsked).toBe(false);
  port1.close();
});

const INTAKE = {
  customer: { name: '张伟', phone: '13800000001' },
  device: { category: '电饭煲', brand: '美的' },
  mode: 'carry-in',
  symptom: '不加热',
} as const;

test('an intake over the port is registered once, however often it is delivered, and found again', async () => {
  const commandId = newId();
  const first = await call('workOrders.registerIntake', INTAKE, { commandId });
  expect(await call('workOrders.registerIntake', INTAKE, { commandId })).toEqual(first);
  const { rows, total } = await call('workOrders.list', { offset: 0, limit: 50 });
  expect(total).toBe(1);
  expect(rows[0]?.number).toBe(first.number);
});

test('a refusal comes over the port with its code and the faulty fields', async () => {
  const error = await call('workOrders.list', { offset: -1, limit: 50 }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'input.invalid', details: { faults: [{ path: 'offset' }] } });
});

test('without a session nothing is told', async () => {
  const token = readToken() ?? '';
  dropToken();
  await expect(call('workOrders.list', { offset: 0, limit: 50 })).rejects.toMatchObject({ code: 'session.required' });
  keepToken(token);
});

test('when the process falls, what was under way is told as lost, and the next port serves on with the same session', async () => {
  const underWay = call('workOrders.list', { offset: 0, limit: 50 }).catch((error: unknown) => error);
  await child.crash();
  expect(await underWay).toMatchObject({ code: 'connection.lost' });
  const meanwhile = call('session.current', {});
  expect(await nextEvent(2)).toEqual({ kind: 'up', mode: 'company', isRestart: true });
  connect();
  expect((await meanwhile).actor.number).toBe('E001');
  expect((await call('workOrders.list', { offset: 0, limit: 50 })).total).toBe(1);
});
