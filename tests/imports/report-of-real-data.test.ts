import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mendway } from '../helpers/cli.ts';
import { shownByLibreOffice } from '../helpers/libreoffice.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';

const DATA = '../shared/data/open-repair';
const FILES = ['Wales', 'Toronto'].map((group) => `${DATA}/OpenRepairData_v0.3_RepairCafe${group}_202507.csv`);
const REPORT = 'work-orders-by-category-and-outcome';

type Row = Readonly<{ category: string; outcome: string; count: number }>;

/** Counted by another reader, straight from the files. */
function countedFromFiles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of FILES) {
    const rows = parse<Record<string, string>>(readFileSync(file), { columns: true, bom: true });
    for (const row of rows) {
      const key = `${row['product_category']} · ${row['repair_status']}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

describe.skipIf(!FILES.every((file) => existsSync(file)))(
  'the real files, imported and reported from the command line',
  () => {
    let folder: ReturnType<typeof temporaryFolder>;
    let report: { rows: Row[]; totals: { count: number } };

    beforeAll(async () => {
      folder = temporaryFolder();
      const imported = await mendway(['import', 'open-repair', ...FILES, '--data', folder.path, '--json']);
      expect(JSON.parse(imported.out)).toMatchObject({ read: 25_757, imported: 25_757, unchanged: 0, refused: 0 });
      const run = await mendway(['report', 'run', REPORT, '--data', folder.path, '--json']);
      report = JSON.parse(run.out) as typeof report;
    }, 120_000);
    afterAll(() => folder.remove());

    test('count by category and outcome as another reader counts the files', () => {
      const counted = countedFromFiles();
      expect(new Map(report.rows.map(({ category, outcome, count }) => [`${category} · ${outcome}`, count]))).toEqual(
        counted,
      );
      expect(report.totals.count).toBe(25_757);
    });

    test('come to the outcomes that are published with the data', () => {
      const sum = (outcome: string) =>
        report.rows.filter((row) => row.outcome === outcome).reduce((total, { count }) => total + count, 0);
      // Wales + Toronto, as the README beside the files says.
      expect(['Fixed', 'End of life', 'Repairable', 'Unknown'].map(sum)).toEqual([
        10_474 + 1_132,
        4_001 + 469,
        3_808 + 227,
        1_907 + 3_739,
      ]);
    });

    test.skipIf(isMissing('libreoffice'))(
      'give an Excel file that LibreOffice opens with the same rows and total',
      { timeout: 120_000 },
      async () => {
        const file = path.join(folder.path, 'outcomes.xlsx');
        await mendway(['report', 'run', REPORT, '--data', folder.path, '--xlsx', file]);
        const [, ...lines] = shownByLibreOffice(file);
        const count = (shown = '') => Number(shown.replaceAll(',', ''));
        const rows = lines
          .slice(0, -1)
          .map(([category, outcome, shown]) => ({ category, outcome, count: count(shown) }));
        expect(rows).toEqual(report.rows);
        expect(count(lines.at(-1)?.[2])).toBe(report.totals.count);
      },
    );
  },
);
