import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown } from '../helpers/browser.ts';
import { givenAuditedWork } from '../helpers/given-pay.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const PICTURES = process.env['MENDWAY_PICTURES'];
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const SINCE = { from: '2026-04-01', to: '2098-12-31' };
const TIER = {
  code: 'T1',
  component: 'monthly_tier',
  measure: 'orders',
  mode: 'step',
  validFrom: '2026-01-01',
} as const;

/** Of three orders of a locked March one was un-audited since, and another customer was very satisfied; gives where the payslip since then is. */
async function prepare(dataFolder: string): Promise<string> {
  await givenCompany(dataFolder, ['technician', 'accountant']);
  const employeeId = await inDatabase(dataFolder, async (store) => {
    const [own] = await store.read((sql) =>
      sql.all<{ unitId: string; id: string }>(`SELECT unit_id, id FROM employees WHERE number = 'technician'`),
    );
    await givenAuditedWork(store, { unitId: own?.unitId ?? '', employeeIds: [own?.id ?? ''], orders: 3 });
    return own?.id ?? '';
  });
  return inCompany(dataFolder, async (run) => {
    const tiers = [
      { from: 2, amount: 20_000 },
      { from: 3, amount: 50_000 },
    ];
    await run('payroll.saveRule', { ...TIER, tiers });
    const satisfaction = { perOrder: {}, monthly: { threshold: 80, pointAmount: 100 } };
    await run('payroll.publishTerms', { validFrom: '2026-01-01', satisfaction });
    const { id: march } = await run('payroll.openPeriod', MARCH);
    for (const [step, verb] of (['payroll.calculate', 'payroll.review', 'payroll.lock'] as const).entries())
      await run(verb, { periodId: march, version: step + 1 });
    const { rows } = await run('workOrders.list', {});
    const [first, second] = rows.map(({ id, version }) => ({ id, version }));
    if (first) await run('audit.withdraw', { ...first, reason: '漏项' });
    if (second) await run('workOrders.setFollowUp', { ...second, result: 'very_satisfied' });
    const { id } = await run('payroll.openPeriod', SINCE);
    await run('payroll.calculate', { periodId: id, version: 1 });
    return `/payroll?period=${id}&employee=${employeeId}`;
  });
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('late changes in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let desk: Desk;
  let payslip: string;
  beforeAll(async () => {
    folder = temporaryFolder();
    payslip = await prepare(folder.path);
    [server, browser] = await Promise.all([serveFolder(folder.path), launchBrowser()]);
    desk = await openDesk(browser, { address: server.address, language, number: 'accountant' });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    folder?.remove();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await desk.page.screenshot({ path: `out/failed/late-changes-${language}.png` });
  });

  const picture = async (name: string) => {
    if (PICTURES) await desk.page.screenshot({ path: `${PICTURES}/late-${name}-${language}.png` });
  };

  test('the payslip says of which period tier and score were worked out again, how, and what was paid before; on paper, too', async () => {
    const { page, faults } = desk;
    await page.goto(`${server.address}/#${payslip}`);
    await page.locator('.mw-row').filter({ hasText: 'technician' }).getByText('-280.00').first().waitFor();
    await page.locator('.mw-payslip-net').getByText('-¥280.00').waitFor();
    const lines = page.getByRole('listitem').filter({ hasText: t('payroll.lineKinds.adjustment') });
    for (const [kind, amount] of [
      ['tier', { now: '¥200.00', paid: '¥500.00', amount: '-¥300.00' }],
      ['satisfaction-month', { now: '¥20.00', paid: '¥0.00', amount: '¥20.00' }],
    ] as const) {
      const line = lines.filter({ hasText: `${t(`payroll.lineKinds.${kind}`)} ${MARCH.from} – ${MARCH.to}` });
      await line.getByRole('button').first().click();
      await line.getByText(t(`payroll.explain.again.${kind}`, MARCH)).waitFor();
      await line.getByText(t('payroll.explain.again.difference', amount)).waitFor();
      await picture(kind);
    }
    await pressShown(page, 'Alt+P');
    const paper = page.locator('.ant-modal').filter({ visible: true });
    await paper.getByText(t('payroll.explain.again.tier', MARCH)).waitFor();
    await picture('paper');
    expect(faults).toEqual([]);
  }, 120_000);
});
