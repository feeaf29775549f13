import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown, topDialog } from '../helpers/browser.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const PICTURES = process.env['MENDWAY_PICTURES'];
const PATIENT = { timeout: 20_000 };

/** A belt, bought before, a board whose pieces have serial numbers, and oil that comes in batches. */
async function prepare(dataFolder: string): Promise<void> {
  await givenCompany(dataFolder, ['keeper', 'accountant']);
  await inCompany(dataFolder, async (run) => {
    const { id: warehouseId } = await run('setup.saveWarehouse', { fields: { code: 'PJ', name: '配件库' } });
    const belt = { number: 'B-10', name: '皮带', measure: '根', barcode: '6901' };
    const board = { number: 'M-20', name: '主板', measure: '块', barcode: '6902' };
    await run('setup.savePart', { fields: board });
    const oil = { number: 'O-30', name: '冷冻油', measure: '桶', barcode: '6903' };
    await run('setup.savePart', { fields: oil, lists: { barcodes: ['6993'] } });
    const lines = [{ newPart: belt, quantity: 2000, price: 1500 }];
    await run('stock.receive', { warehouseId, newSupplier: { name: '城南五金' }, lines });
  });
  await inDatabase(dataFolder, (store) =>
    store.write(async (trx) => {
      await trx.run("UPDATE parts SET tracking = 'serial' WHERE number = 'M-20'");
      await trx.run("UPDATE parts SET tracking = 'batch' WHERE number = 'O-30'");
    }),
  );
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('purchasing in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let keeper: Desk;
  let accountant: Desk;
  beforeAll(async () => {
    folder = temporaryFolder();
    await prepare(folder.path);
    [server, browser] = await Promise.all([serveFolder(folder.path), launchBrowser()]);
    const at = { address: server.address, language };
    [keeper, accountant] = [
      await openDesk(browser, { ...at, number: 'keeper' }),
      await openDesk(browser, { ...at, number: 'accountant' }),
    ];
    for (const { page } of [keeper, accountant]) page.setDefaultTimeout(40_000);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    folder?.remove();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await keeper.page.screenshot({ path: `out/failed/purchases-keeper-${language}.png` });
    await accountant.page.screenshot({ path: `out/failed/purchases-accountant-${language}.png` });
  });

  const show = ({ page }: Desk, tab: string) =>
    page.goto(`${server.address}/#/${tab === 'purchases' ? 'supply' : 'stock'}?tab=${tab}`);
  const dialog = ({ page }: Desk) => topDialog(page);
  const shut = ({ page }: Desk) =>
    expect.poll(() => page.locator('.ant-modal').filter({ visible: true }).count(), PATIENT).toBe(0);
  const seen = ({ page }: Desk, text: string) => page.getByText(text).filter({ visible: true }).first().waitFor();
  const openRow = async ({ page }: Desk, text: string) => {
    await page.locator('.mw-row').getByText(text).first().click();
    await page.locator('.ant-drawer-title').filter({ visible: true }).first().waitFor();
  };
  async function picture({ page }: Desk, name: string): Promise<void> {
    if (!PICTURES) return;
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${PICTURES}/purchases-${name}-${language}.png` });
  }
  async function enterLine({ page }: Desk, part: string, quantity: string, price: string): Promise<void> {
    await page.getByRole('combobox', { name: t('stock.pickPart') }).fill(part);
    await page.keyboard.press('Enter');
    const count = page.getByLabel(t('stock.columns.quantity'), { exact: true });
    await count.and(page.locator(':focus')).waitFor();
    await count.fill(quantity);
    await page.keyboard.press('Enter');
    await page.getByLabel(t('purchases.agreedPrice'), { exact: true }).first().fill(price);
    await page.keyboard.press('Enter');
  }
  async function scan(desk: Desk, ...codes: string[]): Promise<void> {
    const field = dialog(desk).getByLabel(t('purchases.scan'));
    for (const code of codes) {
      await field.fill(code);
      await field.press('Enter');
    }
  }
  const came = (desk: Desk, line: number) =>
    dialog(desk).getByLabel(`${t('common.line', { line })} ${t('purchases.came')}`);

  const numbers = (desk: Desk, line: number) =>
    dialog(desk).getByLabel(`${t('common.line', { line })} ${t('purchases.numbers')}`);

  test('the keeper asks for parts by keyboard, the accountant approves', async () => {
    const { page } = keeper;
    await show(keeper, 'purchases');
    await seen(keeper, t('purchases.empty'));
    await picture(keeper, 'empty');
    await pressShown(page, 'Alt+N');
    const supplier = page.getByRole('combobox', { name: t('stock.supplier') });
    await supplier.and(page.locator(':focus')).waitFor();
    await page.keyboard.type('华东配件');
    await enterLine(keeper, 'B-10', '5', '14');
    await enterLine(keeper, '6902', '2', '300');
    await enterLine(keeper, 'O-30', '5', '60');
    await seen(keeper, '冷冻油');
    await picture(keeper, 'request');
    await page.getByLabel(t('purchases.pricesOf', { part: 'B-10' })).click();
    await seen(keeper, '城南五金');
    await picture(keeper, 'prices-of-part');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.ant-drawer-title').filter({ visible: true }).count(), PATIENT).toBe(0);
    await page.keyboard.press('Control+Enter');
    await seen(keeper, t('purchases.steps.requested'));
    await picture(keeper, 'requested');

    await show(accountant, 'purchases');
    await openRow(accountant, '华东配件');
    await picture(accountant, 'to-approve');
    await accountant.page.keyboard.press('Control+Enter');
    await seen(accountant, t('purchases.steps.approved'));
    await accountant.page.keyboard.press('Escape');
  });

  test('the keeper orders, scans what came, and takes more than was ordered with a reason', async () => {
    const { page } = keeper;
    await page.reload();
    await openRow(keeper, '华东配件');
    await seen(keeper, t('purchases.steps.approved'));
    await page.keyboard.press('Control+Enter');
    await seen(keeper, t('purchases.outstanding'));
    await page.getByRole('button', { name: t('purchases.receive') }).waitFor();
    await page.keyboard.press('Control+Enter');
    await scan(keeper, '6901', 'b-10', '6902', 'SN-1', 'SN-2', '6901');
    await scan(keeper, '6903', '6993', 'L-7', '6903', 'L-8');
    await expect.poll(() => came(keeper, 1).inputValue()).toBe('3');
    await expect.poll(() => came(keeper, 2).inputValue()).toBe('2');
    await expect.poll(() => came(keeper, 3).inputValue()).toBe('3');
    await expect.poll(() => numbers(keeper, 3).inputValue()).toBe('L-7*2, L-8*1');
    await picture(keeper, 'receive');
    await page.keyboard.press('Control+Enter');
    await shut(keeper);
    await seen(keeper, t('purchases.steps.received'));
    await picture(keeper, 'partly-received');

    await page.keyboard.press('Control+Enter');
    await dialog(keeper).waitFor();
    await pressShown(page, 'Alt+A');
    await expect.poll(() => came(keeper, 1).inputValue(), PATIENT).toBe('2');
    await came(keeper, 1).fill('4');
    await numbers(keeper, 3).fill('L-8');
    await dialog(keeper).getByLabel(t('purchases.overReason')).fill('送货多两根');
    await picture(keeper, 'over-delivery');
    await page.keyboard.press('Control+Enter');
    await shut(keeper);
    await seen(keeper, t('purchases.overTaken', { reason: '送货多两根' }));
    await seen(keeper, t('purchases.steps.closed'));
    await picture(keeper, 'closed');
    await pressShown(page, 'Alt+P');
    await dialog(keeper).getByText(t('purchases.signSupplier')).waitFor();
    await picture(keeper, 'order-slip');
    await page.keyboard.press('Escape');
    await shut(keeper);
  });

  test('a piece goes back to the supplier from its receipt, and the papers are printed', async () => {
    const { page } = keeper;
    await page.getByRole('button', { name: /^RC-SH01-\d{6}-0002$/ }).click();
    await page.getByRole('button', { name: t('stock.returnToSupplier') }).waitFor();
    await picture(keeper, 'receipt');
    await pressShown(page, 'Alt+R');
    await dialog(keeper).getByLabel(t('stock.returnReason')).fill('一块主板坏');
    await dialog(keeper)
      .getByLabel(`${t('common.line', { line: 2 })} ${t('stock.columns.lots')}`)
      .click();
    await page.keyboard.type('SN-2');
    await page.keyboard.press('Enter');
    await picture(keeper, 'return');
    await page.keyboard.press('Control+Enter');
    await shut(keeper);
    await page.keyboard.press('Escape');
    const returned = page.getByRole('button', { name: /^SR-SH01-\d{6}-0001$/ });
    await returned.click();
    await page
      .locator('.ant-drawer-title')
      .getByText(/SR-SH01/)
      .waitFor();
    await pressShown(page, 'Alt+P');
    const paper = page.locator('.mw-print');
    await paper.getByText('一块主板坏').waitFor({ state: 'attached' });
    await expect.poll(() => paper.textContent()).toContain('主板 (SN-2)1 块300.00300.00');
    await picture(keeper, 'return-slip');
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => paper.isVisible()).toBe(true);
    await expect.poll(() => page.locator('#root').isVisible()).toBe(false);
    await picture(keeper, 'return-paper');
    await page.emulateMedia({ media: 'screen' });
    expect([...keeper.faults, ...accountant.faults]).toEqual([]);
  });

  test('the accountant sees what was paid, and cannot reverse a receipt of which something went back', async () => {
    const { page } = accountant;
    await page.getByText(t('purchases.views.prices'), { exact: true }).click();
    await page.locator('.mw-row').getByText('皮带').first().waitFor();
    await picture(accountant, 'prices');
    await page.locator('.mw-row').getByText('主板').first().click();
    await page
      .locator('.ant-drawer')
      .getByRole('button', { name: t('common.print') })
      .waitFor();
    await expect.poll(() => page.getByRole('button', { name: t('stock.reverse'), exact: true }).count()).toBe(0);
    await picture(accountant, 'not-reversed');
  });

  test('a return to the supplier that was a mistake is reversed', async () => {
    const { page } = accountant;
    await show(accountant, 'documents');
    await openRow(accountant, 'SR-SH01-');
    await page
      .locator('.ant-drawer')
      .getByRole('button', { name: t('stock.reverse'), exact: true })
      .click();
    await page.locator('.ant-modal-confirm').getByText(t('stock.reverseSupplierReturn')).waitFor();
    await picture(accountant, 'reverse-return');
    await page.keyboard.press('Enter');
    await page
      .locator('.ant-drawer')
      .getByText(/RV-SH01-\d{6}-0001/)
      .waitFor();
    await picture(accountant, 'return-reversed');
    expect(accountant.faults).toEqual([]);
  });
});
