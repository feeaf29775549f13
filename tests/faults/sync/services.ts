import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** Servers and stations as real processes that are killed, started again and given wrong clocks. */

export type Service = Readonly<{
  name: string;
  /** Where it serves, as long as it runs; null while it is dead. */
  port(): number | null;
  /** Starts it unless it runs. @throws when it doesn't come up */
  start(): Promise<void>;
  /** The power cut: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** ms by which its clock is wrong from now on, and how much faster than time it goes. */
  setClock(offset: number, rate?: number): void;
  kills(): number;
}>;

export type Program = Readonly<{
  name: string;
  folder: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
}>;

const CLOCK = path.join(import.meta.dirname, 'clock.ts');
/** A machine with two cores and other work to do starts ten processes slowly. */
const STARTS_WITHIN_MS = 240_000;

const running = new Set<ChildProcess>();
process.on('exit', killAll);

/** Whatever is still there. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** What it prints goes into `<name>.log` beside its data, for whoever looks into a violation. */
export function serviceOf({ name, folder, args, env = {} }: Program): Service {
  mkdirSync(folder, { recursive: true });
  const clockFile = path.join(folder, `${name}.clock.json`);
  const log = path.join(folder, `${name}.log`);
  let child: ChildProcess | undefined;
  let port: number | null = null;
  let kills = 0;
  let isWanted = false;

  const start = async () => {
    isWanted = true;
    if (child) return;
    const started = spawn(process.execPath, ['--import', CLOCK, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_NO_WARNINGS: '1', ...env, MENDWAY_TEST_CLOCK: clockFile },
    });
    child = started;
    running.add(started);
    started.stderr.on('data', (chunk: Buffer) => appendFileSync(log, chunk));
    started.once('exit', (code, signal) => {
      running.delete(started);
      if (child === started) [child, port] = [undefined, null];
      appendFileSync(log, `--- ended: ${code ?? signal}\n`);
    });
    const found = await Promise.race([portOf(started, log), sleep(STARTS_WITHIN_MS, null, { ref: false })]);
    if (child === started) port = found;
    if (found === null && isWanted) throw new Error(`${name} did not start; see ${log}`);
  };

  return {
    name,
    port: () => port,
    start,
    kill: async () => {
      isWanted = false;
      if (!child) return;
      kills += 1;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    setClock: (offset, rate = 1) => writeFileSync(clockFile, JSON.stringify({ offset, rate })),
    kills: () => kills,
  };
}

/** Null when it ends without having said where it serves. */
async function portOf(child: ChildProcess, log: string): Promise<number | null> {
  if (!child.stdout) return null;
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      appendFileSync(log, `${line}\n`);
      const match = /https?:\/\/[\w.[\]:-]+:(\d+)/.exec(line);
      if (match) resolve(Number(match[1]));
    });
    child.once('exit', () => resolve(null));
  });
}
