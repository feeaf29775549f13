import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mendway } from '../helpers/cli.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

const TABLE = 'employee,item,amount,date,reason\ntechnician,HEAT,300,2026-02,heat\ntechnician,HEAT,,2026-03-01,heat\n';

describe('mendway import pay-awards', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: string;
  beforeEach(async () => {
    folder = temporaryFolder();
    file = path.join(folder.path, 'march.csv');
    await givenCompany(folder.path, ['technician']);
    await inCompany(folder.path, (run) =>
      run('payroll.saveItem', {
        existing: null,
        fields: { code: 'HEAT', name: '高温补贴', category: 'contribution', kind: 'reward', amount: 20_000 },
      }),
    );
  });
  afterEach(() => folder.remove());

  const importing = (content: string, ...options: readonly string[]) => {
    writeFileSync(file, content);
    return mendway(['import', 'pay-awards', file, '--data', folder.path, ...options]);
  };
  const awards = () => inCompany(folder.path, async (run) => (await run('payroll.listAwards', {})).rows);

  test('gives what a table says, and names what it was told before', async () => {
    const first = await importing(TABLE);
    expect(first).toMatchObject({ code: 0, out: '2 rows read: 2 imported, 0 already here, 0 refused.\n' });
    expect((await awards()).map(({ amount, source }) => [amount, source])).toEqual([
      [20_000, 'import'],
      [30_000, 'import'],
    ]);
    const again = await importing(TABLE);
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/^Line 2 is already here: imported on \d{4}-\d{2}-\d{2} by the command line\.\nLine 3 /);
    expect(again.out).toContain('2 rows read: 0 imported, 2 already here, 0 refused.');
    const programs = await importing(TABLE, '--json');
    expect(JSON.parse(programs.out)).toMatchObject({
      read: 2,
      imported: 0,
      unchanged: 2,
      before: [{ line: 2 }, { line: 3 }],
    });
    expect(await awards()).toHaveLength(2);
  });

  test('imports nothing while a row is wrong, and says which and why in the language of whoever asks', async () => {
    const faulty = `${TABLE}nobody,HEAT,1.234,2026-03,x\n`;
    const people = await importing(faulty);
    expect(people.code).toBe(1);
    expect(people.out).toBe(
      'Line 4: Employee number “nobody” is nobody’s who works here; Amount “1.234” may have at most 2 decimals\n1 rows refused: nothing was imported.\n',
    );
    expect((await importing(faulty, '--language', 'zh-CN')).out).toContain('工号“nobody”：没有这个工号的在职员工');
    expect(JSON.parse((await importing(faulty, '--json')).out)).toMatchObject({
      imported: 0,
      refused: [{ line: 4, faults: [{ path: 'employee' }, { path: 'amount' }] }],
    });
    expect(await awards()).toEqual([]);
  });

  test('says what it needs: a file that can be read and has the columns', async () => {
    expect(await mendway(['import', 'pay-awards', '--data', folder.path])).toMatchObject({ code: 2 });
    expect(await mendway(['import', 'pay-awards', `${file}x`, '--data', folder.path])).toMatchObject({ code: 2 });
    expect(await importing('employee,amount\n')).toMatchObject({ code: 1 });
  });
});
