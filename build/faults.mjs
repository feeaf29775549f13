// `npm run test:faults -- [--minutes M] [--seed S] [--database sqlite|postgres|both]`: stations and servers that are killed, cut off
// and given wrong clocks while they work. Exit code 1 and a kept folder when something was lost, doubled or seen by others.
import { buildProgramIfStale } from './lib/bundles.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { findNode, nodeEnvironment } from './lib/node24.mjs';
import { postgresFolder, startPostgres } from './lib/postgres.mjs';
import { main, Refusal, run } from './lib/run.mjs';

const needsPostgres = (args) => {
  const at = args.indexOf('--database');
  return at < 0 || args[at + 1] !== 'sqlite';
};

await main(async (args) => {
  await installIfNeeded();
  await buildProgramIfStale();
  const script = [findNode(), ['tests/faults/sync/main.ts', ...args]];
  if (!needsPostgres(args)) return run(...script, { env: nodeEnvironment() });
  const bin = postgresFolder();
  if (!bin) throw new Refusal("no PostgreSQL found (Debian's package is postgresql); --database sqlite needs none", 2);
  const cluster = await startPostgres(bin);
  return run(...script, { env: nodeEnvironment({ MENDWAY_TEST_PG: cluster.url }) }).finally(cluster.stop);
});
