import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#server/sample/random.ts';

/**
 * A bad line between a station and its server: TCP on loopback, cut, held up and muddled by seeded chance. What TLS forbids
 * within a connection (another order, the same again) happens between connections: an answer is lost after its request has
 * arrived, so the station asks again; a request arrives long after its sender has given up and asked anew.
 */
export type FaultProxy = Readonly<{
  port: number;
  /** How many connections met which fate. */
  counts: Readonly<Record<Fate, number>>;
  /** From now on nothing gets through: connections are reset, or taken and never answered. */
  partition(manner: 'reset' | 'silent'): void;
  /** The partition is over. */
  reconnect(): void;
  /** From now on an ordinary line: new connections are carried plainly, and those with a fate are cut. */
  heal(): void;
  /** From now on a bad line again. */
  worsen(): void;
  close(): Promise<void>;
}>;

/** What happens to a connection, when it has carried so and so many bytes. */
export type Fate = keyof typeof USUAL;

/** Of a hundred connections. */
const USUAL = {
  plain: 30,
  /** Both sides are cut at any byte. */
  cut: 20,
  /** One direction ends at any byte, the other goes on a while. */
  halfClose: 8,
  /** Nothing for seconds, then on, or cut. */
  stall: 10,
  /** The request arrives, its answer doesn't. */
  answerLost: 16,
  /** The sender is cut off; what it has sent arrives seconds later. */
  straggler: 8,
  /** Waits before it begins; those that wait begin in another order. */
  heldBack: 8,
} as const;

export type ProxySetup = Readonly<{
  random: Random;
  /** Ports of the servers that are there at the moment; each connection takes any. */
  upstreams(): readonly number[];
  fates?: Partial<Record<Fate, number>>;
  /** Bytes a connection carries at most until its fate. */
  patience?: number;
  /** ms by which each piece may be late, at most. */
  delay?: number;
}>;

type Connection = Readonly<{ client: net.Socket; fate: Fate; after: number }>;

type Line = ProxySetup & {
  isHealed: boolean;
  partition: 'reset' | 'silent' | undefined;
  readonly open: Map<net.Socket, Connection>;
  readonly waiting: (() => void)[];
  readonly counts: Record<Fate, number>;
};

export async function openFaultProxy(setup: ProxySetup): Promise<FaultProxy> {
  const counts = Object.fromEntries(Object.keys(USUAL).map((fate) => [fate, 0])) as Record<Fate, number>;
  const line: Line = { ...setup, isHealed: false, partition: undefined, open: new Map(), waiting: [], counts };
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => accept(line, client));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cutAll = (which: (connection: Connection) => boolean) => {
    for (const connection of line.open.values()) if (which(connection)) connection.client.resetAndDestroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    counts,
    partition(manner) {
      line.partition = manner;
      cutAll(() => manner === 'reset' || line.random.chance(0.5));
    },
    reconnect() {
      line.partition = undefined;
      cutAll(() => true);
    },
    heal() {
      line.isHealed = true;
      line.partition = undefined;
      cutAll(({ fate }) => fate !== 'plain');
    },
    worsen() {
      line.isHealed = false;
      cutAll(() => true);
    },
    async close() {
      line.waiting.length = 0;
      cutAll(() => true);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function accept(line: Line, client: net.Socket): void {
  const fate = line.isHealed ? 'plain' : fateOf(line);
  // Small amounts as likely as large ones: within the handshake now and then, else in a request's head or body, or after many.
  const most = line.patience ?? 60_000;
  const least = line.random.chance(0.3) ? 1 : Math.min(600, most);
  const after = Math.ceil(least * (most / least) ** line.random.next());
  const connection = { client, fate, after };
  line.counts[fate] += 1;
  line.open.set(client, connection);
  client.once('close', () => line.open.delete(client));
  client.on('error', () => client.destroy());
  if (line.partition === 'reset') return void client.resetAndDestroy();
  if (line.partition === 'silent') return;
  const start = () => void connect(line, connection);
  if (fate === 'heldBack') holdBack(line, start);
  else start();
}

function fateOf({ random, fates = USUAL }: Line): Fate {
  const weights = Object.entries(fates) as [Fate, number][];
  let left = random.next() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [fate, weight] of weights) {
    left -= weight;
    if (left < 0) return fate;
  }
  return 'plain';
}

/** The first that waits opens the door for all that have come meanwhile, the last first. */
function holdBack(line: Line, start: () => void): void {
  line.waiting.push(start);
  if (line.waiting.length > 1) return;
  setTimeout(
    () => {
      for (const one of line.waiting.splice(0).toReversed()) one();
    },
    line.random.between(100, 1500),
  );
}

async function connect(line: Line, connection: Connection): Promise<void> {
  const { client, fate, after } = connection;
  // Held back until the proxy was closed: nobody is there to be asked any more.
  if (client.destroyed) return;
  const ports = line.upstreams();
  if (ports.length === 0) return void client.resetAndDestroy();
  const server = net.connect({ port: line.random.pick(ports), host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  server.on('error', () => client.destroy());
  client.on('error', () => server.destroy());
  const carried = { up: 0, down: 0 };
  const delay = () => (line.isHealed || !line.delay ? 0 : line.random.between(0, line.delay));
  try {
    if (fate === 'straggler') return await deliverLate(line, client, server, after);
    if (fate === 'answerLost') return await loseAnswer(line, client, server, after);
    const carry = async (way: 'up' | 'down', from: net.Socket, to: net.Socket) => {
      for await (const chunk of piecesOf(from)) {
        const room = after - carried.up - carried.down;
        carried[way] += chunk.length;
        await sleep(delay());
        if (fate === 'plain' || fate === 'heldBack' || room > chunk.length || room < 0) await pass(to, chunk);
        else if ((await meet(line, fate, from, to, chunk, room)) === 'over') return;
      }
      to.end();
    };
    await Promise.all([carry('up', client, server), carry('down', server, client)]);
  } catch {
    client.destroy();
    server.destroy();
  }
}

/** The moment of a connection's fate, `room` bytes into a piece. */
async function meet(
  line: Line,
  fate: Fate,
  from: net.Socket,
  to: net.Socket,
  chunk: Buffer,
  room: number,
): Promise<'over' | 'goes on'> {
  await pass(to, chunk.subarray(0, room));
  if (fate === 'stall') {
    await sleep(line.isHealed ? 0 : line.random.between(300, 5000));
    if (line.random.chance(0.5)) {
      await pass(to, chunk.subarray(room));
      return 'goes on';
    }
  }
  if (fate === 'halfClose') {
    to.end();
    await sleep(line.random.between(50, 1000));
  }
  for (const socket of [from, to]) {
    if (line.random.chance(0.5)) socket.resetAndDestroy();
    else socket.destroy();
  }
  return 'over';
}

/** Carries both ways; once `after` bytes have gone up, what comes down is dropped, and when the sender is done both are cut. */
async function loseAnswer(line: Line, client: net.Socket, server: net.Socket, after: number): Promise<void> {
  let sent = 0;
  let quiet: NodeJS.Timeout | undefined;
  const cut = () => {
    client.resetAndDestroy();
    server.destroy();
  };
  const up = async () => {
    for await (const chunk of piecesOf(client)) {
      sent += chunk.length;
      await pass(server, chunk);
      if (sent < after) continue;
      clearTimeout(quiet);
      quiet = setTimeout(cut, line.random.between(100, 600));
    }
    server.end();
  };
  const down = async () => {
    for await (const chunk of piecesOf(server)) if (sent < after) await pass(client, chunk);
    client.end();
  };
  await Promise.all([up(), down()]);
}

/** Carries both ways; what is sent after the first `after` bytes up is kept, the sender cut off, and all of it delivered later. */
async function deliverLate(line: Line, client: net.Socket, server: net.Socket, after: number): Promise<void> {
  let sent = 0;
  const kept: Buffer[] = [];
  let quiet: NodeJS.Timeout | undefined;
  const down = async () => {
    for await (const chunk of piecesOf(server)) if (!client.destroyed) await pass(client, chunk);
    client.end();
  };
  const deliver = async () => {
    client.resetAndDestroy();
    await sleep(line.isHealed ? 0 : line.random.between(200, 6000));
    for (const chunk of kept) await pass(server, chunk);
    await sleep(1000); // the server answers nobody
    server.destroy();
  };
  const up = async () => {
    for await (const chunk of piecesOf(client)) {
      sent += chunk.length;
      if (sent < after) {
        await pass(server, chunk);
        continue;
      }
      kept.push(chunk);
      clearTimeout(quiet);
      quiet = setTimeout(() => void deliver().catch(() => server.destroy()), 120);
    }
    if (kept.length === 0) server.end();
  };
  await Promise.all([up().catch(() => kept.length === 0 && server.destroy()), down().catch(() => client.destroy())]);
}

/** Reading to the end leaves the other direction open. */
const piecesOf = (socket: net.Socket): AsyncIterable<Buffer> => ({
  [Symbol.asyncIterator]: () => socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>,
});

async function pass(to: net.Socket, chunk: Buffer): Promise<void> {
  if (chunk.length === 0) return;
  if (to.destroyed) throw new Error('the other side is gone');
  if (!to.write(chunk)) await Promise.race([drained(to), sleep(10_000)]);
}

const drained = (socket: net.Socket) =>
  new Promise<void>((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', () => resolve());
  });
