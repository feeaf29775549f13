import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown, topDialog } from '../helpers/browser.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { ADMINISTRATOR, givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { databaseIn } from '#server/station/service.ts';
import { openStore } from '#db/open.ts';

const URL_OF_ACCOUNTS = 'https://accounts.example/mendway';

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])(
  'webhooks and earlier values in %s',
  (language) => {
    const t = createTranslator(language);
    let folder: ReturnType<typeof temporaryFolder>;
    let station: RunningStation;
    let browser: Browser;
    let desk: Desk;
    let customerId: string;

    beforeAll(async () => {
      folder = temporaryFolder();
      await givenCompany(folder.path, ['manager']);
      customerId = await givenOverwritten(folder.path);
      [station, browser] = await Promise.all([startStation(folder.path), launchBrowser()]);
      desk = await openDesk(browser, { address: station.address, language, number: ADMINISTRATOR });
    });
    afterAll(async () => {
      await browser?.close();
      await station?.kill();
      folder?.remove();
    });
    const dialog = () => desk.page.getByRole('dialog').last();

    async function open(view: 'receivers' | 'deliveries'): Promise<void> {
      await desk.page.goto(`${station.address}/#/setup?tab=webhooks`);
      await desk.page.getByText(t('setup.webhooks.note')).waitFor();
      await desk.page
        .getByText(t(`setup.webhooks.${view}`), { exact: true })
        .first()
        .click();
    }

    test('a receiver is made, its secret shown once, and a test sent to it', async () => {
      await open('receivers');
      await desk.page.getByRole('button', { name: t('setup.webhooks.add') }).waitFor();
      await pressShown(desk.page, 'Alt+N');
      await dialog().getByLabel(t('setup.webhooks.columns.url')).fill('http://accounts.example/');
      await desk.page.keyboard.press('Control+Enter');
      await dialog().getByText(t('fieldRules.notHttps')).first().waitFor();
      await dialog().getByLabel(t('setup.webhooks.columns.url')).fill(URL_OF_ACCOUNTS);
      await desk.page.keyboard.press('Control+Enter');

      await desk.page.getByText(t('setup.webhooks.secretTitle')).waitFor();
      await expect.poll(() => dialog().locator('code').innerText()).toMatch(/^[\w-]{40,}$/);
      await dialog()
        .getByRole('button', { name: t('common.close') })
        .last()
        .click();

      await desk.page.getByText(URL_OF_ACCOUNTS).first().dblclick();
      await dialog()
        .getByRole('button', { name: t('setup.webhooks.test') })
        .click();
      await desk.page.getByText(t('setup.webhooks.testSent')).waitFor();
    });

    test('the message is there with what it says, and can be sent again', async () => {
      await open('deliveries');
      await desk.page.getByText(t('setup.webhooks.events.test'), { exact: true }).first().dblclick();
      await dialog().getByText('"event": "test"').waitFor();
      await dialog()
        .getByRole('button', { name: t('setup.webhooks.resend') })
        .click();
      await desk.page.getByText(t('setup.webhooks.resent')).waitFor();
    });

    test('a receiver that is removed waits for nothing any more', async () => {
      await open('receivers');
      await desk.page.getByText(URL_OF_ACCOUNTS).first().dblclick();
      await dialog()
        .getByRole('button', { name: t('setup.webhooks.remove'), exact: true })
        .click();
      await topDialog(desk.page)
        .getByRole('button', { name: t('setup.webhooks.remove'), exact: true })
        .click();
      await desk.page.getByText(t('setup.webhooks.inactive'), { exact: true }).waitFor();
    });

    test('who may not manage webhooks does not see them', async () => {
      const manager = await openDesk(browser, { address: station.address, language, number: 'manager' });
      await manager.page.goto(`${station.address}/#/setup`);
      await manager.page.getByText(t('setup.tabs.stores'), { exact: true }).waitFor();
      await expect.poll(() => manager.page.getByText(t('setup.tabs.webhooks'), { exact: true }).count()).toBe(0);
      await manager.close();
    });

    test('a value that another station overwrote is shown on the customer, and taken back by hand', async () => {
      await desk.page.goto(`${station.address}/#/customers/${customerId}`);
      await desk.page.getByText(t('customers.earlier.title'), { exact: true }).waitFor();
      await desk.page.getByText('愚园路 8 号').waitFor();
      await desk.page.getByRole('button', { name: t('customers.earlier.takeBack') }).click();
      await expect.poll(() => dialog().getByLabel(t('fields.address')).inputValue()).toBe('愚园路 8 号');
      await desk.page.keyboard.press('Control+Enter');
      await dialog().waitFor({ state: 'detached' });
      await desk.page.getByRole('button', { name: t('customers.earlier.takeBack') }).waitFor({ state: 'detached' });
    });

    test('nothing went wrong in the page', () => expect(desk.faults).toEqual([]));
  },
);

/** A customer whose address another station wrote at the same time. */
async function givenOverwritten(dataFolder: string): Promise<string> {
  const fields = { name: '王小明', phone: '13800000001', address: '长宁路 1 号' };
  const { id } = await inCompany(dataFolder, (run) => run('customers.save', { fields }));
  const store = await openStore(databaseIn(dataFolder));
  await store.write(async (trx) => {
    const unit = await trx.first<{ unitId: string }>('SELECT unit_id FROM installation');
    await trx.insert('field_history', {
      id: 'history-1',
      unitId: unit?.unitId ?? '',
      tableName: 'customers',
      rowId: id,
      field: 'address',
      lostValue: '"愚园路 8 号"',
      lostClock: '019d000000000000-0123456789ab',
      keptValue: '"长宁路 1 号"',
      keptClock: '019d000010000000-0123456789ac',
      at: Date.parse('2026-03-15T01:00:00Z'),
    });
  });
  await store.close();
  return id;
}
