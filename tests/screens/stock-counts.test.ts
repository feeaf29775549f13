import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown } from '../helpers/browser.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { serveFolder } from './lib/served.ts';

const PARTS = [
  { number: 'C-50', name: '电容 50µF', measure: '个', barcode: '6900000000501' },
  { number: 'F-100', name: '过滤网', measure: '片', barcode: '6900000001003' },
  { number: 'F-200', name: '静电滤网', measure: '片', barcode: '6900000002000' },
] as const;

/** Ten of each part, at 1.00 each; one of them has its place in a bin. */
async function givenStock(folder: string): Promise<void> {
  await givenCompany(folder, ['keeper', 'accountant']);
  await inCompany(folder, async (run) => {
    const { id: warehouseId } = await run('setup.saveWarehouse', { fields: { code: 'W1', name: '主仓' } });
    const lines = PARTS.map((newPart) => ({ newPart, quantity: 10_000, price: 100 }));
    await run('stock.receive', { warehouseId, lines });
    const { parts } = await run('stock.findParts', { fragment: 'F-100' });
    await run('stock.savePlace', { warehouseId, partId: parts[0]?.id ?? '', bin: 'A-1' });
  });
}

/** Between ten and eleven every one has a 10. */
const withoutTimes = (text: string): string => text.replaceAll(/\d+:\d\d/g, '');

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('a stock count in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let keeper: Desk;
  let accountant: Desk;
  beforeAll(async () => {
    folder = temporaryFolder();
    await givenStock(folder.path);
    [server, browser] = await Promise.all([serveFolder(folder.path), launchBrowser()]);
    const { address } = server;
    keeper = await openDesk(browser, { address, language, number: 'keeper' });
    accountant = await openDesk(browser, { address, language, number: 'accountant' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    folder?.remove();
  });

  const show = (desk: Desk, where: string) =>
    desk.page.evaluate((hash) => {
      location.hash = hash;
    }, `#${where}`);
  const seen = (desk: Desk, text: string) => desk.page.getByText(text).first().waitFor();
  const dialog = (desk: Desk) => desk.page.getByRole('dialog').last();
  const last = () => keeper.page.locator('.mw-last').innerText();
  /** As a scanner does: the code and Enter, into whatever has the focus. */
  async function scan(...codes: string[]): Promise<void> {
    for (const code of codes) {
      await keeper.page.keyboard.insertText(code);
      await keeper.page.keyboard.press('Enter');
    }
  }
  async function picture(desk: Desk, name: string): Promise<void> {
    if (!process.env['MENDWAY_PICTURES']) return;
    await desk.page.waitForTimeout(500);
    await desk.page.screenshot({ path: `${process.env['MENDWAY_PICTURES']}/${name}-${language}.png` });
  }
  /** The lines of a count are asked for and don't arrive before they may. */
  async function holdLinesBack({ page }: Desk): Promise<() => void> {
    const { promise: mayCome, resolve: letCome } = Promise.withResolvers<void>();
    await page.route(/stockCounts\/lines/, async (route) => {
      await mayCome;
      await route.continue();
    });
    return letCome;
  }
  /** One leaves while others count. */
  async function issueOne(barcode: string): Promise<void> {
    const [code] = PARTS.filter((part) => part.barcode === barcode).map(({ number }) => number);
    await inCompany(folder.path, async (run) => {
      const { warehouses } = await run('stock.choices', {});
      const { parts } = await run('stock.findParts', { fragment: code ?? '' });
      const lines = [{ partId: parts[0]?.id ?? '', quantity: 1000 }];
      await run('stock.issue', { kind: 'in-warranty', warehouseId: warehouses[0]?.id ?? '', lines });
    });
  }

  test('the keeper begins it and counts by scanner alone, without a word of what should be there', async () => {
    const { page } = keeper;
    await show(keeper, '/stock?tab=counts');
    await seen(keeper, t('counts.emptyTitle'));
    await picture(keeper, 'counts-empty');
    await pressShown(page, 'Alt+N');
    await dialog(keeper).getByText(t('counts.recountEach')).waitFor();
    await picture(keeper, 'count-start');
    await page.keyboard.press('Control+Enter');
    await page.locator('.mw-scan input:focus').waitFor();
    await picture(keeper, 'count-begun');

    await scan('6900000000501', '6900000000501', 'c-50', '4711');
    await seen(keeper, t('counts.unknown', { code: '4711' }));
    expect(await last()).toContain('3 个');
    await picture(keeper, 'count-unknown');
    await pressShown(page, 'Alt+Z');
    await expect.poll(last).toContain('2 个');
    await scan('*9');
    await expect.poll(last).toContain('9 个');
    await issueOne('6900000000501');

    await scan('网');
    await page.locator('.mw-part-hit').nth(1).waitFor();
    await picture(keeper, 'count-which');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(last).toContain('F-200');
    await pressShown(page, 'Alt+Q');
    await page.keyboard.insertText('8');
    await page.keyboard.press('Enter');
    await expect.poll(last).toContain('8 片');
    await page.locator('.mw-scan input:focus').waitFor();
    await picture(keeper, 'count-counting');
    const text = withoutTimes(await page.locator('.mw-count').innerText());
    expect(text).not.toContain(t('counts.expected'));
    expect(text).not.toMatch(/\b10\b/);
  });

  test('a blank sheet lists what is left, without figures', async () => {
    await pressShown(keeper.page, 'Alt+P');
    await dialog(keeper).getByText('F-100').waitFor();
    expect(withoutTimes(await dialog(keeper).innerText())).not.toMatch(/F-200|\b10\b/);
    await picture(keeper, 'count-sheet');
    await keeper.page.keyboard.press('Escape');
    await dialog(keeper).waitFor({ state: 'detached' });
  });

  test('what becomes of parts nobody counted is asked; what differs is counted again, still blind', async () => {
    const { page } = keeper;
    await page.keyboard.press('Control+Enter');
    await dialog(keeper).getByText(t('counts.uncounted.leave')).waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog(keeper).getByText(t('fieldRules.required')).waitFor();
    await picture(keeper, 'count-close');
    await dialog(keeper).getByText(t('counts.uncounted.leave')).click();
    await page.keyboard.press('Control+Enter');
    await seen(keeper, t('counts.recountProgress', { done: 0, of: 2 }));
    await page.locator('.mw-scan input:focus').waitFor();
    await picture(keeper, 'count-recount');
    await scan('F-200', '*8', 'C-50', '*8');
    await seen(keeper, t('counts.recountProgress', { done: 2, of: 2 }));
    expect(await page.locator('.mw-count').innerText()).not.toContain(t('counts.expected'));
    await page.keyboard.press('Control+Enter');
    await dialog(keeper).getByText(t('counts.closeRecountText')).waitFor();
    await page.keyboard.press('Control+Enter');
    await seen(keeper, t('counts.waitsForSecond'));
    await picture(keeper, 'count-waiting');
  });

  test('the accountant sees the differences, says why, and posts them; both have the slip', async () => {
    const { page } = accountant;
    await show(accountant, '/stock?tab=counts');
    await page.getByText(/SC-SH01-\d{6}-0001/).click();
    await seen(accountant, t('counts.reasonForAll'));
    await seen(accountant, '9');
    await page.keyboard.press('Control+Enter');
    await page.locator('.ant-modal-confirm').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('tr.is-wrong').waitFor();
    // Until the question has gone, keys are its own.
    await page.locator('.ant-modal-confirm').waitFor({ state: 'detached' });
    await picture(accountant, 'count-confirm');
    await page.getByLabel(t('counts.reasonForAll')).fill('损耗');
    await pressShown(page, 'Alt+A');
    await pressShown(page, 'Alt+P');
    await dialog(accountant).getByText(t('counts.slipTitle')).waitFor();
    await picture(accountant, 'count-slip');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.locator('.ant-modal-confirm').waitFor();
    const letLinesCome = await holdLinesBack(accountant);
    await page.keyboard.press('Enter');
    await page.locator('.mw-count-title').getByText(t('counts.states.posted')).waitFor();
    // Lines from before it was posted had no reasons: rather none are shown than those.
    expect(await page.locator('.mw-differences').count()).toBe(0);
    letLinesCome();
    await seen(accountant, t('stock.openDocument'));
    await picture(accountant, 'count-posted');
    await expect.poll(() => page.locator('.mw-differences').innerText()).toMatch(/F-200[^]*-2[^]*损耗/);

    // What a line of the document cost leads to the moves before it.
    await page.getByRole('button', { name: t('stock.openDocument') }).click();
    await dialog(accountant).getByTitle(t('stock.explain')).last().click();
    await seen(accountant, t('stock.before'));
    await dialog(accountant).getByText(t('stock.kinds.receipt')).first().waitFor();
    await picture(accountant, 'count-cost-explained');
    for (const _ of ['cost', 'document']) await page.keyboard.press('Escape');

    await show(accountant, '/stock');
    const shelf = (number: string) => page.locator('.mw-row').filter({ hasText: number });
    await expect.poll(async () => shelf('F-200').innerText()).toContain('8');
    await expect.poll(async () => shelf('C-50').innerText()).toContain('8');
  });

  test('a bin is counted by itself', async () => {
    const { page } = keeper;
    await show(keeper, '/stock?tab=counts');
    await page.getByText(/SC-SH01-\d{6}-0001/).waitFor();
    await pressShown(page, 'Alt+N');
    await dialog(keeper).getByText(t('counts.scopes.bin')).click();
    await dialog(keeper)
      .getByRole('combobox', { name: t('fields.bin') })
      .click();
    const bin = `A-1 · ${t('counts.binParts', { count: 1 })}`;
    await page.locator('.ant-select-item-option').getByText(bin).waitFor();
    await picture(keeper, 'count-start-bin');
    await page.keyboard.press('Enter');
    await dialog(keeper).getByTitle(bin, { exact: true }).waitFor();
    await page.keyboard.press('Control+Enter');
    await seen(keeper, t('counts.ofBin', { bin: 'A-1' }));
    await page.locator('.mw-scan input:focus').waitFor();
    await scan('C-50');
    await seen(keeper, t('counts.unknown', { code: 'C-50' }));
    await scan('F-100');
    await expect.poll(last).toContain('1 片');
    await seen(keeper, t('counts.progress', { lines: 1, left: 0 }));
    await picture(keeper, 'count-bin');
    expect([...keeper.faults, ...accountant.faults]).toEqual([]);
  });
});
