import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import excel from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/station.ts';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

/** `mendway report` as an administrator or a script runs it. */
describe('mendway report', () => {
  const folder = temporaryFolder();
  const data = path.join(folder.path, 'data');

  function mendway(...args: string[]): Promise<{ code: number; out: string; error: string }> {
    const env = { ...process.env, MENDWAY_DATA: data, MENDWAY_PASSWORD: 'Passw0rd1', LC_ALL: 'en_GB.UTF-8' };
    return new Promise((resolve) => {
      execFile(process.execPath, [PROGRAMS.cli, ...args], { env }, (failure, out, error) =>
        resolve({ code: typeof failure?.code === 'number' ? failure.code : 0, out, error }),
      );
    });
  }

  beforeAll(async () => {
    const made = await mendway('company', 'create', '--code', 'SH01', '--name', 'One', '--administrator', 'admin');
    expect(made).toMatchObject({ code: 0 });
    const rows = [
      'id,data_provider,country,partner_product_category,product_category,product_category_id,brand,year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem',
      'a_1,A,GBR,Kettle,Kettle,1,Tefal,2015,,Fixed,,Cardiff,2024-05-01,Leaks',
      'a_2,A,GBR,Kettle,Kettle,1,,,,End of life,No way to open the product,Cardiff,2024-05-01,Dead',
      'a_3,A,GBR,Lamp,Lamp,2,,,,Repairable,,Cardiff,2024-06-01,Flickers',
    ];
    const file = path.join(folder.path, 'repairs.csv');
    writeFileSync(file, `${rows.join('\n')}\n`);
    expect(await mendway('import', 'open-repair', file, '--json')).toMatchObject({ code: 0 });
  });
  afterAll(() => folder.remove());

  test('lists every report with its parameters', async () => {
    const { code, out } = await mendway('report', 'list', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ id: 'stock-on-hand', params: ['warehouse'] }));
  });

  test('gives rows and totals as JSON, and what is not given does not limit', async () => {
    const { code, out } = await mendway('report', 'run', 'work-orders-by-category-and-outcome', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      rows: [
        { category: 'Kettle', outcome: 'End of life', count: 1 },
        { category: 'Kettle', outcome: 'Fixed', count: 1 },
        { category: 'Lamp', outcome: 'Repairable', count: 1 },
      ],
      totals: { count: 3 },
    });
  });

  test('takes parameters, and no rows are no rows', async () => {
    const id = 'work-orders-by-category-and-outcome';
    const may = await mendway('report', 'run', id, '--param', 'from=2024-05-01', '--param', 'to=2024-05-31', '--json');
    expect(JSON.parse(may.out).totals).toEqual({ count: 2 });
    const none = await mendway('report', 'run', id, '--param', 'to=2020-01-01', '--json');
    expect(JSON.parse(none.out)).toEqual({ rows: [], totals: { count: 0 } });
  });

  test('writes Excel and CSV files whole, and prints a table without either', async () => {
    const xlsx = path.join(folder.path, 'orders.xlsx');
    const csv = path.join(folder.path, 'orders.csv');
    const { code, out, error } = await mendway('report', 'run', 'work-orders', '--xlsx', xlsx, '--csv', csv);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(error).toContain(`3 rows written to ${xlsx}`);
    const workbook = new excel.Workbook();
    await workbook.xlsx.readFile(xlsx);
    expect(workbook.worksheets[0]?.rowCount).toBe(5);
    expect(readFileSync(csv, 'utf8').trimEnd().split('\r\n')).toHaveLength(5);
    const table = await mendway('report', 'run', 'work-orders-by-category-and-outcome');
    expect(table.out.split('\n')[0]).toMatch(/^Category +Outcome +Count$/);
    expect(table.out).toMatch(/\nTotal +3\n$/);
  });

  test('a file that cannot be written is told of and leaves nothing', async () => {
    const nowhere = path.join(folder.path, 'missing', 'orders.xlsx');
    const { code, error } = await mendway('report', 'run', 'work-orders', '--xlsx', nowhere);
    expect(code).toBe(2);
    expect(error).toContain(nowhere);
    expect(existsSync(nowhere)).toBe(false);
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
  });

  test.each([
    [['nothing'], 'No report “nothing”'],
    [['work-orders', '--param', 'colour=red'], '--param colour: is not expected'],
    [['work-orders', '--param', 'from=2024-02-30'], '--param from: is not a date that exists'],
    [['work-orders', '--param', 'from'], 'NAME=VALUE: from'],
    [[], 'Give the id of one report'],
  ])('report run %j is a mistake in the call, told by name', async (args, said) => {
    const { code, error } = await mendway('report', 'run', ...args);
    expect(code).toBe(2);
    expect(error).toContain(said);
  });
});
