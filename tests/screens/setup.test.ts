import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '#operations/index.ts';
import { createTranslator, isTextKey, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, openWindow, type Desk, pressShown } from '../helpers/browser.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { ADMINISTRATOR, givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';

test('every command has its words in the change log', () => {
  const commands = Object.values(operations).filter(({ kind }) => kind === 'command');
  expect(commands.map(({ name }) => name).filter((name) => !isTextKey(`setup.log.operations.${name}`))).toEqual([]);
});

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('set-up in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let station: RunningStation;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['manager']);
    [station, browser] = await Promise.all([startStation(folder.path), launchBrowser()]);
    desk = await openDesk(browser, { address: station.address, language, number: ADMINISTRATOR });
  });
  afterAll(async () => {
    await browser?.close();
    await station?.kill();
    folder?.remove();
  });

  /** Shows a tab; it is there when its grid has been counted. */
  async function open(tab: string): Promise<void> {
    await desk.page.goto(`${station.address}/#/setup?tab=${tab}`);
    await desk.page.getByText(/^(共 \d+ 条|\d+ in all)$/).waitFor();
  }
  const dialog = () => desk.page.getByRole('dialog').last();
  const field = (label: string) => dialog().getByLabel(label, { exact: true });

  test('what is missing of a new employee is named by field', async () => {
    await open('employees');
    await pressShown(desk.page, 'Alt+N');
    await dialog().waitFor();
    await desk.page.keyboard.press('Control+Enter');
    await dialog().getByText(t('fieldRules.required'), { exact: true }).first().waitFor();
    await desk.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  test('a new employee gets number, role and first password, signs in and has to choose an own one', async () => {
    await open('employees');
    await pressShown(desk.page, 'Alt+N');
    await field(t('session.number')).fill('T77');
    await field(t('setup.columns.name')).fill('王建国');
    await dialog().getByText(t('roles.technician'), { exact: false }).first().click();
    await desk.page.keyboard.press('Control+Enter');

    await dialog()
      .getByText(t('setup.employees.passwordTitle', { number: 'T77', name: '王建国' }))
      .waitFor();
    await dialog().locator('input[type=password]').first().fill('first-2026');
    await dialog().locator('input[type=password]').last().fill('first-2026');
    await desk.page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    await desk.page.getByText('T77', { exact: true }).waitFor();

    const page = await openWindow(browser, { language });
    await page.goto(station.address);
    await page.getByLabel(t('session.number')).fill('T77');
    await page.getByLabel(t('session.password')).fill('first-2026');
    await page.getByRole('button', { name: t('session.signIn') }).click();
    await page.getByText(t('session.mustChangePassword')).waitFor();
    await page.close();
  });

  test('a work type is added and changed', async () => {
    await open('work-types');
    await pressShown(desk.page, 'Alt+N');
    await field(t('setup.columns.code')).fill('R1');
    await field(t('setup.columns.title')).fill('中修');
    await field(t('setup.columns.standardFee')).fill('80.5');
    await desk.page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    await desk.page.getByText('80.50', { exact: true }).waitFor();

    await desk.page.getByText('R1', { exact: true }).click();
    await field(t('setup.columns.standardFee')).fill('90');
    await desk.page.keyboard.press('Control+Enter');
    await desk.page.getByText('90.00', { exact: true }).waitFor();
  });

  test('the change log tells who changed what, before and after', async () => {
    await open('change-log');
    await desk.page.getByText(t('setup.log.operations.setup.saveWorkType')).first().click();
    const changed = dialog()
      .getByRole('row')
      .filter({ hasText: t('fields.standardFee') });
    await expect.poll(() => changed.textContent()).toMatch(/80\.50.*90\.00/);
    await desk.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(desk.faults).toEqual([]);
  });

  test('a manager reads it all but can neither hire nor change rights', async () => {
    const other = await openDesk(browser, {
      address: station.address,
      language,
      number: 'manager',
      password: PASSWORD,
    });
    await other.page.goto(`${station.address}/#/setup?tab=employees`);
    await other.page.getByText('T77', { exact: true }).click();
    await other.page.waitForTimeout(300);
    await expect.poll(() => other.page.getByRole('dialog').count()).toBe(0);
    await expect.poll(() => other.page.getByText(t('setup.employees.add')).count()).toBe(0);
    await other.page.goto(`${station.address}/#/setup?tab=roles`);
    await other.page
      .getByRole('row')
      .filter({ hasText: t('rights.access.manage') })
      .first()
      .waitFor();
    expect(other.faults).toEqual([]);
    await other.close();
  });
});
