import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { FLAGS, PROGRAMS } from '../../../build/lib/bundles.mjs';

/** What a process has used since it began: µs of CPU in all its threads; bytes of memory at most. */
export type Metered = Readonly<{ cpu: number; rss: number }>;

export type MeteredProcess = Readonly<{
  /** The next line it says that fits. @throws when it ends without */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  say(line: string): void;
  used(): Promise<Metered>;
  stop(): Promise<void>;
}>;

const METER = path.join(import.meta.dirname, 'meter.mjs');

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A program as its own process, ours with the flags it is run with. Killed when the bench ends. */
export function startMetered(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): MeteredProcess {
  const flags = Object.values(PROGRAMS).includes(script) ? FLAGS : [];
  const child = spawn(process.execPath, [...flags, '--import', METER, script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
  });
  const kill = () => child.kill('SIGKILL');
  running.add(child);
  child.once('exit', () => running.delete(child));
  const lines = linesOf(child);
  return {
    line: lines,
    say: (line) => void child.stdin?.write(`${line}\n`),
    used: async () => {
      child.send('measure');
      const [answer] = (await once(child, 'message')) as [Metered];
      return answer;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(kill, 5000);
      await gone;
      clearTimeout(timer);
    },
  };
}

function linesOf(child: ChildProcess): MeteredProcess['line'] {
  const said: string[] = [];
  let wake = () => {};
  let isOver = false;
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      wake();
    });
  child.once('close', () => {
    isOver = true;
    wake();
  });
  return async (pattern) => {
    for (;;) {
      const line = said.shift();
      const match = line === undefined ? null : pattern.exec(line);
      if (match) return match;
      if (line !== undefined) continue;
      if (isOver) throw new Error(`${child.spawnargs.slice(1).join(' ')} ended without saying ${String(pattern)}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
}

/** What was used between two readings, of several processes together. */
export function cpuBetween(before: readonly Metered[], after: readonly Metered[]): number {
  return after.reduce((sum, { cpu }, i) => sum + cpu - (before[i]?.cpu ?? 0), 0);
}
