// Electron's npm package comes without its binary, and merely requiring it tries to download one: look for files instead.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeStamp } from './folders.mjs';
import { findNode, nodeEnvironment } from './node24.mjs';
import { ROOT, run, say } from './run.mjs';

const PACKAGE = path.join(ROOT, 'node_modules/electron');
/** Lies in node_modules, so that a new installation tries again. */
const FAILED = path.join(ROOT, 'node_modules/.mendway-electron-unavailable');

const DEFAULT_NAME = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };

/** The time to learn that there is no way to the download, and the time for a download that can begin. */
const PROBE_MS = 5_000;
const UNPROVEN_MS = 15_000;
const DOWNLOAD_MS = 300_000;

/** The path of Electron's binary, or undefined. */
export function electronBinary() {
  const named = path.join(PACKAGE, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : (DEFAULT_NAME[process.platform] ?? 'electron');
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(PACKAGE, 'dist');
  const binary = path.join(folder, name);
  return existsSync(binary) ? binary : undefined;
}

/** Tries once, with a time limit, to have the binary installed; a failure is remembered until packages change. */
export async function fetchElectronOnce() {
  const installer = path.join(PACKAGE, 'install.js');
  if (existsSync(FAILED) || !existsSync(installer)) return;
  say('Fetching Electron (once) …');
  const timeoutMs = (await canBeDownloaded()) ? DOWNLOAD_MS : UNPROVEN_MS;
  const env = nodeEnvironment();
  const code = await run(findNode(), [installer], { stdio: ['ignore', 'ignore', 'ignore'], env, timeoutMs }).catch(
    () => 1,
  );
  if (code === 0 && electronBinary()) return;
  try {
    writeStamp(FAILED, `exit code ${code}\n`);
  } catch {
    // A node_modules that is not ours to write: the next start tries again.
  }
}

/** Asks for the first byte of the very file, so that a blocked download host is noticed as well as a blocked site. */
async function canBeDownloaded() {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const url = `https://github.com/electron/electron/releases/download/v${version}/${name}`;
  try {
    const answer = await fetch(url, { headers: { range: 'bytes=0-0' }, signal: AbortSignal.timeout(PROBE_MS) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Why a window cannot be opened here, or undefined when it can. */
export function whyNoWindow() {
  if (process.platform !== 'linux') return undefined;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  // Chromium refuses its sandbox to root, and Mendway does not run without it.
  return process.getuid() === 0 ? 'the desktop app does not run as root' : undefined;
}

/** Runs the desktop app until its last window is closed; gives its exit code. */
export function runDesktop(binary, dataFolder) {
  return run(binary, [ROOT], { env: nodeEnvironment({ MENDWAY_DATA: dataFolder }) });
}
