import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk } from '../helpers/browser.ts';
import { inCompany } from '../helpers/service.ts';
import { isMissing } from '../helpers/tools.ts';
import { openTwoStations, putFirstBelowSecond, type TwoStations } from '../helpers/two-stations.ts';

/** Pictures of every screen on the way, for whoever wants to look at them. */
const PICTURES = process.env['MENDWAY_PICTURES'];

/** An outlet below a centre, a warehouse at each; the centre has parts, the outlet used the last of them. */
async function prepare(folders: Readonly<{ a: string; b: string }>): Promise<void> {
  await putFirstBelowSecond(folders);
  await inCompany(folders.b, async (run) => {
    const { id: warehouseId } = await run('setup.saveWarehouse', { fields: { code: 'RW', name: '中心仓' } });
    const parts = [
      { number: 'P-100', name: '压缩机', measure: '台', barcode: '6900000000017', salePrice: 50_000 },
      { number: 'P-200', name: '电容', measure: '个', salePrice: 1200 },
    ];
    const lines = parts.map((newPart) => ({ newPart, quantity: 20_000, price: 33_333 }));
    await run('stock.receive', { warehouseId, lines });
  });
  await inCompany(folders.a, (run) => run('setup.saveWarehouse', { fields: { code: 'W1', name: '网点仓' } }));
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('an outlet and its centre in %s', (language) => {
  let stations: TwoStations;
  let browser: Browser;
  let outlet: Desk;
  let centre: Desk;
  let finance: Desk;
  beforeAll(async () => {
    [stations, browser] = await Promise.all([openTwoStations(['keeper', 'accountant'], prepare), launchBrowser()]);
    const at = (address: string, number: string) => openDesk(browser, { address, language, number });
    outlet = await at(stations.a.address, 'keeper');
    centre = await at(stations.b.address, 'keeper');
    finance = await at(stations.b.address, 'accountant');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stations?.close();
  });

  async function show(desk: Desk, tab: string): Promise<void> {
    const { address } = desk === outlet ? stations.a : stations.b;
    await desk.page.goto(
      `${address}/#/${tab === 'requisitions' || tab === 'deposits' ? 'supply' : 'stock'}?tab=${tab}`,
    );
    await desk.page.reload(); // what came by synchronisation, at once
  }
  const press = (desk: Desk, ...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => desk.page.keyboard.press(key)), Promise.resolve());
  const seen = (desk: Desk, text: string) => desk.page.getByText(text).first().waitFor();
  const field = (desk: Desk, line: number, name: string) =>
    desk.page.getByLabel(`${desk.t('common.line', { line })} ${name}`, { exact: true });
  async function openRow(desk: Desk, text: string | RegExp): Promise<void> {
    await desk.page.getByText(text).first().click();
    await desk.page.locator('.ant-drawer-title').waitFor();
  }
  const drawerGone = (desk: Desk) => desk.page.locator('.ant-drawer-title').waitFor({ state: 'detached' });
  async function enterPart({ page, t }: Desk, number: string, quantity: string): Promise<void> {
    await page.getByRole('combobox', { name: t('stock.pickPart') }).fill(number);
    await page.locator('.mw-part-hit').first().waitFor();
    await page.keyboard.press('Enter');
    const amount = page.getByLabel(t('stock.columns.quantity'), { exact: true });
    await amount.and(page.locator(':focus')).waitFor();
    await amount.fill(quantity);
    await page.keyboard.press('Enter');
  }
  async function scan({ page, t }: Desk, code: string): Promise<void> {
    await page.getByRole('combobox', { name: t('stock.pickPart') }).fill(code);
    await page.locator('.mw-part-hit').first().waitFor();
    await page.keyboard.press('Enter');
  }
  async function picture({ page }: Desk, name: string): Promise<void> {
    if (!PICTURES) return;
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${PICTURES}/${name}-${language}.png` });
  }

  test('finance takes a deposit, the outlet plans, the centre sees what is free and approves less', async () => {
    const { t } = outlet;
    await show(finance, 'deposits');
    await seen(finance, t('deposits.empty'));
    await press(finance, 'Alt+n');
    const dialog = finance.page.getByRole('dialog').last();
    await dialog.getByLabel(t('deposits.owner')).fill('SH01');
    await finance.page.locator('.ant-select-item-option', { hasText: 'SH01' }).first().waitFor();
    await press(finance, 'Enter');
    await dialog.getByLabel(t('fields.amount')).fill('1100');
    await dialog.getByLabel(t('deposits.reason')).fill('2026 年押金');
    await picture(finance, 'payment');
    await press(finance, 'Control+Enter');
    await seen(finance, '1,100.00');

    await show(outlet, 'requisitions');
    await seen(outlet, t('requisitions.empty.in'));
    await press(outlet, 'Alt+n');
    await enterPart(outlet, 'P-100', '3');
    await enterPart(outlet, 'P-200', '4');
    await picture(outlet, 'plan');
    await press(outlet, 'Control+Enter');
    await seen(outlet, t('handshakes.states.waiting'));
    await picture(outlet, 'plans');

    await stations.exchange();
    await show(centre, 'requisitions');
    await openRow(centre, 'P-100');
    await field(centre, 1, t('requisitions.granted')).waitFor();
    await picture(centre, 'approval-beyond');
    await press(centre, 'Control+Enter');
    await centre.page.getByText(t('errors.deposit.exceeded', { free: '¥1,100.00', needed: '¥1,548.00' })).waitFor();
    await field(centre, 1, t('requisitions.granted')).fill('2');
    await field(centre, 2, t('stock.columns.note')).fill('分两批');
    await picture(centre, 'approval');
    await press(centre, 'Control+Enter');
    await drawerGone(centre);
    await seen(centre, t('handshakes.states.accepted'));
  });

  test('it is shipped by scanner, arrives short, and the centre decides', async () => {
    const { t } = outlet;
    await openRow(centre, 'P-100');
    await picture(centre, 'approved');
    await press(centre, 'Alt+p');
    await centre.page.locator('.mw-paper').waitFor();
    await picture(centre, 'plan-slip');
    await press(centre, 'Escape');
    await centre.page.getByRole('button', { name: t('requisitions.ship'), exact: true }).click();
    await field(centre, 1, t('requisitions.toShip')).waitFor();
    await scan(centre, '6900000000017');
    await scan(centre, 'P-100');
    await expect.poll(() => field(centre, 1, t('requisitions.toShip')).inputValue()).toBe('2');
    await field(centre, 2, t('requisitions.toShip')).fill('3');
    await picture(centre, 'shipping');
    await press(centre, 'Control+Enter');
    await centre.page.locator('.ant-drawer-title').getByText('TR-RC01').waitFor();
    await picture(centre, 'shipped');

    await stations.exchange();
    await show(outlet, 'transfers');
    await openRow(outlet, 'P-100');
    await press(outlet, 'Alt+p');
    await outlet.page.locator('.mw-paper').waitFor();
    await picture(outlet, 'shipment-slip');
    await press(outlet, 'Escape');
    await press(outlet, 'Alt+c');
    await field(outlet, 1, t('transfers.good')).fill('1');
    await field(outlet, 2, t('transfers.good')).fill('1');
    await field(outlet, 2, t('transfers.damaged')).fill('2');
    await field(outlet, 2, t('stock.columns.note')).fill('压碎');
    await picture(outlet, 'count');
    await press(outlet, 'Control+Enter');
    await drawerGone(outlet);
    await seen(outlet, t('transfers.todo.being-decided'));

    await stations.exchange();
    await show(centre, 'transfers');
    await seen(centre, t('transfers.todo.decide'));
    await picture(centre, 'in-transit');
    await openRow(centre, 'P-100');
    await picture(centre, 'differences');
    await centre.page.getByRole('button', { name: t('transfers.decide'), exact: true }).click();
    for (const [line, down] of [
      [1, 0],
      [2, 0],
    ] as const) {
      const choice = centre.page.getByLabel(`${t('common.line', { line })} ${t('transfers.decision')}`, {
        exact: true,
      });
      await choice.focus();
      await press(centre, 'Space', ...Array.from({ length: down }, () => 'ArrowDown'), 'Enter');
      await field(centre, line, t('handshakes.reason')).fill('运输单核对');
    }
    await picture(centre, 'decide');
    await press(centre, 'Control+Enter');
    await seen(centre, t('transfers.decided'));
    await picture(centre, 'decided');

    await show(finance, 'deposits');
    await seen(finance, t('deposits.free'));
    await picture(finance, 'deposits');
    await finance.page.getByText('上海一站').first().click();
    await seen(finance, t('deposits.kinds.credit'));
    await picture(finance, 'account');
    await openRow(finance, t('deposits.kinds.pay-in'));
    await finance.page.locator('.mw-paper').waitFor();
    await picture(finance, 'deposit-slip');

    await stations.exchange();
    await show(outlet, 'transfers');
    await seen(outlet, t('transfers.empty'));
    await show(outlet, 'requisitions');
    expect([...outlet.faults, ...centre.faults, ...finance.faults]).toEqual([]);
  });
});
