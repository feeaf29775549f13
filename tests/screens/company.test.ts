import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '#renderer/text/index.ts';
import { databaseIn } from '#server/station/service.ts';
import { enrol } from '#sync/station/enrol.ts';
import { createCompany, enrolmentCodes } from '../faults/sync/company.ts';
import { launchBrowser, openDesk, type Desk, pressShown } from '../helpers/browser.ts';
import { startCentral, startStation, type RunningCentral, type RunningStation } from '../helpers/processes.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { registerCarryIn } from './lib/chain.ts';

/** Head office and two regions N and S with an outlet each, as real processes; people at their PCs look on in browsers. */
describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('a company in %s', (language) => {
  let folder: ReturnType<typeof temporaryFolder>;
  let browser: Browser;
  let central: RunningCentral;
  const stations = new Map<string, RunningStation>();
  const desks = new Map<string, Desk>();
  let customers = 0;

  const place = (name: string): string => path.join(folder.path, name);

  beforeAll(async () => {
    process.env['MENDWAY_SYNC_INTERVAL_MS'] = '1000';
    folder = temporaryFolder();
    browser = await launchBrowser();
    const { outlets } = await createCompany(databaseIn(place('HQ')), { NO: 1, SO: 1 });
    const codes = await enrolmentCodes(databaseIn(place('HQ')), outlets);
    central = await startCentral(place('HQ'));
    for (const code of ['NO1', 'SO1']) await join(code, codes.get(code) ?? '');
  });

  afterAll(async () => {
    delete process.env['MENDWAY_SYNC_INTERVAL_MS'];
    for (const desk of desks.values()) await desk.close();
    await browser?.close();
    for (const station of stations.values()) await station.kill();
    await central?.kill();
    folder?.remove();
  });

  async function join(outlet: string, code: string) {
    const { address, fingerprint } = central;
    const enrolled = await enrol({ dataFolder: place(outlet), address, code, fingerprint, name: `PC ${outlet}` });
    stations.set(outlet, await startStation(place(outlet)));
    return enrolled;
  }

  /** A person at his PC; at head office and for regional managers that is a browser on the server. */
  async function at(where: string, number: string): Promise<Desk> {
    const key = `${where} ${number}`;
    const known = desks.get(key);
    if (known) return known;
    const address = where === 'HQ' ? central.address : (stations.get(where)?.address ?? '');
    const desk = await openDesk(browser, { address, language, number });
    desks.set(key, desk);
    return desk;
  }

  const nextCaller = (name: string) => ({ name, phone: `1390000${String(++customers).padStart(4, '0')}` });

  async function openOrders({ page }: Desk): Promise<void> {
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await page.evaluate(() => {
      location.hash = '#/work-orders';
    });
    await page.locator('.mw-grid, .mw-row').first().waitFor();
  }

  /** Looks again and again, as somebody does who waits for news. */
  async function seesOrder(desk: Desk, number: string): Promise<void> {
    await expect
      .poll(
        async () => {
          await openOrders(desk);
          await desk.page.waitForTimeout(700);
          return desk.page.getByText(number, { exact: true }).count();
        },
        { timeout: 60_000, interval: 1000 },
      )
      .toBeGreaterThan(0);
  }

  async function seesNothingOf(desk: Desk, number: string): Promise<void> {
    await openOrders(desk);
    await desk.page.waitForTimeout(1500);
    await expect.poll(() => desk.page.getByText(number, { exact: true }).count()).toBe(0);
  }

  const saysUpToDate = (desk: Desk) =>
    desk.page.locator('.mw-top-sync-text', { hasText: desk.t('sync.indicator.ok') }).waitFor({ timeout: 60_000 });

  test('what an outlet takes in is seen at head office and by its region, and by no other region', async () => {
    const number = await registerCarryIn(await at('NO1', 'NO1-desk'), nextCaller('欧阳修'), '不开机');
    await seesOrder(await at('HQ', 'admin'), number);
    await seesOrder(await at('HQ', 'NO-office'), number);
    await saysUpToDate(await at('NO1', 'NO1-desk'));

    const southern = await registerCarryIn(await at('SO1', 'SO1-desk'), nextCaller('苏轼'), '漏水');
    await seesOrder(await at('HQ', 'admin'), southern);
    await seesNothingOf(await at('HQ', 'SO-office'), number);
    await seesNothingOf(await at('SO1', 'SO1-desk'), number);
    await seesNothingOf(await at('HQ', 'NO-office'), southern);
  });

  test('an outlet works a day without the server; afterwards head office has all of it, once', async () => {
    const { port } = new URL(central.address);
    for (const [key, desk] of desks) {
      if (!key.startsWith('HQ')) continue;
      await desk.close();
      desks.delete(key);
    }
    await central.kill();
    const desk = await at('NO1', 'NO1-desk');
    const numbers = [];
    for (const name of ['黄庭坚', '曾巩', '王安石'])
      numbers.push(await registerCarryIn(desk, nextCaller(name), '异响'));
    await expect
      .poll(() => desk.page.locator('.mw-top-sync-text').textContent(), { timeout: 60_000 })
      .not.toBe(desk.t('sync.indicator.ok'));
    if (process.env['MENDWAY_PICTURES'])
      await desk.page.screenshot({ path: `${process.env['MENDWAY_PICTURES']}/offline-${language}.png` });

    central = await startCentral(place('HQ'), { port: Number(port) });
    await saysUpToDate(desk);
    const headOffice = await at('HQ', 'admin');
    for (const number of numbers) await seesOrder(headOffice, number);
    for (const number of numbers)
      await expect.poll(() => headOffice.page.getByText(number, { exact: true }).count()).toBe(1);
  });

  test('a PC that burnt down is replaced: head office makes a code, and the new PC has what the old one had sent', async () => {
    const before = await at('NO1', 'NO1-desk');
    const number = await registerCarryIn(before, nextCaller('李清照'), '不制冷');
    const headOffice = await at('HQ', 'admin');
    await seesOrder(headOffice, number);
    await before.close();
    desks.delete('NO1 NO1-desk');
    await stations.get('NO1')?.kill();
    rmSync(place('NO1'), { recursive: true });

    const { page, t } = headOffice;
    await page.evaluate(() => {
      location.hash = '#/stations';
    });
    await page.getByText('PC NO1').waitFor();
    await pressShown(page, 'Alt+N');
    const dialog = page.getByRole('dialog').last();
    await dialog.getByRole('combobox').fill('NO1');
    await page.keyboard.press('Enter');
    await dialog.getByText(t('stations.code.replaces', { name: 'PC NO1' })).waitFor();
    await page.keyboard.press('Control+Enter');
    const code = (await dialog.locator('output').textContent()) ?? '';

    const { lost } = await join('NO1', code);
    expect(lost).toEqual([]);
    const desk = await at('NO1', 'NO1-desk');
    await seesOrder(desk, number);
    // Work goes on, with numbers that nobody has had.
    const next = await registerCarryIn(desk, nextCaller('辛弃疾'), '噪音');
    expect(next).not.toBe(number);
    await seesOrder(await at('HQ', 'NO-office'), next);
  });

  test('nothing went wrong in any window', () => {
    const network = /Failed to fetch|ERR_CONNECTION|net::/; // the server was gone for a while
    for (const [key, { faults }] of desks)
      expect([key, faults.filter((fault) => !network.test(fault))]).toEqual([key, []]);
  });
});
