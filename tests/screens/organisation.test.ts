import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#db/open.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { databaseIn } from '#server/station/service.ts';
import { launchBrowser, openDesk, type Desk } from '../helpers/browser.ts';
import { givenLink } from '../helpers/given-units.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { ADMINISTRATOR, givenCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('the organisation in %s', (language) => {
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

  const dialog = () => desk.page.getByRole('dialog').last();
  const field = (label: string) => dialog().getByLabel(label, { exact: true });
  const row = (text: string) => desk.page.getByRole('row').filter({ hasText: text }).first();

  async function open(address: string): Promise<void> {
    await desk.page.goto(`${station.address}/#${address}`);
    await desk.page.getByText(/^(共 \d+ 条|\d+ in all)$/).waitFor();
  }
  async function press(...pressed: string[]): Promise<void> {
    for (const key of pressed) await desk.page.keyboard.press(key);
  }
  /** Types until the choice is the first one found, and takes it. */
  async function choose(label: string | Locator, words: string): Promise<void> {
    const choice = typeof label === 'string' ? field(label) : label;
    await choice.click();
    await choice.fill(words);
    await desk.page
      .locator('.ant-select-dropdown:visible .ant-select-item-option')
      .filter({ hasText: words })
      .waitFor();
    await press('Enter');
  }
  async function save(): Promise<void> {
    await press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
  }
  /** Adds a unit below the one the cursor is on, or below the root. */
  async function addUnit(code: string, name: string, kind: 'region' | 'outlet'): Promise<void> {
    await press('Insert');
    await field(t('organisation.units.code')).fill(code);
    await field(t('setup.columns.title')).fill(name);
    await field(t('organisation.units.kind')).click();
    await desk.page
      .locator('.ant-select-dropdown:visible')
      .getByText(t(`organisation.unitKinds.${kind}`), { exact: true })
      .click();
    await save();
    await row(name).waitFor();
  }

  test('regions are made below the root and an outlet below a region, all with keys', async () => {
    await open('/organisation');
    await addUnit('EAST', '华东大区', 'region');
    await addUnit('SOUTH', '华南大区', 'region');
    await desk.page.getByRole('grid').focus();
    await press('Home', 'ArrowDown');
    await desk.page.getByText(t('organisation.units.addBelow', { name: '华东大区' })).waitFor();
    await addUnit('SZ01', '苏州网点', 'outlet');
    await expect.poll(() => row('苏州网点').textContent()).toContain('华东大区');

    await press('ArrowLeft');
    await row('苏州网点').waitFor({ state: 'detached' });
    await press('ArrowRight');
    await row('苏州网点').waitFor();
  });

  test('what a move to another region means is asked about, and then done', async () => {
    await desk.page.getByRole('grid').focus();
    await press('Home', 'ArrowDown', 'ArrowDown', 'Enter');
    await choose(t('organisation.units.parent'), '华南大区');
    await press('Control+Enter');
    const question = desk.page.locator('.ant-modal-confirm');
    await question.locator('.ant-modal-confirm-title').waitFor();
    const said = [
      t('organisation.units.moveRegion', { from: '华东大区', to: '华南大区', units: 1 }),
      t('organisation.units.moveSnapshot'),
      t('organisation.units.moveOld', { name: '华东大区' }),
      t('organisation.units.moveNew', { name: '华南大区' }),
    ];
    for (const sentence of said) await expect.poll(() => question.textContent()).toContain(sentence);
    await question.getByRole('button', { name: t('organisation.units.moveConfirm') }).click();
    await desk.page.getByRole('dialog').first().waitFor({ state: 'detached' });
    await expect.poll(() => row('苏州网点').textContent()).toMatch(/华南大区/);
  });

  test('what cannot be is said beside its field or in the dialog', async () => {
    await press('Insert');
    await field(t('organisation.units.code')).fill('EAST');
    await field(t('setup.columns.title')).fill('重复');
    await press('Control+Enter');
    await dialog()
      .getByText(/“EAST”/)
      .first()
      .waitFor();
    await press('Escape');
    await desk.page.getByRole('button', { name: t('common.discard') }).click();
    await desk.page.getByRole('dialog').first().waitFor({ state: 'detached' });
  });

  test('a department and a position in it are made for the outlet', async () => {
    await open('/organisation?tab=departments');
    await choose(desk.page.getByRole('combobox', { name: t('organisation.departments.unit') }), '苏州网点');
    await desk.page.getByText(t('organisation.departments.emptyText')).waitFor();
    await press('Alt+n');
    await field(t('organisation.departments.name')).fill('安装组');
    await save();
    await row('安装组').waitFor();
    await desk.page.getByRole('grid').focus();
    await press('Home', 'Insert');
    await dialog().getByText(t('organisation.departmentKinds.position'), { exact: true }).click();
    await field(t('organisation.departments.name')).fill('安装工');
    await save();
    await row('安装工').waitFor();
  });

  test('an employee is put into the outlet and its position, and is called by it', async () => {
    await open('/setup?tab=employees');
    await press('Alt+n');
    await field(t('session.number')).fill('A1');
    await field(t('setup.columns.name')).fill('李师傅');
    await choose(t('setup.employees.unit'), '苏州网点');
    await choose(t('setup.employees.department'), '安装工');
    await expect.poll(() => field(t('setup.columns.position')).inputValue()).toBe('安装工');
    await dialog()
      .getByRole('checkbox', { name: new RegExp(`^${t('roles.technician')}`) })
      .check();
    await press('Control+Enter');
    await dialog()
      .getByText(t('setup.employees.passwordTitle', { number: 'A1', name: '李师傅' }))
      .waitFor();
    await press('Escape');
    await expect.poll(() => row('李师傅').textContent()).toMatch(/苏州网点.*安装工/);
  });

  test('a provider gets a contract for the outlet, a reward for an installer, and is eliminated', async () => {
    await open('/organisation?tab=contracts');
    await press('Alt+n');
    await field(t('organisation.contracts.number')).fill('HT-1');
    await field(t('organisation.contracts.provider')).fill('安捷服务');
    await choose(t('organisation.contracts.unit'), '苏州网点');
    await field(t('organisation.contracts.areas')).fill('苏州市，昆山市，');
    await press('Control+Enter');
    await desk.page.getByText(t('organisation.contracts.agreed')).waitFor();

    await press('Alt+n');
    await choose(t('organisation.events.concerns'), '李师傅');
    await field(t('organisation.events.points')).fill('10');
    await field(t('fields.reason')).fill('零投诉');
    await save();
    await desk.page.getByText('零投诉').waitFor();
    await expect.poll(() => row('李师傅').textContent()).toMatch(/1.*10/);

    await press('Alt+n');
    await dialog().getByText(t('organisation.eventKinds.elimination'), { exact: true }).click();
    await dialog().getByText(t('organisation.effects.elimination')).waitFor();
    await field(t('organisation.events.points')).fill('30');
    await field(t('fields.reason')).fill('虚报安装单');
    await save();
    await desk.page.getByText('虚报安装单').waitFor();
    await desk.page.getByText(t('organisation.contractStates.ended'), { exact: true }).waitFor();
    await desk.page.getByText('80', { exact: true }).waitFor();

    await press('Escape');
    await desk.page.getByPlaceholder(t('organisation.finder.address')).fill('江苏省苏州市吴江区 1 号');
    await desk.page.getByText(t('organisation.finder.nobody')).waitFor();
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(desk.faults).toEqual([]);
  });

  test('a manager looks at all of it and changes nothing', async () => {
    const other = await openDesk(browser, { address: station.address, language, number: 'manager' });
    await other.page.goto(`${station.address}/#/organisation`);
    await other.page.getByRole('row').filter({ hasText: '苏州网点' }).first().click();
    await other.page.keyboard.press('Insert');
    await other.page.waitForTimeout(300);
    await expect.poll(() => other.page.getByRole('dialog').count()).toBe(0);
    await other.page.goto(`${station.address}/#/organisation?tab=contracts`);
    await other.page.getByText('HT-1', { exact: true }).click();
    await other.page.getByText('虚报安装单').waitFor();
    await expect.poll(() => other.page.getByText(t('organisation.events.add')).count()).toBe(0);
    expect(other.faults).toEqual([]);
    await other.close();
  });
});

describe.skipIf(isMissing('chromium'))('the organisation at a station that belongs to a company', () => {
  test('is looked at, not changed; a password is given all the same', async () => {
    const t = createTranslator('en');
    const folder = temporaryFolder();
    await givenCompany(folder.path, ['technician']);
    const store = await openStore(databaseIn(folder.path));
    await givenLink({ store });
    await store.close();
    const [station, browser] = await Promise.all([startStation(folder.path), launchBrowser()]);
    try {
      const { page, faults } = await openDesk(browser, {
        address: station.address,
        language: 'en',
        number: ADMINISTRATOR,
      });
      for (const tab of ['units', 'departments', 'contracts']) {
        await page.goto(`${station.address}/#/organisation?tab=${tab}`);
        await page.getByText(t('organisation.keptByHeadOffice')).waitFor();
        await page.keyboard.press('Insert');
        await page.keyboard.press('Alt+n');
      }
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
      await page.goto(`${station.address}/#/setup?tab=employees`);
      await page.getByRole('row').filter({ hasText: 'technician' }).first().click();
      await page.getByText(t('setup.employees.passwordText')).waitFor();
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      await station.kill();
      folder.remove();
    }
  });
});
