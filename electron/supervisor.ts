import { parseReport, type FailureReason, type StationCommand, type StationMode } from './messages.ts';

/** Keeps the station's process running: when it ends unasked, it is started again, until that happens too often. */

/** A utility process, as far as it is needed here. */
export type StationChild<Port> = Readonly<{
  postMessage(command: StationCommand, ports?: Port[]): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}>;

export type StationEvent = Readonly<
  | { kind: 'up'; mode: StationMode; isRestart: boolean }
  | { kind: 'failed'; reason: FailureReason; message: string }
  | { kind: 'gave-up' }
>;

export type Supervisor<Port> = Readonly<{
  /** Hands a port to the service. False while there is none: the next `up` says when to try again. */
  connect(port: Port): boolean;
  /** Lets the service finish what it is doing and end. */
  stop(): Promise<void>;
}>;

type Options<Port> = Readonly<{ fork(): StationChild<Port>; onEvent(event: StationEvent): void; now(): number }>;

/** More unexpected ends than this within a minute, and starting it again is no help. */
const MOST_RESTARTS = 3;
const MINUTE = 60_000;
/** Time for the service to commit what it has begun. */
const STOP_MS = 5_000;

export function superviseStation<Port>({ fork, onEvent, now }: Options<Port>): Supervisor<Port> {
  let child: StationChild<Port> | undefined;
  let isUp = false;
  let isStopping = false;
  let hasFailed = false;
  let isRestart = false;
  let restarts: readonly number[] = [];
  let ended = Promise.withResolvers<void>();

  function start(): void {
    const started = fork();
    child = started;
    started.onMessage(hear);
    started.onExit(end);
  }

  function hear(message: unknown): void {
    const report = parseReport(message);
    if (!report) return;
    if (report.kind === 'up') {
      isUp = true;
      onEvent({ kind: 'up', mode: report.mode, isRestart });
      isRestart = false;
      return;
    }
    hasFailed = true;
    onEvent(report);
  }

  function end(): void {
    child = undefined;
    isUp = false;
    ended.resolve();
    if (isStopping || hasFailed) return;
    restarts = [...restarts.filter((at) => at > now() - MINUTE), now()];
    if (restarts.length > MOST_RESTARTS) return onEvent({ kind: 'gave-up' });
    ended = Promise.withResolvers<void>();
    isRestart = true;
    start();
  }

  function connect(port: Port): boolean {
    if (!isUp || !child) return false;
    child.postMessage({ kind: 'serve' }, [port]);
    return true;
  }

  async function stop(): Promise<void> {
    isStopping = true;
    if (!child) return;
    const last = child;
    last.postMessage({ kind: 'stop' });
    const timer = setTimeout(() => last.kill(), STOP_MS);
    await ended.promise;
    clearTimeout(timer);
  }

  start();
  return { connect, stop };
}
