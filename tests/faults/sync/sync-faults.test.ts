import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../../helpers/databases.ts';
import { temporaryFolder } from '../../helpers/station.ts';
import { runFaults } from './run.ts';

/** A minute of what `npm run test:faults` does for hours, and the plan that each run does to its end. Repeat a failure with the seed it printed: MENDWAY_SEED. */

const SECONDS = 60;

const seed = Number(process.env['MENDWAY_SEED'] ?? Date.now() % 1_000_000);

for (const database of DIALECTS)
  test.skipIf(!isAvailable(database))(
    `eight stations and their server on ${database} fail at random (seed ${seed}): nothing is lost, doubled or seen by others`,
    { timeout: 480_000 },
    async () => {
      const folder = temporaryFolder();
      const lines: string[] = [];
      let isSound = false;
      try {
        const postgresUrl = process.env['MENDWAY_TEST_PG'];
        const say = (line: string) => void lines.push(line);
        const run = { seconds: SECONDS, seed, database, postgresUrl, folder: folder.path, say };
        const { violations, summary } = await runFaults(run);
        isSound = violations.length === 0;
        lines.push(...summary);
        expect(violations).toEqual([]);
      } finally {
        if (!isSound) keep(folder.path, database, lines);
        folder.remove();
      }
    },
  );

/** Not in the temporary folder, which goes with the tests: a violation is looked into afterwards. */
function keep(folder: string, database: string, lines: readonly string[]): void {
  const kept = path.resolve('out', `faults-${database}-${Date.now()}`);
  cpSync(folder, kept, { recursive: true });
  console.info([...lines, `kept in ${kept}`].join('\n'));
}
