import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown, topDialog } from '../helpers/browser.ts';
import { givenCompany, inCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

/** Pictures of every screen on the way, for whoever wants to look at them. */
const PICTURES = process.env['MENDWAY_PICTURES'];

/** A part whose old one must come back, and one with serial numbers; an order in work; two technicians with deposits, of whom one keeps stock. */
async function prepare(folder: string): Promise<void> {
  await inCompany(folder, async (run) => {
    const { id: warehouseId } = await run('setup.saveWarehouse', { fields: { code: 'W1', name: '主仓' } });
    await run('setup.saveWarehouse', { fields: { code: 'OLD', name: '旧件仓', kind: 'recovered-parts' } });
    const part = (number: string, name: string, salePrice: number, barcode: string) =>
      run('setup.savePart', {
        fields: { number, name, salePrice, barcode, measure: '台' },
        lists: { barcodes: [`${barcode}-2`] },
      });
    const pump = await part('P-100', '压缩机', 88_000, '6900000000100');
    await part('B-200', '主板', 30_000, '6900000000200');
    await run('stock.receive', { warehouseId, lines: [{ partId: pump.id, quantity: 9000, price: 33_333 }] });
    const { id: holderId } = await run('access.saveEmployee', {
      number: 'carrier',
      name: 'carrier',
      grade: 'A',
      roles: ['technician'],
      joinedOn: '2020-01-01',
    });
    await run('setup.saveWarehouse', { fields: { code: 'T1', name: '随车', kind: 'technician', holderId } });
    const { unitId, technicians } = await run('deposits.choices', {});
    for (const { id: technicianId } of technicians)
      await run('deposits.payIn', { unitId, technicianId, amount: 10_000, reason: '押金' });
    await run('workOrders.registerIntake', {
      customer: { name: '王小明', phone: '13800000001', address: '长宁路 1 号' },
      device: { category: '空调', brand: '格力', model: 'KFR-35', serial: 'SN-1' },
      mode: 'carry-in',
      symptom: '不制冷',
    });
  });
  await inDatabase(folder, async (store) => {
    await store.write(async (trx) => {
      await trx.run(
        "UPDATE parts SET is_old_returned = 1, old_due_days = 30, old_amount = 5000 WHERE number = 'P-100'",
      );
      await trx.run("UPDATE parts SET tracking = 'serial' WHERE number = 'B-200'");
    });
  });
}

/** A keeper who may go beyond deposits. */
async function givenChief(folder: string): Promise<void> {
  await inCompany(folder, async (run) => {
    const chief = { number: 'chief', name: 'chief', grade: 'A', joinedOn: '2020-01-01' };
    const { id: employeeId } = await run('access.saveEmployee', { ...chief, roles: ['keeper', 'manager'] });
    await run('access.setPassword', { employeeId, password: PASSWORD, isChangeDue: false });
  });
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('issues and old parts in %s', (language) => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let keeper: Desk;
  let accountant: Desk;
  let technician: Desk;
  let chief: Desk;
  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['keeper', 'accountant', 'technician']);
    await prepare(folder.path);
    await givenChief(folder.path);
    [server, browser] = await Promise.all([serveFolder(folder.path), launchBrowser()]);
    const open = (number: string) => openDesk(browser, { address: server.address, language, number });
    [keeper, accountant, technician] = [await open('keeper'), await open('accountant'), await open('technician')];
    chief = await open('chief');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    folder?.remove();
  });

  const show = async (desk: Desk, tab: string) => {
    await desk.page.goto(`${server.address}/#/stock?tab=${tab}`);
    await desk.page.reload();
  };
  const seen = (desk: Desk, text: string) => desk.page.getByText(text).first().waitFor();
  const dialog = (desk: Desk) => desk.page.getByRole('dialog').last();
  const picture = async (desk: Desk, name: string) => {
    if (!PICTURES) return;
    await desk.page.waitForTimeout(500);
    await desk.page.screenshot({ path: `${PICTURES}/${name}-${language}.png` });
  };
  async function pick(desk: Desk, code: string): Promise<void> {
    await desk.page.getByRole('combobox', { name: desk.t('stock.pickPart') }).fill(code);
    await desk.page.locator('.mw-part-hit').first().waitFor();
    await desk.page.keyboard.press('Enter');
  }
  async function choose(desk: Desk, label: string, text: string): Promise<void> {
    const field = desk.page.locator('.mw-stock-head label', { hasText: new RegExp(`^${label}`) });
    await field.locator('.ant-select').click();
    await desk.page.locator('.ant-select-item-option').getByText(text).last().click();
  }
  /** A scanner types the code and presses Enter. */
  async function scan(desk: Desk, label: string, ...codes: string[]): Promise<void> {
    const field = dialog(desk).getByLabel(label);
    for (const code of codes) {
      await field.fill(code);
      await field.press('Enter');
    }
  }

  test('pieces come in by scanning their serial numbers, one after the other', async () => {
    const { t, page } = keeper;
    await show(keeper, 'receive');
    await pick(keeper, 'B-200');
    await scan(keeper, t('lots.serial'), 'SN-A1', 'SN-A2', 'SN-A2', 'SN-A3');
    await dialog(keeper)
      .getByText(t('lots.count', { quantity: '3 台' }))
      .waitFor();
    await picture(keeper, 'lots-receive');
    await dialog(keeper).getByLabel(t('lots.serial')).press('Enter');
    const price = page.getByLabel(t('stock.columns.buyingPrice'), { exact: true });
    await price.and(page.locator(':focus')).waitFor();
    await price.fill('120');
    await page.keyboard.press('Enter');
    await page.locator('.mw-line-table .mw-lot').nth(2).waitFor();
    await picture(keeper, 'receive');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/RC-SH01-\d{6}-0002/).waitFor();
  });

  test('parts are issued to a technician with the numbers that are on hand, and the slip says what must come back', async () => {
    const { t, page } = keeper;
    await show(keeper, 'issue');
    await choose(keeper, t('stock.issueKind'), t('stock.issueKinds.to-technician'));
    await choose(keeper, t('issues.technician'), 'technician');
    await pick(keeper, 'B-200');
    await scan(keeper, t('lots.serial'), 'SN-ZZ');
    await dialog(keeper)
      .getByText(t('lots.notHere', { lot: 'SN-ZZ' }))
      .waitFor();
    await scan(keeper, t('lots.serial'), 'SN-A2', 'SN-A3');
    await picture(keeper, 'lots-issue');
    await page.keyboard.press('Control+Enter');
    await pick(keeper, 'P-100');
    const quantity = page.getByLabel(t('stock.columns.quantity'), { exact: true });
    await quantity.and(page.locator(':focus')).waitFor();
    await quantity.fill('3');
    await page.keyboard.press('Enter');
    await page.locator('.mw-line-table tbody tr').nth(1).waitFor();
    await picture(keeper, 'issue');
    await page.keyboard.press('Control+Enter');
    await page
      .locator('output')
      .getByRole('button', { name: t('slips.print') })
      .click();
    await dialog(keeper).getByText(t('slips.titles.to-technician')).waitFor();
    await dialog(keeper).getByText(t('slips.oldParts')).waitFor();
    await dialog(keeper).getByText('SN-A3').waitFor();
    await picture(keeper, 'slip');
    await dialog(keeper).getByText(t('slips.papers.roll')).click();
    await picture(keeper, 'slip-roll');
    await page.keyboard.press('Escape');
  });

  test('a piece comes back by its serial number, and where it is can be looked up', async () => {
    const { t, page } = keeper;
    await show(keeper, 'documents');
    await page
      .getByText(/IS-SH01-\d{6}-0001/)
      .first()
      .click();
    await page.getByRole('button', { name: t('returns.open') }).click();
    await scan(keeper, t('returns.scan'), 'SN-A2', '6900000000100', 'SN-A2');
    await dialog(keeper)
      .getByText(t('returns.notOut', { code: 'SN-A2' }))
      .waitFor();
    await picture(keeper, 'return');
    await page.keyboard.press('Control+Enter');
    await dialog(keeper).getByText(t('slips.titles.return')).waitFor();
    await picture(keeper, 'slip-return');
    await page.keyboard.press('Escape');
    await seen(keeper, t('returns.cameBack', { quantity: '1' }));
    await picture(keeper, 'document');

    await show(keeper, 'on-hand');
    await page.getByRole('button', { name: t('lots.search') }).click();
    await scan(keeper, t('lots.searchField'), 'SN-A2');
    await dialog(keeper).getByText(t('stock.kinds.return')).waitFor();
    await dialog(keeper).getByText('主仓 × 1').waitFor();
    await picture(keeper, 'lot-history');
  });

  test('old parts come back by scanner, are inspected, and leave for the maker', async () => {
    const { t, page } = keeper;
    await show(keeper, 'old-parts');
    await seen(keeper, 'P-100');
    await picture(keeper, 'old-parts');
    await pressShown(page, 'Alt+N');
    await scan(keeper, t('oldParts.scan'), 'X-9', '6900000000100-2');
    await picture(keeper, 'take-back');
    await page.keyboard.press('Control+Enter');
    await dialog(keeper).getByText(t('slips.titles.recovery')).waitFor();
    await picture(keeper, 'slip-recovery');
    await page.keyboard.press('Escape');

    await page.getByText(t('oldParts.views.uninspected')).first().click();
    await page.locator('.mw-row').first().click();
    await page.getByRole('button', { name: t('oldParts.deeds.accepted'), exact: true }).click();
    await picture(keeper, 'inspect');
    await topDialog(page)
      .getByRole('button', { name: t('oldParts.deeds.accepted') })
      .click();
    await page.getByRole('cell', { name: t('oldParts.entryKinds.accepted'), exact: true }).waitFor();
    await page.locator('.ant-modal').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.locator('.ant-drawer-title').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: t('oldParts.dispose') }).click();
    await dialog(keeper).getByText(t('oldParts.hows.to-maker'), { exact: true }).click();
    await scan(keeper, t('oldParts.scan'), 'P-100');
    await picture(keeper, 'dispose');
    await page.keyboard.press('Control+Enter');
    await dialog(keeper).getByText(t('slips.titles.to-maker')).waitFor();
    await page.keyboard.press('Escape');
  });

  test('an accountant charges what is still owed; a technician sees his own debts and decides nothing', async () => {
    const { t, page } = accountant;
    await show(accountant, 'old-parts');
    await page.locator('.mw-row').first().click();
    await page.getByRole('button', { name: t('oldParts.deeds.charged') }).click();
    await topDialog(page)
      .getByRole('button', { name: t('oldParts.deeds.charged') })
      .click();
    await page.getByRole('cell', { name: t('oldParts.entryKinds.charged') }).waitFor();
    await accountant.page.getByRole('cell', { name: /^DP-SH01-\d{6}-\d+/ }).waitFor();
    await picture(accountant, 'old-part');
    await page.keyboard.press('Escape');
    await page.getByText(t('oldParts.views.debtors')).click();
    await picture(accountant, 'debtors');

    await show(technician, 'old-parts');
    await technician.page.getByText(t('oldParts.views.all'), { exact: true }).click();
    await technician.page.locator('.mw-row').first().click();
    await seen(technician, t('oldParts.entryKinds.charged'));
    await expect
      .poll(() => technician.page.getByRole('button', { name: t('oldParts.deeds.forgiven') }).count())
      .toBe(0);
    await expect.poll(() => technician.page.getByText(t('oldParts.takeBack')).count()).toBe(0);
  });

  test('what a technician carries blocks his deposit, and more than it covers goes out only with a reason', async () => {
    const { t, page } = chief;
    await show(chief, 'issue');
    await choose(chief, t('stock.issueKind'), t('stock.issueKinds.to-technician'));
    await choose(chief, t('issues.technician'), 'carrier');
    await seen(chief, t('deposits.freeOf', { free: '¥100.00' }));
    await pick(chief, 'P-100');
    await page.getByLabel(t('stock.columns.quantity'), { exact: true }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.mw-line-table tbody tr').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await seen(chief, t('errors.deposit.exceeded', { free: '¥100.00', needed: '¥333.33' }));
    await page.getByLabel(t('deposits.exceed')).fill('春节值班');
    await picture(chief, 'issue-beyond-deposit');
    await page.keyboard.press('Control+Enter');
    await page.locator('.mw-stock-saved').waitFor();

    await accountant.page.goto(`${server.address}/#/supply?tab=deposits`);
    const row = accountant.page.locator('.mw-row').filter({ hasText: 'carrier' });
    await row.getByText('333.33').waitFor();
    await picture(accountant, 'deposits');
    await row.click();
    await seen(accountant, 'T1 ¥333.33');
    await picture(accountant, 'deposit-of-technician');
    await accountant.page.keyboard.press('Escape');
  });

  test('a fault of a balance names part, warehouse and rule', async () => {
    const { t, page } = keeper;
    await inDatabase(folder.path, (store) =>
      store.write((trx) => trx.run('UPDATE stock_balances SET quantity = quantity + 1 WHERE quantity > 5000')),
    );
    await show(keeper, 'on-hand');
    await page.getByRole('button', { name: t('stock.verify') }).click();
    const shown = page.locator('.ant-modal-confirm');
    await shown.getByText('P-100').waitFor();
    await shown.getByText('W1').waitFor();
    await shown.getByText(t('cli.stockRules.balance-quantity')).waitFor();
    await picture(keeper, 'verify');
    expect([...keeper.faults, ...accountant.faults, ...technician.faults, ...chief.faults]).toEqual([]);
  });
});
