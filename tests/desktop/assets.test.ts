import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerAsset, fileOf } from '#electron/assets.ts';
import { temporaryFolder } from '#tests/helpers/station.ts';

const folder = temporaryFolder();
const folders = {
  renderer: path.join(folder.path, 'renderer'),
  firstRun: path.join(folder.path, 'electron/first-run'),
};
const get = (url: string) => answerAsset({ url, method: 'GET' }, folders);

beforeAll(() => {
  mkdirSync(path.join(folders.renderer, 'assets'), { recursive: true });
  mkdirSync(folders.firstRun, { recursive: true });
  writeFileSync(path.join(folders.renderer, 'index.html'), '<p>interface</p>');
  writeFileSync(path.join(folders.renderer, 'assets/index-a_B-1.js'), 'export {}');
  writeFileSync(path.join(folders.firstRun, 'index.html'), '<p>first</p>');
  writeFileSync(path.join(folder.path, 'secret.html'), 'secret');
});
afterAll(() => folder.remove());

test('pages and scripts are answered with their type', async () => {
  const page = await get('mendway://app/');
  expect([page.status, await page.text()]).toEqual([200, '<p>interface</p>']);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect((await get('mendway://app/assets/index-a_B-1.js')).headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(await (await get('mendway://app/first-run/index.html')).text()).toBe('<p>first</p>');
});

test('every answer, a refusal too, forbids foreign scripts, requests and frames', async () => {
  for (const answer of [await get('mendway://app/index.html'), await get('mendway://app/absent.html')]) {
    const policy = answer.headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-ancestors 'none'"])
      expect(policy.split('; ')).toContain(rule);
    expect(policy).not.toContain('unsafe-eval');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test.each([
  'mendway://app/../secret.html',
  'mendway://app/%2e%2e/secret.html',
  'mendway://app/..%2fsecret.html',
  'mendway://app/..%5csecret.html',
  'mendway://app/first-run/..%2f..%2fsecret.html',
  'mendway://app//secret.html',
  'mendway://app/C:/secret.html',
  'mendway://app/index.html%00.js',
  'mendway://app/%zz.html',
  'mendway://app/.env.json/../secret.html',
  'mendway://other/index.html',
  'mendway://user@app/index.html',
  'mendway://app:80/index.html',
  'https://app/index.html',
  'mendway://app/main.cjs',
  'mendway://app/index.html.map',
  'mendway://app/assets',
  'mendway://app/absent.html',
])('%s is not there', async (address) => {
  expect((await get(address)).status).toBe(404);
});

test('only reading is answered', async () => {
  expect((await answerAsset({ url: 'mendway://app/index.html', method: 'POST' }, folders)).status).toBe(404);
  const head = await answerAsset({ url: 'mendway://app/index.html', method: 'HEAD' }, folders);
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('whatever is asked for, the file lies inside its folder', () => {
  const pieces = ['..', '.', 'a.html', '%2e%2e', '%2f', '\\', '%5c', 'first-run', ' ', '~', 'CON', 'x.js'];
  for (let n = 0; n < 5_000; n += 1) {
    const name = Array.from({ length: 4 }, (_, i) => pieces[Math.floor(n / pieces.length ** i) % pieces.length]).join(
      '/',
    );
    const file = fileOf(`mendway://app/${name}`, folders);
    if (file !== undefined)
      expect(file.startsWith(folders.renderer + path.sep) || file.startsWith(folders.firstRun + path.sep)).toBe(true);
  }
});
