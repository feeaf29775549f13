import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { NO_TERMS } from '#db/repositories/pay-terms.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk } from '../helpers/browser.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const PICTURES = process.env['MENDWAY_PICTURES'];
const TERMS = {
  ...NO_TERMS,
  satisfaction: { perOrder: { very_satisfied: 500, dissatisfied: -2000 }, monthly: null },
};

/** An audited order of the technician's, terms by which a dissatisfied customer costs 20.00, and a penalty of 30.00. */
async function prepare(dataFolder: string): Promise<Readonly<{ id: string; number: string }>> {
  await givenCompany(dataFolder, ['technician', 'accountant', 'manager']);
  const order = await inCompany(dataFolder, async (run) => {
    await run('payroll.openPeriod', { from: '2026-01-01', to: '2099-12-31' });
    return run('workOrders.registerIntake', {
      customer: null,
      device: { category: '空调', brand: '格力' },
      mode: 'carry-in',
      warrantyClass: 'out',
      symptom: '不制冷',
    });
  });
  await inDatabase(dataFolder, (store) =>
    store.write(async (trx) => {
      const own = await trx.first<{ unitId: string; id: string }>(
        `SELECT unit_id, id FROM employees WHERE number = 'technician'`,
      );
      const { unitId = '', id: employeeId = '' } = own ?? {};
      const kept = { unitId, createdAt: 0 };
      const item = { code: 'LATE', name: '迟到', category: 'attitude', kind: 'penalty', amount: 3000, rateBp: null };
      await trx.insert('pay_items', { ...kept, ...item, id: uuidv7(), isActive: true, version: 1 });
      const terms = { id: uuidv7(), validFrom: '2026-01-01', body: JSON.stringify(TERMS), employeeId };
      await trx.insert('pay_terms', { ...kept, ...terms });
      const technician = { id: uuidv7(), unitId, workOrderId: order.id, employeeId, shareBp: 10_000 };
      await trx.insert('work_order_technicians', technician);
      await trx.run(
        `UPDATE work_orders SET state = 'audited', completed_at = received_at, completed_on = received_on,
           audited_on = received_on, technician_id = ? WHERE id = ?`,
        [employeeId, order.id],
      );
    }),
  );
  return order;
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('deductions and appeals in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let order: Awaited<ReturnType<typeof prepare>>;
  let desks: Readonly<Record<'technician' | 'accountant' | 'manager', Desk>>;
  beforeAll(async () => {
    folder = temporaryFolder();
    order = await prepare(folder.path);
    [server, browser] = await Promise.all([serveFolder(folder.path), launchBrowser()]);
    const at = (number: string) => openDesk(browser, { address: server.address, language, number });
    desks = {
      technician: await at('technician'),
      accountant: await at('accountant'),
      manager: await at('manager'),
    };
    for (const { page } of Object.values(desks)) page.setDefaultTimeout(40_000);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    folder?.remove();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    for (const [name, { page }] of Object.entries(desks))
      await page.screenshot({ path: `out/failed/appeals-${name}-${language}.png` });
  });

  const show = ({ page }: Desk, path: string) => page.goto(`${server.address}/#${path}`);
  const dialog = ({ page }: Desk) => page.locator('.ant-modal').filter({ visible: true }).last();
  const button = (within: Pick<Desk['page'], 'getByRole'>, name: string) => within.getByRole('button', { name });
  const seen = ({ page }: Desk, text: string) => page.getByText(text).filter({ visible: true }).first().waitFor();
  async function choose(desk: Desk, label: string, option: string): Promise<void> {
    await dialog(desk).getByRole('combobox', { name: label }).click();
    await desk.page.locator('.ant-select-item-option').filter({ hasText: option, visible: true }).click();
  }
  async function picture({ page }: Desk, name: string): Promise<void> {
    if (!PICTURES) return;
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${PICTURES}/appeals-${name}-${language}.png` });
  }

  test('what a customer said and a penalty are deducted; the technician appeals against one, and the manager grants it', async () => {
    const { technician, accountant, manager } = desks;

    await show(manager, `/work-orders/${order.id}`);
    await button(manager.page, t('workOrders.moreSteps')).click();
    await picture(manager, 'order-steps');
    await manager.page.getByRole('menuitem', { name: t('workOrders.steps.follow-up') }).click();
    await dialog(manager).getByText(t('payroll.followUps.dissatisfied')).click();
    await picture(manager, 'follow-up');
    await button(dialog(manager), t('common.save')).click();
    await seen(manager, t('workOrders.followUpSaved', { number: order.number }));

    await show(accountant, '/payroll?tab=awards');
    await button(accountant.page, t('payroll.awards.give')).click();
    await choose(accountant, t('payroll.awards.item'), '迟到');
    await choose(accountant, t('payroll.awards.employee'), 'technician');
    await dialog(accountant).getByLabel(t('payroll.awards.reason')).fill('周一早会');
    await picture(accountant, 'give');
    await button(dialog(accountant), t('payroll.awards.give')).click();
    await accountant.page.locator('.mw-row').getByText('周一早会').waitFor();
    await picture(accountant, 'awards');

    await show(technician, '/payslips?tab=deductions');
    const penalty = technician.page.getByRole('listitem').filter({ hasText: '周一早会' });
    await penalty.getByText('-¥30.00').waitFor();
    const said = technician.page.getByRole('listitem').filter({ hasText: order.number });
    await said.getByText('-¥20.00').waitFor();
    await button(penalty, t('payroll.appeals.appeal')).click();
    await dialog(technician).getByLabel(t('payroll.appeals.reason')).fill('当天在外出修');
    await picture(technician, 'appeal');
    await button(dialog(technician), t('payroll.appeals.appeal')).click();
    await penalty.getByText(t('payroll.appeals.states.open')).waitFor();
    await picture(technician, 'deductions');

    await show(manager, '/payroll?tab=appeals');
    await manager.page.locator('.mw-row').getByText('当天在外出修').click();
    const drawer = manager.page.locator('.ant-drawer-content, .ant-drawer-section').filter({ visible: true }).last();
    await drawer.getByText('周一早会').waitFor();
    await picture(manager, 'to-decide');
    await button(drawer, t('payroll.appeals.grant')).click();
    await dialog(manager).getByLabel(t('handshakes.reason')).fill('工单为证');
    await button(dialog(manager), t('payroll.appeals.grant')).click();
    await seen(manager, t('payroll.appeals.emptyTitle'));

    await show(manager, '/payroll?tab=team');
    await manager.page.locator('.mw-row').getByText('technician').first().waitFor();
    await picture(manager, 'team');
    await manager.page.getByText(t('payroll.team.views.no-rule')).click();
    await manager.page.locator('.mw-row').getByText(order.number).waitFor();
    await picture(manager, 'no-rule');

    await technician.page.reload();
    await penalty.getByText(t('payroll.appeals.states.granted')).waitFor();
    await penalty.getByText('工单为证').waitFor();
    await picture(technician, 'granted');
    for (const [name, { faults }] of Object.entries(desks)) expect([name, faults]).toEqual([name, []]);
  }, 180_000);
});
