import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown, topDialog } from '../helpers/browser.ts';
import { givenAuditedWork } from '../helpers/given-pay.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const PICTURES = process.env['MENDWAY_PICTURES'];
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
/** Each with one order of 100.00, of which 30 % are his. */
const TECHNICIANS = 4;
/** More than are printed in one go. */
const OTHERS = 200;
/** Of the printed sheet, in points. */
const A4 = { width: 595, height: 842 };

/** March, calculated: T1 to T4, who else works there, and an accountant. */
async function prepare(dataFolder: string): Promise<string> {
  await givenCompany(dataFolder, ['accountant']);
  await inCompany(dataFolder, async (run) => {
    const rule = { code: 'L', component: 'labour', rateBp: 3000, validFrom: '2026-01-01' } as const;
    await run('payroll.saveRule', rule);
    for (let n = 1; n <= TECHNICIANS; n += 1) {
      const person = { number: `T${n}`, name: `技师${n}`, grade: 'A', joinedOn: '2020-01-01' };
      await run('access.saveEmployee', { ...person, roles: ['technician'] });
    }
    for (let n = 1; n <= OTHERS; n += 1) {
      const person = { number: `X${n}`, name: `临时${n}`, joinedOn: '2020-01-01' };
      await run('access.saveEmployee', { ...person, roles: ['clerk'] });
    }
  });
  await inDatabase(dataFolder, async (store) => {
    const people = await store.read((sql) =>
      sql.all<{ unitId: string; id: string }>(`SELECT unit_id, id FROM employees WHERE number LIKE 'T%'`),
    );
    const employeeIds = people.map(({ id }) => id);
    await givenAuditedWork(store, { unitId: people[0]?.unitId ?? '', employeeIds, orders: TECHNICIANS });
  });
  return inCompany(dataFolder, async (run) => {
    const { id: periodId, version } = await run('payroll.openPeriod', MARCH);
    await run('payroll.calculate', { periodId, version });
    return periodId;
  });
}

/** Pages of a PDF as Chromium makes it, with their sizes in points. */
function pagesOf(pdf: Buffer): { width: number; height: number }[] {
  const text = pdf.toString('latin1');
  const pages = text.match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)];
  expect(boxes).toHaveLength(pages.length);
  return boxes.map(([, width, height]) => ({ width: Math.round(Number(width)), height: Math.round(Number(height)) }));
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('payslips on paper in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let desk: Desk;
  let periodId: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    periodId = await prepare(folder.path);
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
    await desk.page.screenshot({ path: `out/failed/papers-${language}.png` });
  });

  const dialog = () => topDialog(desk.page);
  const row = (name: string) => desk.page.locator('.mw-row').filter({ hasText: name });
  /** As the paper is printed: of nothing else. */
  async function printed(name: string) {
    const pdf = await desk.page.pdf({ preferCSSPageSize: true, printBackground: true });
    if (PICTURES) writeFileSync(`${PICTURES}/${name}-${language}.pdf`, pdf);
    await desk.page.emulateMedia({ media: 'print' });
    const text = await desk.page.locator('body').innerText();
    await desk.page.emulateMedia({ media: null });
    return { pages: pagesOf(pdf), text };
  }
  async function picture(name: string): Promise<void> {
    if (PICTURES) await desk.page.screenshot({ path: `${PICTURES}/papers-${name}-${language}.png` });
  }

  test('one is printed on A4 with the lines of its person, and saved as a PDF under its period and number where the shell offers that', async () => {
    const { page } = desk;
    await page.goto(`${server.address}/#/payroll?period=${periodId}`);
    await row('技师2').dblclick();
    await page.getByRole('dialog').getByText('30.00').first().waitFor();
    await pressShown(page, 'Alt+P');
    await dialog()
      .getByRole('button', { name: t('common.print') })
      .waitFor();
    expect(
      await dialog()
        .getByRole('button', { name: t('common.savePdf') })
        .count(),
    ).toBe(0);
    await picture('one');
    const { pages, text } = await printed('payslip');
    expect(pages).toEqual([A4]);
    for (const said of [
      'T2 技师2',
      '30.00',
      t('payroll.preliminary'),
      t('payroll.lineKinds.commission'),
      t('payroll.explain.shareAll'),
    ])
      expect(text).toContain(said);
    expect(text).not.toContain(t('payroll.periods'));
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });

    const asked: string[] = [];
    await page.exposeFunction('keepPaper', (name: string) => (asked.push(name) === 1 ? 'saved' : 'failed'));
    await page.evaluate('window.mendway = { isDesktop: false, savePaper: (name) => window.keepPaper(name) }');
    await pressShown(page, 'Alt+P');
    await dialog()
      .getByRole('button', { name: t('common.savePdf') })
      .waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(t('common.pdfSaved')).waitFor();
    await picture('shell');
    await page.keyboard.press('Control+s');
    await page.getByText(t('common.pdfFailed')).waitFor();
    expect(asked).toEqual(Array.from({ length: 2 }, () => `${t('payroll.payslip')}-2026-03-T2`));
    await page.evaluate('delete window.mendway');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }, 120_000);

  test('those of all in the list as it is filtered are printed in one go, each on a sheet of its own; of too many it is said', async () => {
    const { page, faults } = desk;
    await pressShown(page, 'Alt+P');
    await page.getByText(t('payroll.papers.tooMany', { count: TECHNICIANS + OTHERS + 1, most: 200 })).waitFor();
    await picture('too-many');
    expect(await page.getByRole('dialog').filter({ visible: true }).count()).toBe(0);

    await page.getByLabel(t('common.filterColumn', { column: t('payroll.employee') })).fill('技师');
    await expect.poll(() => page.locator('.mw-row').count()).toBe(TECHNICIANS);
    await pressShown(page, 'Alt+P');
    await dialog()
      .getByText(t('payroll.papers.count', { count: TECHNICIANS }))
      .waitFor();
    const print = dialog().getByRole('button', { name: t('common.print') });
    await expect.poll(() => print.evaluate((button) => button === document.activeElement)).toBe(true);
    await picture('filtered');
    const { pages, text } = await printed('payslips');
    expect(pages).toEqual(Array.from({ length: TECHNICIANS }, () => A4));
    for (let n = 1; n <= TECHNICIANS; n += 1) expect(text).toContain(`T${n} 技师${n}`);
    expect(text).not.toContain('accountant');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    expect(faults).toEqual([]);
  }, 120_000);
});
