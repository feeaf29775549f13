// The two things that are built at all: the renderer's bundle and Electron's files. The rest runs from its source.
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

/** Builds `out/electron` with build/electron-bundle.mjs when its sources have changed. */
export async function buildElectronIfStale() {
  const script = path.join(ROOT, 'build/electron-bundle.mjs');
  if (!existsSync(script)) return;
  const sources = [
    'electron',
    'server',
    'operations',
    'reports',
    'db',
    'sync',
    'renderer/text',
    'build/electron-bundle.mjs',
  ];
  await buildIfStale('electron', [...sources, ...SHARED_SOURCES], 'out/electron/main.js', async () => {
    say('Building the desktop shell …');
    // In a process of its own: the bundler wants the newer Node, and this one may be the system's.
    const call = `import(${JSON.stringify(pathToFileURL(script).href)}).then((bundle) => bundle.buildElectron())`;
    const code = await run(findNode(), ['--input-type=module', '-e', `await ${call}`], {
      stdio: ['ignore', 2, 2],
      env: nodeEnvironment(),
    });
    if (code !== 0) throw new Refusal(`the desktop shell could not be built (exit code ${code})`);
  });
}

async function buildIfStale(name, sources, result, build) {
  const stamp = path.join(ROOT, `out/${name}.stamp`);
  const wanted = fingerprint(sources);
  if (existsSync(path.join(ROOT, result)) && isStamped(stamp, wanted)) return;
  await build();
  writeStamp(stamp, wanted);
}
