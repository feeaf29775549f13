import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ORDERS_AT_ONCE } from '#operations/payroll/refresh.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk } from '../helpers/browser.ts';
import { givenAuditedWork } from '../helpers/given-pay.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const PICTURES = process.env['MENDWAY_PICTURES'];
const ORDERS = 2500;
/** Percent of the whole when the first of them are done: orders are three quarters of the work. */
const FIRST_PART = String(Math.floor((75 * ORDERS_AT_ONCE) / ORDERS));
const MARCH = { from: '2026-03-01', to: '2026-03-31' };

async function prepare(dataFolder: string): Promise<string> {
  await givenCompany(dataFolder, ['technician', 'accountant']);
  const periodId = await inCompany(dataFolder, async (run) => {
    await run('payroll.saveRule', { code: 'L', component: 'labour', rateBp: 3000, validFrom: '2026-01-01' });
    return (await run('payroll.openPeriod', MARCH)).id;
  });
  await inDatabase(dataFolder, async (store) => {
    const [own] = await store.read((sql) =>
      sql.all<{ unitId: string; id: string }>(`SELECT unit_id, id FROM employees WHERE number = 'technician'`),
    );
    await givenAuditedWork(store, { unitId: own?.unitId ?? '', employeeIds: [own?.id ?? ''], orders: ORDERS });
  });
  return periodId;
}

/** A machine that stops after so many parts of a long command until it is let go on. */
function slowMachine() {
  let goOn = Promise.withResolvers<void>();
  let left = 0;
  return {
    nextTurn: async () => {
      if (--left < 0) await goOn.promise;
    },
    stopAfter: (parts: number) => {
      left = parts;
      goOn = Promise.withResolvers();
    },
    letGoOn: () => goOn.resolve(),
  };
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('a long calculation in %s', (language) => {
  const t = createTranslator(language);
  const machine = slowMachine();
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let desk: Desk;
  let periodId: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    periodId = await prepare(folder.path);
    [server, browser] = await Promise.all([serveFolder(folder.path, undefined, machine.nextTurn), launchBrowser()]);
    desk = await openDesk(browser, { address: server.address, language, number: 'accountant' });
  }, 120_000);
  afterAll(async () => {
    machine.letGoOn();
    await browser?.close();
    await server?.close();
    folder?.remove();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await desk.page.screenshot({ path: `out/failed/calculation-${language}.png` });
  });

  test('shows how far it is, goes on when its screen is left, is cancelled without a trace while others are served, and is done when it is asked for again', async () => {
    const { page, faults } = desk;
    const bar = page.getByRole('progressbar', { name: t('payroll.calculating') });
    const calculate = page.getByRole('button', { name: t('payroll.calculate'), exact: true });
    await page.goto(`${server.address}/#/payroll?period=${periodId}`);
    await calculate.waitFor();
    const other = await openDesk(browser, { address: server.address, language, number: 'technician' });

    machine.stopAfter(1); // the first part of its orders is done
    await calculate.click();
    await expect.poll(() => bar.getAttribute('aria-valuenow'), { timeout: 30_000 }).toBe(FIRST_PART);
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/calculating-${language}.png` });
    await other.page.goto(`${server.address}/#/payslips`);
    await other.page.getByText(t('payroll.noOwnTitle')).waitFor();
    await other.close();

    // Left alone it goes on, says so wherever one is, and is found again where it was begun.
    await page.getByText(t('payroll.calculatingText')).waitFor();
    await page.goto(`${server.address}/#/payroll?tab=rules`);
    await page.getByText('L', { exact: true }).waitFor();
    const sign = page.getByRole('banner').getByRole('button', { name: `${t('payroll.calculating')} ${FIRST_PART}%` });
    await sign.waitFor();
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/calculating-elsewhere-${language}.png` });
    await sign.click();
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe(FIRST_PART);

    await page.keyboard.press('Escape');
    await page.getByText(t('payroll.calculationCancelled')).waitFor();
    expect(await sign.count()).toBe(0);
    await calculate.waitFor();
    expect(await bar.count()).toBe(0);
    machine.letGoOn();

    await calculate.click();
    await page.getByText(t('payroll.calculated', { payslips: 2, entries: ORDERS })).waitFor();
    await page.locator('.mw-row').filter({ hasText: 'technician' }).getByText('75,000.00').first().waitFor();
    const periods = await inCompany(folder.path, (run) => run('payroll.listPeriods', {}));
    expect(periods.rows).toMatchObject([{ state: 'calculated', version: 2 }]);
    expect(faults).toEqual([]);
  }, 120_000);
});
