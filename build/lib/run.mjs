// Starting other programs from the build scripts. Node built-ins only: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The shell's convention for a program ended by a signal: 128 plus the signal's number. */
const exitCodeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs a program with this terminal, forwards interrupts to it and gives its exit code.
 * Throws only when the program cannot be started at all.
 */
export function run(command, args, options = {}) {
  const { timeoutMs, ...spawnOptions } = options;
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', windowsHide: true, ...spawnOptions });
  const forward = FORWARDED.map((signal) => [signal, () => child.kill(signal)]);
  forward.forEach(([signal, listener]) => process.on(signal, listener));
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
  }).finally(() => {
    clearTimeout(timer);
    forward.forEach(([signal, listener]) => process.off(signal, listener));
  });
}

/** Runs a program quietly and gives what it printed; `code` is its exit code. */
export async function capture(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, ...options });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8').on('data', (chunk) => (text[stream] += chunk));
  }
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      text.stderr += error.message;
      resolve(127);
    });
    child.once('close', (status, signal) => resolve(exitCodeOf(status, signal)));
  });
  return { code, ...text };
}

/** One line of progress, on stderr, so that stdout stays with whatever the command is asked to print. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** A refusal the user can act on: printed as it is, without a stack. */
export class Refusal extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a script's main function and ends the process with its exit code. */
export async function main(work) {
  try {
    process.exitCode = await work(process.argv.slice(2));
  } catch (error) {
    say(error instanceof Refusal ? `mendway: ${error.message}` : String(error?.stack ?? error));
    process.exitCode = error instanceof Refusal ? error.exitCode : 1;
  }
}
