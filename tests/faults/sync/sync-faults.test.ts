import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../../helpers/databases.ts';
import { runFaults } from './run.ts';

/** A minute of what `npm run test:faults` does for hours, and the plan that each run does to its end. Repeat a failure with the seed it printed: MENDWAY_SEED. */

const SECONDS = 60;

const seed = Number(process.env['MENDWAY_SEED'] ?? Date.now() % 1_000_000);

for (const database of DIALECTS)
  test.skipIf(!isAvailable(database))(
    `eight stations and their server on ${database} fail at random (seed ${seed}): nothing is lost, doubled or seen by others`,
    { timeout: 480_000 },
    async () => {
      // Not in the temporary folder, which goes with the tests: a violation is looked into afterwards.
      mkdirSync('out', { recursive: true });
      const folder = mkdtempSync(path.resolve('out', `faults-${database}-`));
      const postgresUrl = process.env['MENDWAY_TEST_PG'];
      const lines: string[] = [];
      const say = (line: string) => void lines.push(line);
      const { violations, summary } = await runFaults({ seconds: SECONDS, seed, database, postgresUrl, folder, say });
      if (violations.length > 0) console.info([...lines, ...summary, `kept in ${folder}`].join('\n'));
      else rmSync(folder, { recursive: true, force: true });
      expect(violations).toEqual([]);
    },
  );
