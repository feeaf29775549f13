#!/usr/bin/env node
// `npm run mendway -- <verb>`: the command line. Prints nothing of its own on stdout, so that --json stays clean.
import path from 'node:path';
import { buildProgramIfStale, FLAGS, PROGRAMS } from './lib/bundles.mjs';
import { callersFolder, dataFolder } from './lib/folders.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { findNode, nodeEnvironment } from './lib/node24.mjs';
import { main, ROOT, run, say } from './lib/run.mjs';

/** npm prints `> mendway …` on stdout before this script runs; who pipes JSON is told how to be rid of it. */
function hintAtBanner(args) {
  const isRunByNpm = process.env.npm_lifecycle_event === 'mendway' && process.env.npm_config_loglevel !== 'silent';
  if (!isRunByNpm || process.stdout.isTTY || !args.includes('--json')) return;
  say('mendway: npm has put its own lines before the JSON; use  npm run -s mendway -- …  or  build/mendway.mjs …');
}

await main(async (args) => {
  hintAtBanner(args);
  await installIfNeeded();
  await buildProgramIfStale();
  const env = nodeEnvironment({ MENDWAY_DATA: dataFolder() });
  return run(findNode(), [...FLAGS, path.join(ROOT, PROGRAMS.cli), ...args], { cwd: callersFolder(), env });
});
