import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { RequestHeadersPlugin } from '@orpc/server/plugins';

/** A port as the utility process gets it. */
export type ServicePort = Readonly<{
  on(event: string, listener: (event?: { data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
}>;

/** Serves procedures on ports, as the HTTP server does on sockets: the same calls with the same headers. */
export function createPortHost(router: AnyRouter): (port: ServicePort) => void {
  const handler = new RPCHandler(router, { plugins: [new RequestHeadersPlugin()] });
  return (port) => {
    handler.upgrade(
      {
        on: (event, listener) => void port.on(event, listener),
        postMessage: (message: unknown) => port.postMessage(message),
      },
      { context: {} },
    );
    port.start(); // What arrived before was kept for us.
  };
}
