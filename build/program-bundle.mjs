// The command line with the central server, and the station service: as bundles they start faster and take less memory.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { processes } from './lib/esbuild.mjs';
import { ROOT } from './lib/run.mjs';

/** Bundles into `out/program`: as deep below the root as the sources are that look for `out/renderer`. */
export async function buildProgram() {
  const outdir = path.join(ROOT, 'out/program');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    ...processes,
    entryPoints: {
      mendway: 'cli/main.ts',
      station: 'server/station/main.ts',
      'reader-worker': 'server/station/reader-worker.ts',
      'compare-worker': 'sync/station/compare-worker.ts',
      'snapshot-worker': 'sync/central/snapshot-worker.ts',
    },
    outdir,
  });
}
