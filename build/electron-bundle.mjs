// Electron's files: main, preload, the station's process with its reader threads, and the page of the first start.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { processes, shared } from './lib/esbuild.mjs';
import { ROOT } from './lib/run.mjs';

/** Bundles into `out/electron`, or another folder for tests. */
export async function buildElectron(folder = path.join(ROOT, 'out/electron')) {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([buildProcesses(folder), buildPreload(folder), buildFirstRun(folder)]);
}

function buildProcesses(outdir) {
  return build({
    ...processes,
    entryPoints: {
      main: 'electron/main.ts',
      'station-process': 'electron/station-process.ts',
      'reader-worker': 'server/station/reader-worker.ts',
      'compare-worker': 'sync/station/compare-worker.ts',
    },
    outdir,
  });
}

/** A sandboxed preload script has to be one CommonJS file and may require nothing but electron. */
function buildPreload(outdir) {
  return build({
    ...shared,
    entryPoints: { preload: 'electron/preload.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    platform: 'browser',
    format: 'cjs',
    external: ['electron'],
  });
}

/** The page of the first start, which the station's service shows in a browser, too. */
export async function buildFirstRun(folder = path.join(ROOT, 'out/electron')) {
  const outdir = path.join(folder, 'first-run');
  mkdirSync(outdir, { recursive: true });
  await build({
    ...shared,
    entryPoints: { 'first-run': 'electron/first-run/first-run.ts' },
    outdir,
    platform: 'browser',
    format: 'esm',
    target: 'es2024',
    minify: true,
  });
  for (const file of ['index.html', 'first-run.css'])
    cpSync(path.join(ROOT, 'electron/first-run', file), path.join(outdir, file));
}
