import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk } from '../helpers/browser.ts';
import { inCompany } from '../helpers/service.ts';
import { isMissing } from '../helpers/tools.ts';
import { openTwoStations, type TwoStations } from '../helpers/two-stations.ts';

/** Pictures of every screen on the way, for whoever wants to look at them. */
const PICTURES = process.env['MENDWAY_PICTURES'];

/** An order at the one station, and stock at both. */
async function prepare(folders: Readonly<{ a: string; b: string }>): Promise<void> {
  await inCompany(folders.a, async (run) => {
    await run('workOrders.registerIntake', {
      customer: { name: '王小明', phone: '13800000001', address: '长宁路 1 号' },
      device: { category: '空调', brand: '格力', model: 'KFR-35', serial: 'SN-1' },
      mode: 'carry-in',
      symptom: '不制冷',
    });
    const { id: warehouseId } = await run('setup.saveWarehouse', { fields: { code: 'W1', name: '主仓' } });
    const newPart = { number: 'P-100', name: '压缩机', measure: '台' };
    await run('stock.receive', { warehouseId, lines: [{ newPart, quantity: 3000, price: 33_333 }] });
  });
  await inCompany(folders.b, (run) => run('setup.saveWarehouse', { fields: { code: 'RW', name: '中心仓' } }));
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('two stations in %s', (language) => {
  let stations: TwoStations;
  let browser: Browser;
  let here: Desk;
  let there: Desk;
  beforeAll(async () => {
    [stations, browser] = await Promise.all([openTwoStations(['manager'], prepare), launchBrowser()]);
    here = await openDesk(browser, { address: stations.a.address, language, number: 'manager' });
    there = await openDesk(browser, { address: stations.b.address, language, number: 'manager' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stations?.close();
  });

  async function show(desk: Desk, where: string): Promise<void> {
    const { address } = desk === here ? stations.a : stations.b;
    await desk.page.goto(`${address}/#${where}`);
    await desk.page.reload(); // what came by synchronisation, at once
  }
  const press = (desk: Desk, ...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => desk.page.keyboard.press(key)), Promise.resolve());
  const seen = (desk: Desk, text: string) => desk.page.getByText(text).first().waitFor();
  async function openRow(desk: Desk, text: string): Promise<void> {
    await desk.page.getByText(text).first().click();
    await desk.page.locator('.ant-drawer-title').waitFor();
  }
  async function picture(desk: Desk, name: string): Promise<void> {
    if (!PICTURES) return;
    await desk.page.waitForTimeout(500);
    await desk.page.screenshot({ path: `${PICTURES}/${name}-${language}.png` });
  }

  test('work is referred from its page, accepted at the other station, and who asked sees it', async () => {
    const { t, page } = here;
    await show(here, '/work-orders');
    await page.getByText('王小明').first().click();
    await page.locator('[data-more-steps]').click();
    await page.getByRole('menuitem', { name: t('workOrders.steps.refer') }).click();
    const dialog = page.getByRole('dialog').last();
    await dialog.getByLabel(t('referrals.reason')).fill('主板要换');
    await picture(here, 'refer');
    await press(here, 'Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await seen(here, t('referrals.referredTo'));
    await picture(here, 'referred-order');

    await stations.exchange();
    await show(there, '/');
    await seen(there, t('today.requests.referral'));
    await picture(there, 'today');
    await show(there, '/referrals');
    await seen(there, '王小明');
    await picture(there, 'referrals-inbox');
    await openRow(there, '王小明');
    await seen(there, '主板要换');
    await picture(there, 'referral');
    await press(there, 'Control+Enter');
    await there.page
      .getByText(/WO-RC01-\d{6}-0001/)
      .first()
      .waitFor();

    await stations.exchange();
    await show(here, '/referrals?tab=outbox');
    await seen(here, t('handshakes.states.accepted'));
    await picture(here, 'referrals-outbox');
    await show(there, '/work-orders');
    await there.page.getByText('王小明').first().click();
    await seen(there, t('referrals.cameFrom'));
    await picture(there, 'referral-origin');
  });

  test('a sale is reported to the unit that is chosen, refused with a reason, and sent to another one', async () => {
    const { t, page } = here;
    await show(here, '/sales?tab=report');
    await page.getByLabel(t('sales.store')).fill('苏宁南京路店');
    await page.getByLabel(t('fields.name'), { exact: true }).fill('李雷');
    await page.getByLabel(t('fields.phone'), { exact: true }).fill('13900000001');
    await page.getByLabel(t('sales.address')).fill('苏州市星海街 1 号');
    await page.getByLabel(t('fields.category')).fill('洗衣机');
    await page.getByLabel(t('sales.provider')).fill('RC01');
    await page.keyboard.press('Enter');
    await picture(here, 'sale-form');
    await press(here, 'Control+Enter');
    await page.locator('output').waitFor();
    await picture(here, 'sale-reported');

    await stations.exchange();
    await show(there, '/sales');
    await seen(there, '李雷 · 洗衣机');
    await openRow(there, '李雷 · 洗衣机');
    await picture(there, 'sale');
    await press(there, 'Alt+r');
    await there.page.getByRole('dialog').last().getByLabel(t('handshakes.reason')).fill('太远');
    await press(there, 'Control+Enter');
    await seen(there, t('handshakes.states.refused'));

    await stations.exchange();
    await show(here, '/sales?tab=outbox');
    await seen(here, '太远');
    await picture(here, 'sales-outbox');
    await openRow(here, '太远');
    await press(here, 'Control+Enter');
    await page
      .getByText(/SA-SH01-\d{6}-0001/)
      .first()
      .waitFor();
    await expect.poll(() => page.getByLabel(t('fields.name'), { exact: true }).inputValue()).toBe('李雷');
    await page.getByLabel(t('sales.store')).focus();
    await press(here, 'Control+Enter');
    await page
      .getByText(/WO-SH01-\d{6}-0002/)
      .first()
      .waitFor();
  });

  test('parts are shipped by keyboard, are in transit, and Enter receives them', async () => {
    const { t, page } = here;
    await show(here, '/stock?tab=transfers');
    await seen(here, t('transfers.empty'));
    await press(here, 'Alt+n');
    await page.getByText(t('transfers.toWarehouse')).waitFor();
    await page.keyboard.type('RW');
    await press(here, 'Enter');
    await page.getByRole('combobox', { name: t('stock.pickPart') }).fill('P-100');
    await page.locator('.mw-part-hit').first().waitFor();
    await press(here, 'Enter');
    const quantity = page.getByLabel(t('stock.columns.quantity'), { exact: true });
    await quantity.and(page.locator(':focus')).waitFor();
    await quantity.fill('2');
    await press(here, 'Enter');
    await picture(here, 'transfer-form');
    await press(here, 'Control+Enter');
    await seen(here, t('transfers.todo.under-way'));
    await picture(here, 'transfers');

    await stations.exchange();
    await show(there, '/stock?tab=transfers');
    await seen(there, t('transfers.todo.receive'));
    await openRow(there, 'P-100');
    await seen(there, '主仓 → 中心仓');
    await picture(there, 'transfer');
    await press(there, 'Enter');
    await there.page.locator('.ant-drawer-title').waitFor({ state: 'detached' });
    await show(there, '/stock');
    await seen(there, '666.66');

    await stations.exchange();
    await show(here, '/stock?tab=transfers');
    await seen(here, t('transfers.empty'));
    expect([...here.faults, ...there.faults]).toEqual([]);
  });
});
