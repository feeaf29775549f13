// What is built: the interface, Electron's files, and the programs that run without it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint, isStamped, writeStamp } from './folders.mjs';
import { findNode, nodeEnvironment } from './node24.mjs';
import { Refusal, ROOT, run, say } from './run.mjs';

const SHARED_SOURCES = ['domain', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Vite's config may lie beside the renderer or in the project's root. */
const VITE_CONFIGS = ['renderer/vite.config.ts', 'vite.config.ts'];

/** Builds `out/renderer` when its sources have changed since the last build. */
export function buildRendererIfStale() {
  return buildIfStale(
    'renderer',
    ['renderer', ...VITE_CONFIGS, ...SHARED_SOURCES],
    'out/renderer/index.html',
    async () => {
      say('Building the interface …');
      const config = VITE_CONFIGS.find((file) => existsSync(path.join(ROOT, file)));
      if (!config) throw new Refusal(`the interface cannot be built: none of ${VITE_CONFIGS.join(', ')} is there`);
      const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
      const args = [vite, 'build', '--config', config, '--logLevel', 'warn'];
      const code = await run(findNode(), args, { stdio: ['ignore', 2, 2], env: nodeEnvironment() });
      if (code !== 0) throw new Refusal(`the interface could not be built (exit code ${code})`);
    },
  );
}

const CORE = ['server', 'operations', 'reports', 'db', 'sync', 'renderer/text', 'build/lib/esbuild.mjs'];

/** Builds `out/electron` with build/electron-bundle.mjs when its sources have changed. */
export function buildElectronIfStale() {
  const sources = ['electron', ...CORE, 'build/electron-bundle.mjs', ...SHARED_SOURCES];
  return buildIfStale('electron', sources, 'out/electron/main.js', () =>
    bundle('the desktop shell', 'electron-bundle.mjs', 'buildElectron'),
  );
}

/** Builds `out/program` with build/program-bundle.mjs when its sources have changed. */
export function buildProgramIfStale() {
  const sources = ['cli', ...CORE, 'build/program-bundle.mjs', ...SHARED_SOURCES];
  return buildIfStale('program', sources, PROGRAMS.cli, () =>
    bundle('the programs', 'program-bundle.mjs', 'buildProgram'),
  );
}

/** With what Node runs the programs: many short-lived values are swept away more often, and what outlived them sooner, for a fifth less memory. */
export const FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

/** From the project's root. */
export const PROGRAMS = { cli: 'out/program/mendway.js', station: 'out/program/station.js' };

async function bundle(what, script, build) {
  say(`Building ${what} …`);
  // In a process of its own: the bundler wants the newer Node, and this one may be the system's.
  const url = JSON.stringify(pathToFileURL(path.join(ROOT, 'build', script)).href);
  const call = `await import(${url}).then((bundle) => bundle.${build}())`;
  const code = await run(findNode(), ['--input-type=module', '-e', call], {
    stdio: ['ignore', 2, 2],
    env: nodeEnvironment(),
  });
  if (code !== 0) throw new Refusal(`${what} could not be built (exit code ${code})`);
}

async function buildIfStale(name, sources, result, build) {
  const stamp = path.join(ROOT, `out/${name}.stamp`);
  const wanted = fingerprint(sources);
  if (existsSync(path.join(ROOT, result)) && isStamped(stamp, wanted)) return;
  await build();
  writeStamp(stamp, wanted);
}
