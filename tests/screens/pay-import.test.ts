import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown } from '../helpers/browser.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { workbookOf } from '../helpers/tables.ts';
import { isMissing } from '../helpers/tools.ts';
import { serveFolder } from './lib/served.ts';

const PICTURES = process.env['MENDWAY_PICTURES'];

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('allowances by a table in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let desk: Desk;
  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['technician', 'clerk', 'accountant']);
    const item = { code: 'HEAT', name: '高温补贴', category: 'contribution', kind: 'reward', amount: 20_000 } as const;
    await inCompany(folder.path, (run) => run('payroll.saveItem', { existing: null, fields: item }));
    [server, browser] = await Promise.all([serveFolder(folder.path), launchBrowser()]);
    desk = await openDesk(browser, { address: server.address, language, number: 'accountant' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    folder?.remove();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await desk.page.screenshot({ path: `out/failed/import-${language}.png` });
  });

  const dialog = () => desk.page.getByRole('dialog').last();
  const row = (text: string) => dialog().locator('.mw-row').filter({ hasText: text });
  const give = (count: number) => dialog().getByRole('button', { name: t('payroll.importing.give', { count }) });

  async function open(): Promise<void> {
    await pressShown(desk.page, 'Alt+I');
    await dialog().getByText(t('payroll.importing.hint')).waitFor();
  }
  async function choose(name: string, rows: readonly (readonly unknown[])[]): Promise<void> {
    const heading = (['employee', 'item', 'amount', 'givenOn', 'reason'] as const).map((column) =>
      t(`payroll.importing.columns.${column}`),
    );
    const file = { name, mimeType: 'application/octet-stream', buffer: await workbookOf([heading, ...rows]) };
    await dialog().locator('input[type=file]').setInputFiles(file);
  }
  async function picture(name: string): Promise<void> {
    if (!PICTURES) return;
    await desk.page.waitForTimeout(500);
    await desk.page.screenshot({ path: `${PICTURES}/import-${name}-${language}.png` });
  }

  test('a wrong row is shown and keeps all from being given; the corrected table is given, and once more gives nothing', async () => {
    const { page, faults } = desk;
    await page.goto(`${server.address}/#/payroll?tab=awards`);
    await page.getByText(t('payroll.awards.emptyTitle')).waitFor();
    await open();
    const [template] = await Promise.all([
      page.waitForEvent('download'),
      dialog()
        .getByRole('button', { name: t('payroll.importing.template') })
        .click(),
    ]);
    expect(readFileSync(await template.path(), 'utf8')).toContain(t('payroll.importing.columns.employee'));

    const right = ['technician', 'HEAT', 300, '2026-02', '二月高温'];
    await choose('二月.xlsx', [right, ['nobody', 'HEAT', 12.345, '2026-02', '二月']]);
    await row('nobody').getByText(t('fieldRules.noSuchEmployee')).waitFor();
    await dialog()
      .getByText(t('payroll.importing.faulty', { count: 1, rows: 2 }))
      .waitFor();
    expect(await give(0).isDisabled()).toBe(true);
    await picture('faulty');

    const corrected = [right, ['clerk', 'HEAT', null, new Date('2026-02-10T00:00:00Z'), '二月']];
    await choose('二月.xlsx', corrected);
    await row('clerk').getByText('200.00').waitFor();
    await picture('checked');
    await give(2).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('payroll.importing.done', { imported: 2, unchanged: 0 })).waitFor();
    await page.locator('.mw-row').filter({ hasText: '二月高温' }).getByText('300.00').first().waitFor();

    await open();
    await choose('二月又一次.xlsx', corrected);
    await dialog().getByText(t('payroll.importing.allBefore')).waitFor();
    await row('clerk').getByText('accountant', { exact: false }).waitFor();
    expect(await give(0).isDisabled()).toBe(true);
    await picture('before');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    expect(await page.locator('.mw-row').filter({ hasText: '二月' }).count()).toBe(2);

    // Whoever double-clicks finds the award open: the second click doesn't close it again.
    await page.locator('.mw-row').filter({ hasText: '二月高温' }).dblclick();
    await dialog().getByText(t('payroll.awards.sources.import')).waitFor();
    await picture('award');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(faults).toEqual([]);
  }, 120_000);
});
