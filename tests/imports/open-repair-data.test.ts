import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, describe } from 'vitest';
import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { createTranslator } from '#renderer/text/index.ts';
import { importOpenRepair, openRepairFile } from '#server/import/open-repair.ts';
import { refusedRowsFile } from '#server/import/refused-rows.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, temporaryFolder, type TestStation } from '../helpers/station.ts';

const DATA = path.resolve('../shared/data/open-repair');

/** As the README beside the data counts them. */
const COUNTS = {
  Wales: {
    read: 20_190,
    groups: 189,
    outcomes: { Fixed: 10_474, 'End of life': 4001, Repairable: 3808, Unknown: 1907 },
  },
  Toronto: { read: 5567, groups: 1, outcomes: { Fixed: 1132, 'End of life': 469, Repairable: 227, Unknown: 3739 } },
} as const;

const OUTCOME_OF: Readonly<Record<string, string>> = {
  closed: 'Fixed',
  unrepairable: 'End of life',
  'waiting-for-parts': 'Repairable',
  registered: 'Unknown',
};

async function imported(station: TestStation, name: string) {
  const folder = temporaryFolder();
  const counts = await importOpenRepair({
    environment: station.env,
    actor: COMMAND_LINE,
    file: await openRepairFile(name),
    refusedRows: await refusedRowsFile(path.join(folder.path, 'repairs.csv'), folder.path, createTranslator('en')),
    onProgress: () => {},
    signal: new AbortController().signal,
  });
  folder.remove();
  return counts;
}

/** How often each value of a combination of columns comes, counted by another parser. */
function countedIn(name: string, keyOf: (row: Record<string, string>) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of parse<Record<string, string>>(readFileSync(name), { columns: true }))
    counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}

describe.each(DIALECTS)('real Open Repair data on %s (needs ../shared/data/open-repair)', (dialect) => {
  test.skipIf(!isAvailable(dialect) || !existsSync(DATA)).each(['Wales', 'Toronto'] as const)(
    'the file of %s comes in whole and once, with the counts of its README and of an independent reader',
    async (place) => {
      const station = await openTestStation(dialect);
      const name = path.join(DATA, `OpenRepairData_v0.3_RepairCafe${place}_202507.csv`);
      const { read, groups, outcomes } = COUNTS[place];
      expect(await imported(station, name)).toEqual({ read, imported: read, unchanged: 0, refused: 0 });
      expect(await imported(station, name)).toEqual({ read, imported: 0, unchanged: read, refused: 0 });

      const states = await station.rows<{ state: string; n: number }>(
        'SELECT state, COUNT(*) AS n FROM work_orders GROUP BY state',
      );
      expect(Object.fromEntries(states.map((row) => [OUTCOME_OF[row.state], row.n]))).toEqual(outcomes);
      expect(await station.count('stores')).toBe(groups);

      const stored = await station.rows<{ category: string; state: string; name: string; n: number }>(
        `SELECT d.category, o.state, s.name, COUNT(*) AS n FROM work_orders o JOIN devices d ON d.id = o.device_id
         JOIN stores s ON s.id = o.store_id GROUP BY d.category, o.state, s.name`,
      );
      expect(new Map(stored.map((row) => [`${row.category} ${OUTCOME_OF[row.state]} ${row.name}`, row.n]))).toEqual(
        countedIn(name, (row) => `${row['product_category']} ${row['repair_status']} ${row['group_identifier']}`),
      );
      expect(await station.store.read(firstBrokenAuditLine)).toBeNull();
      await station.close();
    },
    180_000,
  );
});
