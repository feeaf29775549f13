import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Received = Readonly<{ headers: IncomingHttpHeaders; body: string; id: string }>;

/** Somebody else's system: takes what it is sent, or answers as it is told to. */
export async function startReceiver(delayMs = 0) {
  const received: Received[] = [];
  const behaviour = { status: 200, headers: {} as Record<string, string>, isSilent: false };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { id } = JSON.parse(body) as { id: string };
      received.push({ headers: request.headers, body, id });
      if (!behaviour.isSilent)
        void sleep(delayMs).then(() => response.writeHead(behaviour.status, behaviour.headers).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}/hook`, port, received, behaviour, close };
}
