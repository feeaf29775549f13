import net from 'node:net';

/** A line between two processes that counts what goes over it, and begins when it is opened. */
export type Relay = Readonly<{
  port: number;
  /** From now on connections are taken; resolves with the time (`performance.now()`) of the first byte. */
  open(): Promise<number>;
  /** Connections are cut, and no more taken. */
  shut(): void;
  /** Bytes in both directions so far. */
  bytes(): number;
  close(): Promise<void>;
}>;

/** @param port of the server behind it */
export async function openRelay(port: () => number): Promise<Relay> {
  let isOpen = false;
  let carried = 0;
  let first = (_at: number) => {};
  const sockets = new Set<net.Socket>();
  const keep = (socket: net.Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const count = (chunk: Buffer) => {
    if (carried === 0) first(performance.now());
    carried += chunk.length;
  };
  const server = net.createServer({ noDelay: true }, (client) => {
    keep(client);
    if (!isOpen) return void client.destroy();
    const upstream = net.connect({ port: port(), host: '127.0.0.1', noDelay: true });
    keep(upstream);
    client.on('data', count).pipe(upstream);
    upstream.on('data', count).pipe(client);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    open: () => {
      carried = 0;
      isOpen = true;
      return new Promise((resolve) => (first = resolve));
    },
    shut: () => {
      isOpen = false;
      for (const socket of sockets) socket.destroy();
    },
    bytes: () => carried,
    close: async () => {
      isOpen = false;
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
