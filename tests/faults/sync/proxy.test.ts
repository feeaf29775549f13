import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededRandom } from '#server/sample/random.ts';
import { openFaultProxy, type Fate, type FaultProxy } from './proxy.ts';

/** The bad line is bad in the ways it says: otherwise the fault test would prove nothing. */

type Arrival = Readonly<{ body: string; isWhole: boolean }>;

let server: http.Server;
let arrivals: Arrival[];
const proxies: FaultProxy[] = [];

beforeEach(async () => {
  arrivals = [];
  server = http.createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function receive(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  let body = '';
  try {
    for await (const chunk of request) body += String(chunk);
    arrivals.push({ body: body.slice(0, 10), isWhole: true });
    response.end(`got ${body}`);
  } catch {
    arrivals.push({ body: body.slice(0, 10), isWhole: false });
  }
}

async function proxyWith(fate: Fate, patience: number, seed = 7, delay = 0): Promise<FaultProxy> {
  const upstreams = () => [(server.address() as net.AddressInfo).port];
  const proxy = await openFaultProxy({ random: seededRandom(seed), upstreams, fates: { [fate]: 1 }, patience, delay });
  proxies.push(proxy);
  return proxy;
}

async function post(proxy: FaultProxy, body: string): Promise<string> {
  try {
    const answer = await fetch(`http://127.0.0.1:${proxy.port}/`, {
      method: 'POST',
      body,
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(2000),
    });
    return (await answer.text()).slice(0, 20);
  } catch {
    return 'failed';
  }
}

const LONG = 'x'.repeat(400_000);

test('a plain connection carries everything both ways, however late its pieces', async () => {
  const proxy = await proxyWith('plain', 10, 7, 20);
  expect(await post(proxy, 'hello')).toBe('got hello');
  expect(proxy.counts.plain).toBe(1);
});

test('a cut connection delivers half a request and no answer', async () => {
  const proxy = await proxyWith('cut', 100_000);
  for (let n = 0; n < 8; n++) expect(await post(proxy, LONG)).toBe('failed');
  await sleep(50);
  expect(arrivals.length).toBeGreaterThan(0);
  expect(arrivals.every(({ isWhole }) => !isWhole)).toBe(true);
});

test('half a connection ends while the other half goes on', async () => {
  const proxy = await proxyWith('halfClose', 2);
  const socket = net.connect(proxy.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume().write('POST / HTTP/1.1\r\n');
  await once(socket, 'close');
  expect(arrivals.every(({ isWhole }) => !isWhole)).toBe(true);
});

test('a stalled connection is silent for a while', async () => {
  const proxy = await proxyWith('stall', 2);
  const started = performance.now();
  await post(proxy, 'hello');
  expect(performance.now() - started).toBeGreaterThan(250);
});

test('a request arrives whole, its answer is lost, and the sender asks again', async () => {
  const proxy = await proxyWith('answerLost', 2);
  expect(await post(proxy, 'once')).toBe('failed');
  proxy.heal();
  expect(await post(proxy, 'once')).toBe('got once');
  expect(arrivals).toEqual([
    { body: 'once', isWhole: true },
    { body: 'once', isWhole: true },
  ]);
});

test('a straggler arrives after what its sender has sent since', async () => {
  const proxy = await proxyWith('straggler', 2);
  expect(await post(proxy, 'first')).toBe('failed');
  const plain = await proxyWith('plain', 10);
  expect(await post(plain, 'second')).toBe('got second');
  await expect.poll(() => arrivals.map(({ body }) => body), { timeout: 8000 }).toEqual(['second', 'first']);
});

test('connections held back begin in another order', async () => {
  const proxy = await proxyWith('heldBack', 10);
  const answers = ['first', 'second', 'third'].map(async (body) => {
    if (body !== 'first') await sleep(body === 'second' ? 20 : 40);
    return post(proxy, body);
  });
  expect(await Promise.all(answers)).toEqual(['got first', 'got second', 'got third']);
  expect(arrivals[0]?.body).not.toBe('first');
});

test('nothing gets through a partition, and after it everything does', async () => {
  const proxy = await proxyWith('plain', 10);
  for (const manner of ['reset', 'silent'] as const) {
    proxy.partition(manner);
    expect(await post(proxy, manner)).toBe('failed');
  }
  expect(arrivals).toEqual([]);
  proxy.reconnect();
  expect(await post(proxy, 'back')).toBe('got back');
});

test('a healed line is an ordinary one', async () => {
  const proxy = await proxyWith('cut', 2);
  expect(await post(proxy, 'hello')).toBe('failed');
  proxy.heal();
  for (let n = 0; n < 5; n++) expect(await post(proxy, LONG)).toContain('got xxx');
  expect(proxy.counts.cut).toBe(1);
});

test('the same seed gives the same fates', async () => {
  const fates = async (seed: number) => {
    const upstreams = () => [(server.address() as net.AddressInfo).port];
    const proxy = await openFaultProxy({ random: seededRandom(seed), upstreams, patience: 10 });
    proxies.push(proxy);
    const sockets = Array.from({ length: 40 }, () => net.connect(proxy.port, '127.0.0.1').on('error', () => {}));
    await expect.poll(() => Object.values(proxy.counts).reduce((sum, n) => sum + n, 0)).toBe(40);
    for (const socket of sockets) socket.destroy();
    return { ...proxy.counts };
  };
  expect(await fates(3)).toEqual(await fates(3));
});
