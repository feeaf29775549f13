/** The way to the service: a MessagePort when the desktop shell gives one, HTTP otherwise. */
import type { ClientLink } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { currentLanguage } from '#renderer/text/react.ts';
import { readToken } from './token.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop shell. */
    mendway?: Readonly<{
      isDesktop: boolean;
      /** Saves what would be printed now as a PDF, under a plain name without ending, where the user says. */
      savePaper?: (name: string) => Promise<unknown>;
    }>;
  }
}

export type CallContext = Readonly<{
  commandId?: string | undefined;
  /** The answer is to say how far it is, before it ends with the result. */
  isFollowed?: boolean;
}>;

export type ServiceLink = ClientLink<CallContext>;

function headers(context: CallContext): Record<string, string> {
  const token = readToken();
  return {
    'accept-language': currentLanguage(),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(context.commandId === undefined ? {} : { 'idempotency-key': context.commandId }),
    ...(context.isFollowed ? { 'mendway-progress': '1' } : {}),
  };
}

function linkOverHttp(): ServiceLink {
  return new FetchLink<CallContext>({
    url: `${location.origin}/rpc`,
    headers: ({ context }) => headers(context),
  });
}

function linkOverPort(port: MessagePort): ServiceLink {
  port.start();
  return new PortLink<CallContext>({ port, headers: ({ context }) => headers(context) });
}

// The shell may start its service process anew and hand over another port; the newest one counts.
let awaitedPort = Promise.withResolvers<MessagePort>();
let newestPort: MessagePort | undefined;
let link: Promise<ServiceLink> | undefined;

function receivePort(event: MessageEvent): void {
  const port = event.ports[0];
  if (event.source !== window || event.data !== 'mendway:port' || port === undefined) return;
  if (newestPort !== undefined) awaitedPort = Promise.withResolvers<MessagePort>();
  newestPort = port;
  link = undefined;
  port.addEventListener('close', () => losePort(port));
  awaitedPort.resolve(port);
}

/** The service's process has ended: nobody would answer what is sent now, so it waits for the next port. */
function losePort(port: MessagePort): void {
  if (port !== newestPort) return;
  newestPort = undefined;
  link = undefined;
  awaitedPort = Promise.withResolvers<MessagePort>();
}

if (typeof window !== 'undefined') window.addEventListener('message', receivePort);

/** Resolves with the port of the desktop shell's service as soon as the preload script has handed it over. */
export function waitForPort(): Promise<MessagePort> {
  return awaitedPort.promise;
}

export function serviceLink(): Promise<ServiceLink> {
  link ??= window.mendway?.isDesktop ? waitForPort().then(linkOverPort) : Promise.resolve(linkOverHttp());
  return link;
}
