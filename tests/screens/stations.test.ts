import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LATEST_VERSION } from '#db/migrate.ts';
import { fingerprintGroups } from '#domain/sync/enrolment-code.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown, topDialog } from '../helpers/browser.ts';
import { givenContent, givenRefusal, givenStation, givenUnit } from '../helpers/given-sync.ts';
import { givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const MINUTE = 60_000;
const SERVER = { address: 'https://mendway.example:4871', fingerprint: '0123456789abcdef'.repeat(4) };

/** Head office with five stations: one in order, one late, one silent, one refused, one with a copied database. */
async function givenFleet(dataFolder: string): Promise<void> {
  await inDatabase(dataFolder, async (store) => {
    await store.write((trx) => trx.run("UPDATE installation SET role = 'central'"));
    const head = await store.read((sql) => sql.first<{ unitId: string }>('SELECT unit_id FROM installation'));
    const now = Date.now();
    const unit = (code: string, name: string) => givenUnit(store, { code, name, parentId: head?.unitId ?? '' });
    const good = { schemaVersion: LATEST_VERSION, lastSeenAt: now - 5000, lastSuccessAt: now - 5000, enrolledAt: now };
    await givenStation(store, await unit('CN01', '长宁站'), good);
    const late = { pendingCount: 48, pendingSince: now - 180 * MINUTE, clockSkew: 7 * MINUTE };
    await givenStation(store, await unit('PD01', '浦东站'), { ...good, ...late });
    await givenStation(store, await unit('HP01', '黄浦站'), { ...good, lastSeenAt: now - 26 * 60 * MINUTE });
    const refusing = await givenStation(store, await unit('MH01', '闵行站'), { ...good, name: '闵行前台' });
    const content = await givenContent(store, 'stores', { id: 's-1', unit_id: 'unit', name: '莘庄商场' });
    const detail = JSON.stringify({ detail: 'UNIQUE' });
    await givenRefusal(store, { stationId: refusing, direction: 'in', tableName: 'stores', content, detail, at: now });
    const announced = JSON.stringify(['WO-XH01-261122-0001', 'WO-XH01-261122-0002']);
    await givenStation(store, await unit('XH01', '徐汇站'), { ...good, problem: 'sync.cloned', announced });
    await unit('NEW1', '松江站');
  });
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('stations at head office in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['manager']);
    await givenFleet(folder.path);
    [server, browser] = await Promise.all([serveFolder(folder.path, SERVER), launchBrowser()]);
    desk = await openDesk(browser, { address: server.address, language, number: 'admin' });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    folder?.remove();
  });

  const rows = () => desk.page.locator('.mw-row');
  const dialog = () => desk.page.getByRole('dialog').last();
  const picture = async (name: string) => {
    if (!process.env['MENDWAY_PICTURES']) return;
    await desk.page.waitForTimeout(500);
    await desk.page.screenshot({ path: `${process.env['MENDWAY_PICTURES']}/${name}-${language}.png` });
  };
  const closed = async () => {
    await desk.page.locator('.ant-modal-confirm').waitFor({ state: 'detached' });
    await desk.page.keyboard.press('Escape');
    await expect.poll(() => desk.page.getByRole('dialog').filter({ visible: true }).count()).toBe(0);
  };

  test('the menu leads to all stations, those in trouble first, each with what is the matter', async () => {
    await desk.page.getByRole('navigation').first().getByText(t('menu.stations'), { exact: true }).click();
    await desk.page.getByText('徐汇站').waitFor();
    const texts = await rows().allTextContents();
    expect(texts.map((text) => /[A-Z]{2}01/.exec(text)?.[0])).toEqual(['XH01', 'MH01', 'HP01', 'PD01', 'CN01']);
    const words = [t('sync.reasons.cloned')].concat(
      (['refused', 'silent', 'late', 'calm'] as const).map((trouble) => t(`stations.troubles.${trouble}`)),
    );
    for (const [at, word] of words.entries()) expect(texts[at]).toContain(word);
    expect(texts[3]).toContain(t('stations.since', { count: '48', duration: t('sync.hours', { count: 3 }) }));
    await picture('stations');
  });

  test('a station shows what of its was refused, with the row as it came', async () => {
    await desk.page.getByText('闵行站').click();
    await dialog().locator('summary', { hasText: '莘庄商场' }).click();
    await dialog().getByText('unit_id').waitFor();
    await picture('station-refused');
    await closed();
  });

  test('a station shows what it announced and never sent', async () => {
    await desk.page.getByText('徐汇站').click();
    await dialog().getByText('WO-XH01-261122-0002').waitFor();
    await dialog().getByText(t('errors.sync.cloned')).waitFor();
    await picture('station-announced');
    await closed();
  });

  test('a code is made for a unit and shown once, with address and fingerprint', async () => {
    await pressShown(desk.page, 'Alt+N');
    await dialog().getByRole('combobox').fill('松江');
    await desk.page.locator('.ant-select-item-option', { hasText: '松江' }).first().waitFor();
    await desk.page.keyboard.press('Enter');
    await picture('code-form');
    await desk.page.keyboard.press('Control+Enter');
    await dialog().getByText(t('stations.code.once')).waitFor();
    await expect.poll(() => dialog().locator('output').textContent()).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await dialog().getByText(SERVER.address).waitFor();
    const groups = await dialog().locator('.mw-station-fingerprint span').allTextContents();
    expect(groups).toEqual(fingerprintGroups(SERVER.fingerprint));
    await picture('code-made');
    await closed();
  });

  test('before a code for a unit with a station is made, it is said that the station will be replaced', async () => {
    await pressShown(desk.page, 'Alt+N');
    await dialog().getByRole('combobox').fill('浦东');
    await desk.page.locator('.ant-select-item-option', { hasText: '浦东' }).first().waitFor();
    await desk.page.keyboard.press('Enter');
    await dialog()
      .getByText(t('stations.code.replaces', { name: '前台电脑' }))
      .waitFor();
    await picture('code-replaces');
    await dialog()
      .getByRole('button', { name: t('common.cancel') })
      .click();
    await desk.page.getByRole('button', { name: t('common.discard') }).click();
    await desk.page.getByRole('dialog').first().waitFor({ state: 'detached' });
  });

  test('a station is renamed, suspended, let in again and revoked', async () => {
    await desk.page.getByText('长宁站').click();
    const button = (text: string) => dialog().getByRole('button', { name: text });
    await button(t('stations.rename')).click();
    await dialog().getByLabel(t('stations.columns.name')).fill('收银台');
    await desk.page.keyboard.press('Control+Enter');
    await desk.page.getByText(t('stations.renamed', { name: '收银台' })).waitFor();

    await button(t('stations.suspend')).click();
    await dialog().getByText(t('stations.suspendText')).waitFor();
    await picture('station-suspend');
    await dialog()
      .getByRole('button', { name: t('stations.suspend') })
      .click();
    await desk.page.getByText(t('stations.suspended', { name: '收银台' })).waitFor();

    await button(t('stations.resume')).click();
    await desk.page.getByText(t('stations.resumed', { name: '收银台' })).waitFor();
    await button(t('stations.revoke')).click();
    await topDialog(desk.page)
      .getByRole('button', { name: t('stations.revoke') })
      .click();
    await desk.page.getByText(t('stations.revoked', { name: '收银台' })).waitFor();
    await expect.poll(() => button(t('stations.rename')).count()).toBe(0);
    await closed();
    await rows()
      .locator('.mw-tag', { hasText: t('stations.states.revoked') })
      .waitFor();
  });

  test('a manager looks on', async () => {
    const other = await openDesk(browser, { address: server.address, language, number: 'manager', password: PASSWORD });
    await other.page.goto(`${server.address}/#/stations`);
    await other.page.getByText('闵行站').click();
    await other.page.locator('summary', { hasText: '莘庄商场' }).waitFor();
    await expect.poll(() => other.page.getByRole('button', { name: t('stations.revoke') }).count()).toBe(0);
    await expect.poll(() => other.page.getByRole('button', { name: t('stations.makeCode') }).count()).toBe(0);
    await other.close();
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(desk.faults).toEqual([]);
  });
});
