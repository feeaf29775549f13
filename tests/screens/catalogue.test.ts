import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown, topDialog } from '../helpers/browser.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';

/** Two parts in stock, one of them twice in the catalogue. */
async function prepare(folder: string): Promise<void> {
  await givenCompany(folder, ['manager', 'keeper', 'technician', 'clerk']);
  await inCompany(folder, async (run) => {
    const { id: warehouseId } = await run('setup.saveWarehouse', { fields: { code: 'PJ', name: '配件库' } });
    await run('setup.saveSupplier', { fields: { name: '华东配件' } });
    const parts = [
      { number: 'CAP-50', name: '空调启动电容 50μF', measure: '个', barcode: '6901234000011', salePrice: 4500 },
      { number: 'PCB-KT', name: '空调内机主板', measure: '块', salePrice: 32_000 },
    ];
    const lines = parts.map((newPart) => ({ newPart, quantity: 5000, price: 1600 }));
    await run('stock.receive', { warehouseId, lines });
    await run('setup.savePart', { fields: { number: 'CAP50', name: '电容 50uF', barcode: '6901234000028' } });
  });
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('the catalogue in %s', (language) => {
  let folder: ReturnType<typeof temporaryFolder>;
  let station: RunningStation;
  let browser: Browser;
  let manager: Desk;
  let keeper: Desk;

  beforeAll(async () => {
    folder = temporaryFolder();
    await prepare(folder.path);
    [station, browser] = await Promise.all([startStation(folder.path), launchBrowser()]);
    const desk = { address: station.address, language };
    [manager, keeper] = await Promise.all([
      openDesk(browser, { ...desk, number: 'manager' }),
      openDesk(browser, { ...desk, number: 'keeper' }),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await station?.kill();
    folder?.remove();
  });

  const dialog = ({ page }: Desk) => topDialog(page);
  const closed = ({ page }: Desk) => page.locator('.ant-modal:visible').first().waitFor({ state: 'detached' });
  const seen = (desk: Desk, text: string) => desk.page.getByText(text).filter({ visible: true }).first().waitFor();
  async function show(desk: Desk, where: string): Promise<void> {
    await desk.page.goto(`${station.address}/#${where}`);
    await desk.page.reload();
  }
  async function openRow(desk: Desk, text: string): Promise<void> {
    await desk.page.getByText(text, { exact: true }).first().click();
    await desk.page.locator('.ant-drawer-title').waitFor();
  }
  async function pick(desk: Desk, fragment: string): Promise<void> {
    await dialog(desk)
      .getByRole('combobox', { name: desk.t('stock.pickPart') })
      .fill(fragment);
    await desk.page.locator('.mw-part-hit').first().waitFor();
    await desk.page.keyboard.press('Enter');
  }
  async function picture({ page }: Desk, name: string): Promise<void> {
    if (!process.env['MENDWAY_PICTURES']) return;
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${process.env['MENDWAY_PICTURES']}/${name}-${language}.png` });
  }

  test('a part gets a barcode, a model, a supplier, a price and the rule for its old part', async () => {
    const { t, page } = manager;
    await show(manager, '/stock?tab=parts');
    await openRow(manager, 'CAP-50');
    await pressShown(page, 'Alt+E');
    const form = dialog(manager);
    await form.getByLabel(t('fields.category'), { exact: true }).fill('电气');
    await form.getByLabel(t('catalogue.oldReturned')).check();
    await form.getByLabel(t('fields.oldDueDays'), { exact: true }).fill('14');
    await form.getByLabel(t('fields.oldAmount'), { exact: true }).fill('20');
    await form.getByRole('button', { name: t('catalogue.addBarcode') }).click();
    await form.getByLabel(t('stock.columns.barcode'), { exact: true }).last().fill('6901234000028');
    await form.getByRole('button', { name: t('catalogue.addModel') }).click();
    await form.getByLabel(t('fields.brand'), { exact: true }).fill('格力');
    await form.getByLabel(t('fields.model'), { exact: true }).fill('KFR-35');
    await form.getByRole('button', { name: t('catalogue.addSupplier') }).click();
    await form.getByRole('combobox', { name: t('stock.columns.supplier') }).fill('华东');
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: t('catalogue.addPrice') }).click();
    await form.getByLabel(t('fields.price'), { exact: true }).last().fill('40');
    await picture(manager, 'part-form');
    // The barcode is another part's: said beside the form, which stays as it is.
    await page.keyboard.press('Control+Enter');
    await seen(manager, '6901234000028');
    await form.getByLabel(t('stock.columns.barcode'), { exact: true }).last().fill('6901234000035');
    await page.keyboard.press('Control+Enter');
    await closed(manager);
    await seen(manager, '格力 KFR-35');
    await seen(manager, '6901234000011 · 6901234000035');
    await picture(manager, 'part');
  });

  test('what has moved keeps its number, and the field says so', async () => {
    const { t, page } = manager;
    await pressShown(page, 'Alt+E');
    await dialog(manager).getByLabel(t('stock.columns.partNumber'), { exact: true }).fill('CAP-51');
    await page.keyboard.press('Control+Enter');
    await dialog(manager).getByText(t('fieldRules.fixedByMoves')).first().waitFor();
    await picture(manager, 'part-in-use');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: t('common.discard') }).click();
    await closed(manager);
    await page.keyboard.press('Escape');
  });

  test('an entry made twice goes into the other, and its barcode finds that one', async () => {
    const { t, page } = manager;
    await show(manager, '/stock?tab=parts');
    await openRow(manager, 'CAP50');
    await pressShown(page, 'Alt+M');
    await pick(manager, 'CAP-50');
    await picture(manager, 'merge');
    await page.keyboard.press('Control+Enter');
    await closed(manager);
    await page
      .locator('.ant-drawer')
      .getByText(t('catalogue.mergedInto', { number: 'CAP-50' }))
      .waitFor();
  });

  test('what lies where is shown before it is known what all of it is worth, and nothing jumps', async () => {
    const { t, page } = keeper;
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/rpc/stock/onHandSums', async (route) => {
      await asked;
      await route.continue();
    });
    await show(keeper, '/stock');
    const row = page.locator('.mw-row').filter({ hasText: 'PCB-KT' });
    await row.waitFor();
    const foot = page.locator('.mw-grid-foot');
    const sums = page.locator('.ant-table-summary').first();
    const all = t('common.rowCount', { total: '2' });
    expect(await foot.textContent()).not.toContain(all);
    const before = await sums.boundingBox();
    answer();
    await foot.getByText(all).waitFor();
    await sums.getByText('160.00').waitFor();
    expect(await sums.boundingBox()).toEqual(before);
    await page.unroute('**/rpc/stock/onHandSums');
    await page.getByLabel(t('common.filterColumn', { column: t('stock.columns.partNumber') })).fill('PCB');
    await foot.getByText(t('common.rowCount', { total: '1' })).waitFor();
    await expect.poll(() => page.locator('.mw-row').count()).toBe(1);
    await page.getByRole('button', { name: t('common.clearFilters') }).click();
    await foot.getByText(all).waitFor();
  });

  test('a keeper sets bin and limits, and sees what runs short', async () => {
    const { t, page } = keeper;
    await show(keeper, '/stock');
    await openRow(keeper, 'PCB-KT');
    await pressShown(page, 'Alt+E');
    await dialog(keeper).getByLabel(t('fields.bin'), { exact: true }).fill('A-12');
    await dialog(keeper).getByLabel(t('fields.minQuantity'), { exact: true }).fill('8');
    await dialog(keeper).getByLabel(t('fields.maxQuantity'), { exact: true }).fill('7');
    await page.keyboard.press('Control+Enter');
    await dialog(keeper).getByText(t('fieldRules.belowMinimum')).first().waitFor();
    await dialog(keeper).getByLabel(t('fields.maxQuantity'), { exact: true }).fill('20');
    await page.keyboard.press('Control+Enter');
    await closed(keeper);
    await picture(keeper, 'explain');
    await page.keyboard.press('Escape');
    await seen(keeper, 'A-12');
    await picture(keeper, 'on-hand');
    await show(keeper, '/stock?tab=availability');
    await seen(keeper, 'PCB-KT');
    await expect.poll(() => page.locator('.mw-row').first().textContent()).toMatch(/A-12.*5.*8.*20.*15/);
    await picture(keeper, 'below-min');
    await show(keeper, '/');
    await seen(keeper, t('today.partsBelowMin'));
    await picture(keeper, 'today');
  });

  test('parts are reserved by keyboard no further than there are, and handed over', async () => {
    const { t, page } = keeper;
    await show(keeper, '/stock?tab=availability&view=reservations');
    await seen(keeper, t('availability.nothingReserved'));
    await pressShown(page, 'Alt+N');
    await dialog(keeper)
      .getByRole('combobox', { name: t('stock.pickPart') })
      .waitFor();
    await pick(keeper, '6901234000028'); // of the entry that was merged
    const quantity = dialog(keeper).getByLabel(t('fields.quantity'), { exact: true });
    await quantity.and(page.locator(':focus')).waitFor();
    await quantity.fill('6');
    await dialog(keeper).getByLabel(t('fields.untilOn'), { exact: true }).fill('2099-12-31');
    await page.keyboard.press('Enter');
    await dialog(keeper).getByLabel(t('fields.reservedFor'), { exact: true }).fill('王小明 138');
    await page.keyboard.press('Control+Enter');
    await dialog(keeper).getByRole('alert').getByText('CAP-50').first().waitFor();
    await picture(keeper, 'reserve');
    await quantity.fill('3');
    await page.keyboard.press('Control+Enter');
    await closed(keeper);
    await seen(keeper, '王小明 138');
    await picture(keeper, 'reservations');
  });

  test('issuing what is kept back for others is warned about', async () => {
    const { t, page } = keeper;
    await show(keeper, '/stock?tab=issue');
    await page.getByRole('combobox', { name: t('stock.pickPart') }).fill('kfr-35');
    await page.locator('.mw-part-hit').first().waitFor();
    await page.keyboard.press('Enter');
    const quantity = page.getByLabel(t('stock.columns.quantity'), { exact: true });
    await quantity.and(page.locator(':focus')).waitFor();
    await quantity.fill('3');
    await page.keyboard.press('Enter');
    await seen(keeper, t('availability.keptForOthers'));
    await picture(keeper, 'issue');
    await page.getByRole('button', { name: t('stock.removeLine') }).click();
    await show(keeper, '/stock?tab=availability&view=reservations');
    await page.getByRole('button', { name: t('availability.hand') }).click();
    await seen(keeper, t('availability.nothingReserved'));
  });

  test('labels of a receipt are printed, one for each piece, with a barcode a scanner reads', async () => {
    const { t, page } = keeper;
    await show(keeper, '/stock?tab=documents');
    await page
      .getByText(/RC-\w+-\d{6}-0001/)
      .first()
      .click();
    await page.getByRole('button', { name: t('labels.title') }).click();
    const labels = () => page.locator('.mw-print .mw-label');
    await labels().nth(9).waitFor({ state: 'attached' });
    await dialog(keeper)
      .getByLabel(`CAP-50 ${t('labels.count')}`)
      .fill('2');
    await page.keyboard.press('Tab');
    await labels().nth(7).waitFor({ state: 'detached' });
    await expect.poll(() => labels().count()).toBe(7);
    await expect.poll(() => labels().first().textContent()).toContain('6901234000011');
    await expect.poll(() => labels().last().textContent()).toContain('PCB-KT');
    await picture(keeper, 'labels-roll');
    await dialog(keeper).getByText(t('labels.papers.sheet')).click();
    await picture(keeper, 'labels-sheet');
    await page.emulateMedia({ media: 'print' });
    await picture(keeper, 'labels-paper');
    await page.emulateMedia({ media: 'screen' });
  });

  test('a technician’s stock is given to him in the set-up', async () => {
    const { t, page } = manager;
    await show(manager, '/setup?tab=warehouses');
    await seen(manager, 'PJ');
    await pressShown(page, 'Alt+N');
    await dialog(manager).getByLabel(t('setup.columns.code'), { exact: true }).fill('T1');
    await dialog(manager).getByLabel(t('setup.columns.title'), { exact: true }).fill('随车库');
    await dialog(manager).getByLabel(t('setup.columns.kind'), { exact: true }).click();
    await page.getByTitle(t('setup.warehouseKinds.technician'), { exact: true }).last().click();
    await dialog(manager).getByLabel(t('fields.holderId'), { exact: true }).click();
    await page.keyboard.press('Enter');
    await picture(manager, 'warehouse');
    await page.keyboard.press('Control+Enter');
    await closed(manager);
    await seen(manager, '随车库');
    await picture(manager, 'warehouses');
  });

  test('nothing went wrong in the pages meanwhile', () => {
    expect([...manager.faults, ...keeper.faults]).toEqual([]);
  });
});
