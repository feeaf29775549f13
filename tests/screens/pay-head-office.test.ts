import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk } from '../helpers/browser.ts';
import { givenHeadOffice } from '../helpers/head-office.ts';
import { ADMINISTRATOR, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const PICTURES = process.env['MENDWAY_PICTURES'];
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const PERIOD = `${MARCH.from} – ${MARCH.to}`;

/** Head office's own period, and the outlet's, as it comes from there. Answers the outlet's. */
async function givenPeriods(dataFolder: string): Promise<string> {
  const unitId = await givenHeadOffice(dataFolder);
  const id = uuidv7();
  await inCompany(dataFolder, (run) => run('payroll.openPeriod', MARCH));
  const period = { id, unitId, fromOn: MARCH.from, toOn: MARCH.to, state: 'calculated', basis: 'x' };
  await inDatabase(dataFolder, (store) =>
    store.replicate({ origin: 'outlet', log: 'keep' }, (trx) =>
      trx.insert('pay_periods', { ...period, version: 2, createdAt: 0 }),
    ),
  );
  return id;
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('pay at head office in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let desk: Desk;
  beforeAll(async () => {
    folder = temporaryFolder();
    await givenPeriods(folder.path);
    [server, browser] = await Promise.all([serveFolder(folder.path), launchBrowser()]);
    desk = await openDesk(browser, { address: server.address, language, number: ADMINISTRATOR });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    folder?.remove();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await desk.page.screenshot({ path: `out/failed/pay-head-office-${language}.png` });
  });

  test("periods say whose they are; the outlet's is looked at, and calculated only there", async () => {
    const { page, faults } = desk;
    await page.goto(`${server.address}/#/payroll`);
    const rows = page.locator('.mw-row');
    await rows.filter({ hasText: '修途总部' }).first().waitFor();
    await rows.filter({ hasText: '长宁站' }).first().waitFor();
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/pay-head-office-${language}.png` });

    await rows.filter({ hasText: '修途总部' }).first().dblclick();
    await page.getByRole('button', { name: t('payroll.calculate'), exact: true }).waitFor();
    expect(await page.getByText(`修途总部 · ${PERIOD}`).count()).toBe(0);

    await page.goto(`${server.address}/#/payroll`);
    await rows.filter({ hasText: '长宁站' }).first().dblclick();
    await page.getByText(`长宁站 · ${PERIOD}`).waitFor();
    expect(await page.getByRole('button', { name: t('payroll.recalculate') }).count()).toBe(0);
    expect(faults).toEqual([]);
  }, 120_000);
});
