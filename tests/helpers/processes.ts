import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type RunningStation = Readonly<{ address: string; kill(): Promise<void> }>;

/** The station service as its own process on a free port, as users run it. */
export async function startStation(dataFolder: string): Promise<RunningStation> {
  const child = spawn(process.execPath, ['server/station/main.ts', '--data', dataFolder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await addressOf(child);
  return { address, kill: () => kill(child) };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      const match = /http:\/\/[\d.]+:\d+/.exec(line);
      if (match) return match[0];
    }
  }
  throw new Error(`the station did not start: ${errors}`);
}

/** The power cut: no handler runs, nothing is flushed. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
