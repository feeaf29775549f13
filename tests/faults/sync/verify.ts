import { spawn } from 'node:child_process';
import { PROGRAMS } from '../../../build/lib/bundles.mjs';

/** What `mendway sync verify` says of a station and its server, in words; empty when they are equal. */
export async function verified(dataFolder: string): Promise<string[]> {
  const child = spawn(process.execPath, [PROGRAMS.cli, 'sync', 'verify', '--data', dataFolder, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return code === 0 ? [] : [`exit code ${code}: ${said.stdout}${said.stderr}`];
}
