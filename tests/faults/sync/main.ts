import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { runFaults } from './run.ts';

/** `npm run test:faults`: see build/faults.mjs. */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    database: { type: 'string', default: 'both' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const databases = (['sqlite', 'postgres'] as const).filter(
  (one) => values.database === 'both' || values.database === one,
);
if (!(minutes > 0) || !Number.isSafeInteger(seed) || databases.length === 0) {
  process.stderr.write('usage: npm run test:faults -- [--minutes M] [--seed S] [--database sqlite|postgres|both]\n');
  process.exit(2);
}

for (const database of databases) {
  const folder = mkdtempSync(path.join(tmpdir(), `mendway-faults-${database}-`));
  const say = (line: string) => process.stdout.write(`${database}: ${line}\n`);
  say(`seed ${seed}, ${minutes} min, in ${folder}`);
  const postgresUrl = process.env['MENDWAY_TEST_PG'];
  const { violations, summary } = await runFaults({ seconds: minutes * 60, seed, database, postgresUrl, folder, say });
  for (const line of summary) say(line);
  for (const violation of violations) say(`VIOLATION: ${violation}`);
  if (violations.length === 0) {
    rmSync(folder, { recursive: true, force: true });
    say('nothing lost, nothing doubled, nothing seen by others');
  } else {
    process.exitCode = 1;
    say(`${violations.length} violations; databases and logs are kept in ${folder}`);
  }
}
process.exit();
