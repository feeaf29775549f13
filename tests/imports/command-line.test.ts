import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/station.ts';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

const folder = temporaryFolder();
const data = path.join(folder.path, 'data');
const CLI = path.resolve(PROGRAMS.cli);
const env = { ...process.env, MENDWAY_PASSWORD: 'secret-123', LC_ALL: 'en', MENDWAY_DATA: data };

function mendway(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const HEADING = 'id,product_category,repair_status,event_date,problem';
const GOOD = '2,Fan,Fixed,2025-07-01,Not turning';
const BAD = '1,Fan,Fixed,2025-02-30,Not turning';

function file(name: string, ...lines: readonly string[]): string {
  const place = path.join(folder.path, name);
  writeFileSync(place, `${lines.join('\n')}\n`);
  return place;
}

beforeAll(() => {
  const made = mendway('company', 'create', '--code', 'SH01', '--name', 'Test', '--administrator', 'A001');
  expect(made).toMatchObject({ status: 0 });
});
afterAll(() => folder.remove());

test('with --json the counts are all that stands on stdout; refused rows are named in a file beside', () => {
  const name = file('a.csv', HEADING, BAD, GOOD);
  const result = mendway('import', 'open-repair', name, '--json');
  expect(JSON.parse(result.stdout)).toEqual({
    read: 2,
    imported: 1,
    unchanged: 0,
    refused: 1,
    refusedFile: `${name}.refused.csv`,
  });
  expect(result.status).toBe(0);
  expect(result.stderr).toContain('100% of a.csv: 2 rows read, 1 imported');
  expect(readFileSync(`${name}.refused.csv`, 'utf8')).toBe(
    '\uFEFFline,id,reason\r\n2,1,event_date “2025-02-30” is not a date that exists\r\n',
  );
  expect(mendway('import', 'open-repair', name, '--strict')).toMatchObject({ status: 1 });
});

test('several files are counted together and each by itself', () => {
  const names = [file('b.csv', HEADING, '10,Fan,Fixed,2025-07-01,'), file('c.csv', HEADING, BAD)];
  const { stdout } = mendway('import', 'open-repair', ...names, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    read: 2,
    imported: 1,
    refused: 1,
    files: [
      { file: names[0], imported: 1 },
      { file: names[1], refused: 1, refusedFile: `${names[1]}.refused.csv` },
    ],
  });
});

test('one file of another format, and none is imported', () => {
  const names = [file('d.csv', HEADING, '20,Fan,Fixed,2025-07-01,'), file('e.csv', 'a,b', '1,2')];
  const result = mendway('import', 'open-repair', ...names);
  expect(result).toMatchObject({ status: 2, stdout: '' });
  expect(result.stderr).toContain('e.csv is not Open Repair data: it has no column id, product_category');
  expect(JSON.parse(mendway('import', 'open-repair', names[0]!, '--json').stdout)).toMatchObject({ imported: 1 });
});

test.each([
  ['no file', [], 'Name at least one file.'],
  ['a file that is not there', ['missing.csv'], 'There is no file missing.csv'],
  ['an option that does not exist', ['a.csv', '--fast'], '--fast'],
])('%s is wrong usage', (_name, args, said) => {
  const result = mendway('import', 'open-repair', ...args);
  expect(result).toMatchObject({ status: 2, stdout: '' });
  expect(result.stderr).toContain(said);
});

test('the result and the reasons are in the language asked for', () => {
  const name = file('f.csv', HEADING, BAD);
  const { stdout } = mendway('import', 'open-repair', name, '--language', 'zh-CN');
  expect(stdout).toContain('读取 1 行：导入 0，已有 0，拒绝 1。');
  expect(readFileSync(`${name}.refused.csv`, 'utf8')).toContain('event_date“2025-02-30”：没有这一天');
});

test('help says what the exit codes mean', () => {
  const { status, stdout } = mendway('import', 'open-repair', '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('FILE.refused.csv');
  expect(stdout).toContain('--strict');
});

test('Ctrl-C ends it after the batch at hand and says what is saved; the rest comes with the next run', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `x_${i},Fan,Fixed,2025-07-01,Not turning`);
  const name = file('long.csv', HEADING, ...rows);
  const child = spawn(process.execPath, [CLI, 'import', 'open-repair', name, '--json'], { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr === '') child.kill('SIGINT');
    stderr += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));

  expect(code).toBe(130);
  expect(stderr).toContain('What is counted here is saved');
  const { imported } = JSON.parse(stdout) as { imported: number };
  expect(imported).toBeLessThan(20_000);
  const again = JSON.parse(mendway('import', 'open-repair', name, '--json').stdout);
  expect(again).toEqual({ read: 20_000, imported: 20_000 - imported, unchanged: imported, refused: 0 });
}, 120_000);
