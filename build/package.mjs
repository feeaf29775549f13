// `npm run package -- [electron-builder's options]`: installers of the desktop app in out/packages.
import path from 'node:path';
import { buildElectronIfStale, buildRendererIfStale } from './lib/bundles.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { findNode, nodeEnvironment } from './lib/node24.mjs';
import { main, ROOT, run } from './lib/run.mjs';

await main(async (args) => {
  await installIfNeeded();
  await buildRendererIfStale();
  await buildElectronIfStale();
  const builder = path.join(ROOT, 'node_modules/electron-builder/cli.js');
  const options = ['--config', 'build/electron-builder.config.mjs', '--publish', 'never', ...args];
  return run(findNode(), [builder, ...options], { env: nodeEnvironment() });
});
