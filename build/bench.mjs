// `npm run bench -- <name> [--json]`: one benchmark of tests/bench, or their list.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { buildProgramIfStale } from './lib/bundles.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { findNode, nodeEnvironment } from './lib/node24.mjs';
import { main, Refusal, ROOT, run } from './lib/run.mjs';

const FOLDER = path.join(ROOT, 'tests/bench');

function benches() {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted();
}

function listBenches() {
  console.log(
    `npm run bench -- <name> [--json]\n\n${benches()
      .map((name) => `  ${name}`)
      .join('\n')}`,
  );
  return 0;
}

await main(async ([name, ...args]) => {
  if (name === undefined || name === '--help') return listBenches();
  if (!benches().includes(name)) throw new Refusal(`no benchmark "${name}"; there are: ${benches().join(', ')}`, 2);
  await installIfNeeded();
  await buildProgramIfStale();
  const script = path.join(FOLDER, `${name}.ts`);
  return run(findNode(), ['--expose-gc', script, ...args], { env: nodeEnvironment() });
});
