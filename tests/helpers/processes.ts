import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

type Running = Readonly<{
  /** The power cut: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** As a service manager stops it; its exit code. */
  stop(): Promise<number | null>;
}>;

export type RunningStation = Running & Readonly<{ address: string }>;
export type RunningLan = RunningStation & Readonly<{ lan: string; fingerprint: string }>;
export type RunningCentral = Running & Readonly<{ address: string; fingerprint: string }>;

const STATION = PROGRAMS.station;

/** The station service as its own process on a free port, as users run it. */
export async function startStation(dataFolder: string): Promise<RunningStation> {
  const child = start([STATION, '--data', dataFolder, '--port', '0']);
  const [address = ''] = await said(child, /(http:\/\/[\d.]+:\d+)/);
  return { address, ...endingOf(child) };
}

/** The same, reached by other PCs, too. */
export async function startLanStation(dataFolder: string, lanPort = 0): Promise<RunningLan> {
  const child = start([STATION, '--data', dataFolder, '--port', '0', '--lan', '--lan-port', String(lanPort)]);
  const [address = '', port = '', fingerprint = ''] = await said(
    child,
    /(http:\/\/[\d.]+:\d+)[^]*https:\/\/[^/]+:(\d+)\/ {2}([0-9A-F:]{95})/,
  );
  return { address, lan: `https://127.0.0.1:${port}`, fingerprint, ...endingOf(child) };
}

type CentralOptions = Readonly<{ databaseUrl?: string; port?: number; args?: readonly string[] }>;

/** The central server as its own process on loopback. */
export async function startCentral(
  dataFolder: string,
  { databaseUrl = '', port = 0, args = [] }: CentralOptions = {},
): Promise<RunningCentral> {
  const call = [PROGRAMS.cli, 'server', '--json', '--data', dataFolder, '--host', '127.0.0.1', '--port', String(port)];
  const child = start([...call, ...args], { DATABASE_URL: databaseUrl });
  const [json = '{}'] = await said(child, /(\{"address":.*\})/);
  return { ...(JSON.parse(json) as { address: string; fingerprint: string }), ...endingOf(child) };
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
}

/** What stands in the pattern's groups, as soon as the process has written it. */
async function said(child: ChildProcess, pattern: RegExp): Promise<string[]> {
  let errors = '';
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      text += `${line}\n`;
      const match = pattern.exec(text);
      if (match) return match.slice(1);
    }
  }
  throw new Error(`the service did not start: ${errors}`);
}

function endingOf(child: ChildProcess): Running {
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return child.exitCode;
  };
  return { kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') };
}
