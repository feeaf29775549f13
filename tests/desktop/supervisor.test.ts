import { expect, test, vi } from 'vitest';
import { superviseStation, type StationEvent } from '#electron/supervisor.ts';

/** Children that do what the test says, in place of utility processes. */
function openSupervisor() {
  const children: { say(message: unknown): void; end(code: number): void; sent: unknown[]; kill: () => void }[] = [];
  const events: StationEvent[] = [];
  const clock = { now: 0 };
  const fork = () => {
    const heard: ((message: unknown) => void)[] = [];
    const ends: ((code: number) => void)[] = [];
    const sent: unknown[] = [];
    const kill = vi.fn(() => ends.forEach((listener) => listener(143)));
    children.push({
      say: (message) => heard.forEach((listener) => listener(message)),
      end: (code) => ends.forEach((listener) => listener(code)),
      sent,
      kill,
    });
    return {
      postMessage: (command: unknown, ports: unknown[] = []) => void sent.push(command, ...ports),
      onMessage: (listener: (message: unknown) => void) => void heard.push(listener),
      onExit: (listener: (code: number) => void) => void ends.push(listener),
      kill,
    };
  };
  const supervisor = superviseStation<string>({ fork, onEvent: (event) => events.push(event), now: () => clock.now });
  return { supervisor, children, events, clock };
}

const UP = { kind: 'up', mode: 'company' };

test('a port is handed over as soon as the service is up, and not before', () => {
  const { supervisor, children, events } = openSupervisor();
  expect(supervisor.connect('port')).toBe(false);
  children[0]?.say(UP);
  expect(events).toEqual([{ ...UP, isRestart: false }]);
  expect(supervisor.connect('port')).toBe(true);
  expect(children[0]?.sent).toEqual([{ kind: 'serve' }, 'port']);
});

test('a service that falls is started again, and that is told', () => {
  const { supervisor, children, events } = openSupervisor();
  children[0]?.say(UP);
  children[0]?.end(139);
  expect(children).toHaveLength(2);
  expect(supervisor.connect('port')).toBe(false);
  children[1]?.say(UP);
  expect(events.at(-1)).toEqual({ ...UP, isRestart: true });
  children[1]?.say({ kind: 'up', mode: 'first-run' });
  expect(events.at(-1)).toEqual({ kind: 'up', mode: 'first-run', isRestart: false });
});

test('a service that falls four times within a minute is not started again', () => {
  const { children, events } = openSupervisor();
  for (let n = 0; n < 4; n += 1) children[n]?.end(1);
  expect(children).toHaveLength(4);
  expect(events).toEqual([{ kind: 'gave-up' }]);
});

test('falls that lie further apart are forgiven', () => {
  const { children, events, clock } = openSupervisor();
  for (let n = 0; n < 10; n += 1) {
    clock.now += 30_000;
    children[n]?.end(1);
  }
  expect(children).toHaveLength(11);
  expect(events).toEqual([]);
});

test('a data folder the service cannot work with is told, and starting again is not tried', () => {
  const { children, events } = openSupervisor();
  children[0]?.say({ kind: 'failed', reason: 'from-future', message: 'schema 99' });
  children[0]?.end(1);
  expect(children).toHaveLength(1);
  expect(events).toEqual([{ kind: 'failed', reason: 'from-future', message: 'schema 99' }]);
});

test.each([null, 'up', {}, { kind: 'up' }, { kind: 'up', mode: 'root' }, { kind: 'failed', reason: 1, message: 'x' }])(
  'what is no report (%o) is not listened to',
  (message) => {
    const { children, events } = openSupervisor();
    children[0]?.say(message);
    expect(events).toEqual([]);
  },
);

test('stopping waits until the service has ended, and does not start it again', async () => {
  const { supervisor, children } = openSupervisor();
  children[0]?.say(UP);
  let isStopped = false;
  const stopped = supervisor.stop().then(() => (isStopped = true));
  expect(children[0]?.sent).toEqual([{ kind: 'stop' }]);
  await Promise.resolve();
  expect(isStopped).toBe(false);
  children[0]?.end(0);
  await stopped;
  expect(children).toHaveLength(1);
});

test('a service that does not end when asked is ended', async () => {
  vi.useFakeTimers();
  const { supervisor, children } = openSupervisor();
  const stopped = supervisor.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  await stopped;
  expect(children[0]?.kill).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
