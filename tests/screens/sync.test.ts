import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteAnswer } from '#db/repositories/stock-elsewhere.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown } from '../helpers/browser.ts';
import { givenAllSent, givenLink, givenRefusal } from '../helpers/given-sync.ts';
import { givenCompany, inCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const INTAKE = {
  customer: { name: '王小明', phone: '13800000001' },
  device: { category: '空调', brand: '格力', serial: 'SN-1' },
  mode: 'carry-in',
  symptom: '不制冷',
} as const;

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('a linked station in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let station: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['manager', 'clerk']);
    await inDatabase(folder.path, async (store) => {
      await givenLink(store, { lastSuccessAt: Date.now(), lastAttemptAt: Date.now(), enrolledAt: Date.now() });
      await givenAllSent(store);
    });
    [station, browser] = await Promise.all([serveFolder(folder.path), launchBrowser()]);
    desk = await openDesk(browser, { address: station.address, language, number: 'manager', password: PASSWORD });
  });
  afterAll(async () => {
    await browser?.close();
    await station?.close();
    folder?.remove();
  });

  /** What the agent would have noted. */
  const note = (column: string, value: string | number) =>
    inDatabase(folder.path, (store) => store.write((trx) => trx.run(`UPDATE server_link SET ${column} = ?`, [value])));
  const indicator = () => desk.page.getByTitle(new RegExp(`^${t('sync.title')}: `));
  const shows = (text: string) => expect.poll(() => indicator().textContent(), { timeout: 12_000 }).toBe(text);
  const picture = async (name: string) => {
    if (process.env['MENDWAY_PICTURES']) await desk.page.waitForTimeout(500);
    if (process.env['MENDWAY_PICTURES'])
      await desk.page.screenshot({ path: `${process.env['MENDWAY_PICTURES']}/${name}-${language}.png` });
  };

  test('the bar says that all is up to date, and leads to the screen', async () => {
    await shows(t('sync.indicator.ok'));
    await indicator().click();
    await desk.page.getByText(t('sync.heads.ok')).waitFor();
    await desk.page.getByText('https://mendway.example:4871').waitFor();
    await desk.page.getByText('AB12 AB12', { exact: false }).waitFor();
    await desk.page.getByText(t('sync.waitingEmpty')).waitFor();
    await picture('sync-ok');
  });

  test('an intake waits, is counted in the bar and named with its number, and leads to the order', async () => {
    const { number } = await inCompany(folder.path, (run) => run('workOrders.registerIntake', INTAKE));
    await shows(t('sync.indicator.waiting', { pending: '4' }));
    await desk.page.getByText(number).waitFor();
    await picture('sync-waiting');
    await desk.page.getByText(number).click();
    await expect.poll(() => desk.page.url()).toContain('/work-orders/');
    await desk.page.goBack();
  });

  test('“synchronise now” asks the agent', async () => {
    await pressShown(desk.page, 'Alt+S');
    await desk.page.getByText(t('sync.asked')).waitFor();
    const asked = await inDatabase(folder.path, (store) =>
      store.read((sql) => sql.first<{ wantedAt: number | null }>('SELECT wanted_at FROM server_link')),
    );
    expect(asked?.wantedAt).toBeGreaterThan(Date.now() - 60_000);
  });

  test('without the line it counts the hours and says to go on', async () => {
    await note('last_success_at', Date.now() - 2 * 60 * 60_000 - 60_000);
    await note('last_error', 'sync.server-unreachable');
    await shows(t('sync.indicator.offline', { duration: t('sync.hours', { count: 2 }) }));
    await desk.page.getByText(t('sync.about.offline')).waitFor();
    await picture('sync-offline');
  });

  test('a refused row is named with reason and remedy, and sent again', async () => {
    await note('last_error', '');
    await note('last_success_at', Date.now());
    const [customer] = await inDatabase(folder.path, (store) =>
      store.read((sql) => sql.all<{ id: string }>('SELECT id FROM customers')),
    );
    await inDatabase(folder.path, async (store) => {
      await givenAllSent(store);
      await givenRefusal(store, { rowId: customer?.id ?? '', code: 'sync.not-the-owner' });
    });
    await shows(t('sync.indicator.refused', { count: 1 }));
    await desk.page.getByText(t('sync.heads.refused')).waitFor();
    await desk.page.getByText(`${t('sync.lists.refused')} 1`).click();
    await desk.page.getByText(t('errors.sync.not-the-owner')).first().waitFor();
    await picture('sync-refused');
    await desk.page.getByText('王小明').first().click();
    await desk.page.getByText(t('sync.repairs.sync.not-the-owner')).waitFor();
    await picture('sync-refusal');
    await desk.page.keyboard.press('Control+Enter');
    await desk.page.getByText(t('sync.refusedEmpty')).waitFor();
    await shows(t('sync.indicator.waiting', { pending: '1' }));
  });

  test('a stop is told with what there is to do', async () => {
    await note('state', 'cloned');
    await shows(t('sync.indicator.stopped', { reason: t('sync.reasons.cloned') }));
    await desk.page.getByText(t('sync.about.cloned'), { exact: false }).waitFor();
    await picture('sync-stopped');
  });

  test('what head office keeps can be read, not changed, and says so', async () => {
    const admin = await openDesk(browser, { address: station.address, language, number: 'admin' });
    for (const [place, add] of [
      ['setup?tab=employees', t('setup.employees.add')],
      ['setup?tab=work-types', t('setup.workTypes.add')],
      ['payroll?tab=rules', t('payroll.newRule')],
    ] as const) {
      await admin.page.goto(`${station.address}/#/${place}`);
      await admin.page.getByText(t('setup.keptByHeadOffice')).waitFor();
      expect([place, await admin.page.getByRole('button', { name: add }).count()]).toEqual([place, 0]);
      if (process.env['MENDWAY_PICTURES'])
        await admin.page.screenshot({
          path: `${process.env['MENDWAY_PICTURES']}/kept-${place.replace(/.*=/, '')}-${language}.png`,
        });
    }
    await admin.page.goto(`${station.address}/#/stations`);
    await admin.page.getByText(t('stations.notHere')).waitFor();
    expect(admin.faults).toEqual([]);
    await admin.close();
  });

  test('where a part lies in units whose stock is not held here is asked for, and shown with its time', async () => {
    const { page } = desk;
    const { id: partId } = await inCompany(folder.path, (run) =>
      run('setup.savePart', { fields: { number: 'C-50', name: '电容' } }),
    );
    await inDatabase(folder.path, (store) =>
      store.replicate({ origin: 'server', log: 'keep' }, (trx) =>
        trx.insert('units', {
          id: 'u-2',
          code: 'HZ01',
          name: '杭州一站',
          kind: 'outlet',
          timeZone: 'Asia/Shanghai',
          currency: 'CNY',
          version: 1,
          createdAt: 0,
        }),
      ),
    );
    await page.goto(`${station.address}/#/stock?tab=parts`);
    await page.locator('.mw-row').getByText('电容').click();
    await page.getByText(t('availability.unknownUnits', { count: 1 })).waitFor();
    await page.getByRole('button', { name: t('availability.askElsewhere') }).waitFor();
    await pressShown(page, 'Alt+Q');
    await page.getByText(t('availability.waitsForAnswer')).waitFor();
    await picture('elsewhere-asked');

    const at = Date.now();
    const there = { partId, unitId: 'u-2', unit: '杭州一站', warehouse: '主仓', onHand: 7000, asOf: at - 3_600_000 };
    await inDatabase(folder.path, (store) => store.write((trx) => noteAnswer(trx, partId, [there], at)));
    await page.getByRole('cell', { name: '杭州一站' }).waitFor();
    await page.getByText(t('availability.waitsForAnswer')).waitFor({ state: 'detached' });
    await picture('elsewhere-answered');
    await page.keyboard.press('Escape');
  });

  test('the front desk sees how it stands, but not the lists', async () => {
    const clerk = await openDesk(browser, { address: station.address, language, number: 'clerk', password: PASSWORD });
    await clerk.page.getByTitle(new RegExp(`^${t('sync.title')}: `)).click();
    await clerk.page.getByText(t('sync.listsForOthers')).waitFor();
    expect(clerk.faults).toEqual([]);
    await clerk.close();
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(desk.faults).toEqual([]);
  });
});

test.skipIf(isMissing('chromium'))('a station of its own has nothing in its bar', async () => {
  const folder = temporaryFolder();
  await givenCompany(folder.path);
  const station = await serveFolder(folder.path);
  const browser = await launchBrowser();
  try {
    const desk = await openDesk(browser, { address: station.address, language: 'en', number: 'admin' });
    await expect.poll(() => desk.page.getByTitle(/^Synchronisation: /).count()).toBe(0);
    await desk.page.goto(`${station.address}/#/sync`);
    await desk.page.getByText(desk.t('sync.heads.alone')).waitFor();
    await expect
      .poll(() => desk.page.getByRole('navigation').first().getByText(desk.t('menu.stations')).count())
      .toBe(0);
  } finally {
    await browser.close();
    await station.close();
    folder.remove();
  }
});
