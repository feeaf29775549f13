import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, openWindow, type Desk } from '../helpers/browser.ts';
import { startLanStation, type RunningLan } from '../helpers/processes.ts';
import { ADMINISTRATOR, givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])(
  'another PC of the station in %s',
  (language) => {
    const t = createTranslator(language);
    let folder: ReturnType<typeof temporaryFolder>;
    let station: RunningLan;
    let browser: Browser;
    let administrator: Desk;
    let other: Page;
    const faults: string[] = [];

    beforeAll(async () => {
      folder = temporaryFolder();
      await givenCompany(folder.path, ['clerk', 'manager']);
      [station, browser] = await Promise.all([startLanStation(folder.path), launchBrowser()]);
      administrator = await openDesk(browser, { address: station.address, language, number: ADMINISTRATOR });
      other = await openOtherPc();
    });
    afterAll(async () => {
      await browser?.close();
      await station?.kill();
      folder?.remove();
    });

    async function openOtherPc(): Promise<Page> {
      const page = await openWindow(browser, { language });
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(station.lan);
      return page;
    }

    async function ask(name: string): Promise<string> {
      await other.getByLabel(t('pc.name')).fill(name);
      await other.getByRole('button', { name: t('pc.ask') }).click();
      await other.getByText(t('pc.waitingTitle')).waitFor();
      return (await other.locator('.mw-pc-code').textContent()) ?? '';
    }

    const row = (name: string) => administrator.page.getByRole('row').filter({ hasText: name });
    const confirm = () => administrator.page.locator('.ant-modal-confirm-btns .ant-btn').last().click();

    test('is not let in before it is approved', async () => {
      await other.getByText(t('pc.title')).waitFor();
      await expect.poll(() => other.getByLabel(t('session.password')).count()).toBe(0);
      const call = await other.request.post(`${station.lan}/api/session/sign-in`, {
        data: { number: 'clerk', password: PASSWORD },
      });
      expect([call.status(), await call.json()]).toMatchObject([403, { code: 'pc.not-approved' }]);
    });

    test('asks, waits with a code, and goes on by itself when the administrator approves that code', async () => {
      const code = await ask('前台 2');
      expect(code).toMatch(/^\d{3} \d{3}$/);
      await administrator.page.goto(`${station.address}/#/setup?tab=pcs`);
      await row('前台 2').getByText(code, { exact: true }).waitFor();
      await row('前台 2')
        .getByRole('button', { name: t('setup.pcs.approve') })
        .click();
      const dialog = administrator.page.getByRole('dialog').last();
      await dialog.getByText(t('setup.pcs.approveTitle', { code })).waitFor();
      await dialog.getByLabel(t('setup.pcs.name')).fill('收银台');
      await administrator.page.keyboard.press('Control+Enter');
      await dialog.waitFor({ state: 'detached' });
      await row('收银台').getByText(t('setup.pcs.states.approved')).waitFor();

      await other.getByLabel(t('session.number')).fill('clerk');
      await other.getByLabel(t('session.password')).fill(PASSWORD);
      await other.getByRole('button', { name: t('session.signIn') }).click();
      await other.getByRole('navigation').first().waitFor();
    });

    test('stays approved when the station is started anew', async () => {
      const port = Number(new URL(station.lan).port);
      const { fingerprint } = station;
      await station.stop();
      station = await startLanStation(folder.path, port);
      expect(station.fingerprint).toBe(fingerprint);
      await other.reload();
      await other.getByRole('navigation').first().waitFor();
    });

    test('is out at its next step when the permission is taken away, and may ask again', async () => {
      administrator = await openDesk(browser, { address: station.address, language, number: ADMINISTRATOR });
      await administrator.page.goto(`${station.address}/#/setup?tab=pcs`);
      await row('收银台')
        .getByRole('button', { name: t('setup.pcs.revoke') })
        .click();
      await administrator.page
        .locator('.ant-modal-confirm-title', { hasText: t('setup.pcs.revokeQuestion', { name: '收银台' }) })
        .waitFor();
      await confirm();
      await row('收银台').getByText(t('setup.pcs.states.refused')).waitFor();
      await other.goto(`${station.lan}/#/work-orders`);
      await other.getByText(t('pc.refusedTitle')).waitFor();
      await ask('收银台');
      await row(t('setup.pcs.states.waiting')).waitFor();
    });

    test('is told when it is refused', async () => {
      await row(t('setup.pcs.states.waiting'))
        .getByRole('button', { name: t('setup.pcs.refuse') })
        .click();
      await confirm();
      await other.getByText(t('pc.refusedTitle')).waitFor();
    });

    test("the station's own PC needs no approval, and a manager doesn't see who asks", async () => {
      const manager = await openDesk(browser, { address: station.address, language, number: 'manager' });
      await manager.page.goto(`${station.address}/#/setup?tab=change-log`);
      await manager.page.getByText(t('setup.tabs.change-log')).first().waitFor();
      await expect.poll(() => manager.page.getByText(t('setup.tabs.pcs'), { exact: true }).count()).toBe(0);
      await manager.close();
    });

    test('nothing went wrong in the pages meanwhile', () => {
      expect([...faults, ...administrator.faults]).toEqual([]);
    });
  },
);
