import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, LANGUAGE_NAMES } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown } from '../helpers/browser.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';

const SAVE = '**/rpc/workOrders/registerIntake';

describe.skipIf(isMissing('chromium'))('nothing is lost and nothing done twice', () => {
  const t = createTranslator('en');
  let folder: ReturnType<typeof temporaryFolder>;
  let station: RunningStation;
  let browser: Browser;
  let clerk: Desk;

  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['clerk', 'manager']);
    [station, browser] = await Promise.all([startStation(folder.path), launchBrowser()]);
    clerk = await openDesk(browser, { address: station.address, language: 'en', number: 'clerk', isMoving: true });
  });
  afterAll(async () => {
    await browser?.close();
    await station?.kill();
    folder?.remove();
  });

  const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
  const registerButton = () => clerk.page.getByRole('button', { name: t('intake.save') });

  /** A walk-in's device, all but registered. */
  async function fillIntake(symptom: string): Promise<void> {
    const { page } = clerk;
    await page.goto(`${station.address}/#/intake`);
    await page.getByRole('combobox', { name: t('intake.caller') }).waitFor();
    await pressShown(page, 'Alt+W');
    await field(page, t('fields.category')).fill('Kettle');
    await field(page, t('fields.symptom')).fill(symptom);
  }

  /** Work orders in the list with this symptom. */
  async function countOrders(symptom: string): Promise<number> {
    const { page } = clerk;
    await page.goto(`${station.address}/#/work-orders?scope=all`);
    await page.getByText(/\d+ in all$/).waitFor();
    await page.getByText(symptom, { exact: true }).first().waitFor();
    return page.getByText(symptom, { exact: true }).count();
  }

  test('a double click on Register registers once', async () => {
    await fillIntake('clicked twice');
    await registerButton().dblclick();
    await clerk.page.locator('.mw-registered-number').waitFor();
    expect(await countOrders('clicked twice')).toBe(1);
  });

  test('an answer lost on its way: the form keeps all, the next try gets the same order', async () => {
    const { page } = clerk;
    await fillIntake('answer lost');
    // The service does it, the answer never arrives.
    await page.route(
      SAVE,
      async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await registerButton().click();
    await page.getByText(t('errors.connection.lost')).first().waitFor();
    await expect.poll(() => field(page, t('fields.symptom')).inputValue()).toBe('answer lost');

    await registerButton().click();
    await page.locator('.mw-registered-number').waitFor();
    expect(await countOrders('answer lost')).toBe(1);
  });

  test('the language is switched in the middle of a form, which stays as it was filled in', async () => {
    const { page } = clerk;
    await fillIntake('switched');
    const chinese = createTranslator('zh-CN');
    const nameOf = (wanted: string) => LANGUAGE_NAMES.find(({ language }) => language === wanted)?.name ?? '';
    await page.getByRole('button', { name: t('app.switchLanguage') }).click();
    await page.getByRole('menuitem', { name: nameOf('zh-CN') }).click();
    await expect.poll(() => field(page, chinese('fields.symptom')).inputValue()).toBe('switched');
    await expect.poll(() => field(page, chinese('fields.category')).inputValue()).toBe('Kettle');
    await page.getByText(chinese('intake.walkInText')).waitFor();

    await page.getByRole('button', { name: chinese('app.switchLanguage') }).click();
    await page.getByRole('menuitem', { name: nameOf('en') }).click();
    await registerButton().click();
    await page.locator('.mw-registered-number').waitFor();
  });

  test('two desks change the same order: the second is told so and loses nothing', async () => {
    const manager = await openDesk(browser, { address: station.address, language: 'en', number: 'manager' });
    await countOrders('clicked twice');
    await clerk.page.getByText('clicked twice', { exact: true }).dblclick();
    await clerk.page.getByRole('heading', { name: /WO-/ }).waitFor();
    await manager.page.goto(clerk.page.url());
    for (const desk of [clerk, manager]) {
      await desk.page.getByRole('heading', { name: /WO-/ }).waitFor();
      await openEdit(desk.page);
    }
    const symptom = (desk: Desk) => desk.page.getByRole('dialog').getByLabel(t('fields.symptom'), { exact: true });
    await symptom(manager).fill('said by the manager');
    await manager.page.keyboard.press('Control+Enter');
    await manager.page.getByRole('dialog').waitFor({ state: 'hidden' });

    await symptom(clerk).fill('said by the clerk');
    await clerk.page.keyboard.press('Control+Enter');
    await clerk.page.getByRole('dialog').getByText(t('errors.document.changed')).first().waitFor();
    await expect.poll(() => symptom(clerk).inputValue()).toBe('said by the clerk');
    expect(manager.faults).toEqual([]);
    await manager.close();
  });

  async function openEdit(page: Page): Promise<void> {
    await page.getByRole('button', { name: t('workOrders.moreSteps') }).click();
    await page.getByRole('menuitem', { name: t('workOrders.steps.edit') }).click();
    await page.getByRole('dialog').waitFor();
  }
});
