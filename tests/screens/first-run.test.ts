import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprintGroups } from '#domain/sync/enrolment-code.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openWindow } from '../helpers/browser.ts';
import { givenCode, givenHeadOffice } from '../helpers/head-office.ts';
import { startCentral, type RunningCentral } from '../helpers/processes.ts';
import { PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

/** The page as it is packaged, on loopback; where it lies is where `npm start` puts it. */
async function buildPage(): Promise<void> {
  const { buildFirstRun } = (await import(path.resolve('build/electron-bundle.mjs'))) as {
    buildFirstRun: () => Promise<void>;
  };
  await buildFirstRun();
}

/** A station's service in a data folder without a company. */
function startEmpty(dataFolder: string) {
  const child = spawn(process.execPath, [PROGRAMS.station, '--data', dataFolder, '--port', '0']);
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      const [, found] = /first start: (http:\/\/[\d.]+:\d+)/.exec(text.toString()) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error('it ended')));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { address, kill: () => (child.kill('SIGKILL'), ended) };
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('the first start in %s', (language) => {
  const t = createTranslator(language);
  const folder = temporaryFolder();
  const place = (name: string) => path.join(folder.path, name);
  let central: RunningCentral;
  let outlet: string;
  let browser: Browser;
  let station: ReturnType<typeof startEmpty>;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    mkdirSync(place('central'));
    [outlet] = await Promise.all([givenHeadOffice(place('central')), buildPage()]);
    [central, browser] = await Promise.all([startCentral(place('central')), launchBrowser()]);
    station = startEmpty(place('station'));
    page = await openWindow(browser, { language, isFirst: true });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(await station.address);
  });
  afterAll(async () => {
    await browser?.close();
    await station?.kill();
    await central?.kill();
    folder.remove();
  });

  const picture = async (name: string) => {
    if (process.env['MENDWAY_PICTURES'])
      await page.screenshot({ path: `${process.env['MENDWAY_PICTURES']}/${name}-${language}.png` });
  };
  const typed = async (address: string, code: string) => {
    await page.getByLabel(t('enrolment.address')).fill(address);
    await page.getByLabel(t('enrolment.code')).fill(code);
    await page.getByRole('button', { name: t('enrolment.lookUp') }).click();
  };

  test('joining stands beside a new company and the sample', async () => {
    for (const way of ['desktop.firstRun.newCompany', 'enrolment.title', 'desktop.firstRun.sample'] as const)
      await page.getByRole('heading', { name: t(way), exact: true }).waitFor();
    await picture('first-run');
  });

  test('what is no code, and an address where nobody is, is said at once', async () => {
    await typed(central.address, '1234');
    await page.getByText(t('fieldRules.notAnEnrolmentCode')).waitFor();
    await typed('https://127.0.0.1:1', 'AAAA-AAAA-AAAA');
    await page.locator('form').last().getByRole('alert').filter({ hasText: '127.0.0.1:1' }).waitFor();
    await picture('first-run-refused');
  });

  test('the fingerprint is shown to be compared; another one leads back', async () => {
    await typed(central.address, 'AAAA-AAAA-AAAA');
    const shown = page.locator('.fingerprint span');
    await shown.first().waitFor();
    expect(await shown.allTextContents()).toEqual(fingerprintGroups(central.fingerprint));
    await picture('first-run-compare');
    await page.getByRole('button', { name: t('enrolment.other') }).click();
    await page.getByRole('heading', { name: t('desktop.firstRun.title') }).waitFor();
  });

  test('a code nobody made is refused in words, and can be tried again', async () => {
    await typed(central.address, 'AAAA-AAAA-AAAA');
    await page.getByRole('button', { name: t('enrolment.same') }).click();
    await page.getByText(t('errors.sync.code-unknown')).waitFor();
    await picture('first-run-code-refused');
    await page.getByRole('button', { name: t('common.back') }).click();
  });

  test('with the code this PC becomes the station of its unit, and its people sign in', async () => {
    const { code } = await givenCode(place('central'), outlet);
    await typed(central.address, code);
    await page.getByRole('button', { name: t('enrolment.same') }).click();
    await page.getByRole('button', { name: t('enrolment.open') }).waitFor();
    await page.getByText(t('enrolment.done', { unit: 'CN01', name: '长宁站', company: '修途总部' })).waitFor();
    await picture('first-run-joined');
    await page.getByRole('button', { name: t('enrolment.open') }).click();

    await page.getByLabel(t('session.number')).fill('clerk');
    await page.getByLabel(t('session.password')).fill(PASSWORD);
    await page.getByRole('button', { name: t('session.signIn') }).click();
    await page.getByTitle(new RegExp(`^${t('sync.title')}: `)).waitFor();
    expect(faults).toEqual([]);
  });
});
