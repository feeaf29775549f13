import { execFile } from 'node:child_process';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

export type CliResult = Readonly<{ code: number; out: string; err: string }>;

/** The command line as its own process, as administrators and scripts use it. */
export function mendway(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const env = { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAMS.cli, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err });
    });
  });
}
