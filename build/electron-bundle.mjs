// Electron's files: main, preload, the station's process with its reader threads, and the page of the first start.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './lib/run.mjs';

/**
 * Stay packages beside the bundle: native, loading parts of themselves by computed names, or finding each other only as
 * packages. They are `dependencies`, so the packager takes them along; the rest goes into the bundle, which opens faster than a
 * thousand small files.
 */
const EXTERNAL = ['electron', 'better-sqlite3', 'knex', 'pg', 'exceljs', '@peculiar/x509', 'reflect-metadata'];

const shared = {
  absWorkingDir: ROOT,
  bundle: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  sourcemap: 'linked',
  target: 'node24',
};

/** Bundles into `out/electron`, or another folder for tests. */
export async function buildElectron(folder = path.join(ROOT, 'out/electron')) {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([buildProcesses(folder), buildPreload(folder), buildFirstRun(folder)]);
}

/** ES modules, so that `import.meta` says where they lie; the threads are looked for beside the station's process. */
function buildProcesses(outdir) {
  return build({
    ...shared,
    entryPoints: {
      main: 'electron/main.ts',
      'station-process': 'electron/station-process.ts',
      'reader-worker': 'server/station/reader-worker.ts',
      'compare-worker': 'sync/station/compare-worker.ts',
    },
    outdir,
    platform: 'node',
    format: 'esm',
    splitting: true,
    external: EXTERNAL,
    // What was written as CommonJS and is bundled asks for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
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
