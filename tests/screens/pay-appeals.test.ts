import ExcelJS from 'exceljs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { NO_TERMS } from '#db/repositories/pay-terms.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown, topDialog } from '../helpers/browser.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { inDatabase, serveFolder } from './lib/served.ts';

const PICTURES = process.env['MENDWAY_PICTURES'];
const TERMS = {
  ...NO_TERMS,
  satisfaction: { perOrder: { very_satisfied: 500, dissatisfied: -2000 }, monthly: null },
};

const PERIOD = { from: '2026-01-01', to: '2098-12-31' };

/** One grey point. */
const PHOTO = {
  name: '现场.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
};

type Prepared = Readonly<Record<'order' | 'again', Readonly<{ id: string; number: string }>>>;

/** An audited order of the technician's and another one of the same device, terms by which a dissatisfied customer costs 20.00, and a penalty of 30.00. */
async function prepare(dataFolder: string): Promise<Prepared> {
  await givenCompany(dataFolder, ['technician', 'accountant', 'manager']);
  const [order, again] = await inCompany(dataFolder, async (run) => {
    await run('payroll.openPeriod', { ...PERIOD });
    const device = { category: '空调', brand: '格力' };
    const intake = { customer: null, device, mode: 'carry-in', warrantyClass: 'out', symptom: '不制冷' } as const;
    const first = await run('workOrders.registerIntake', intake);
    return [first, await run('workOrders.registerIntake', { ...intake, symptom: '还是不制冷' })] as const;
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
      for (const { id: workOrderId } of [order, again]) {
        const technician = { id: uuidv7(), unitId, workOrderId, employeeId, shareBp: 10_000 };
        await trx.insert('work_order_technicians', technician);
        await trx.run(
          `UPDATE work_orders SET state = 'audited', completed_at = received_at, completed_on = received_on,
             audited_on = received_on, technician_id = ?, device_id = (SELECT device_id FROM work_orders WHERE id = ?)
           WHERE id = ?`,
          [employeeId, order.id, workOrderId],
        );
      }
    }),
  );
  return { order, again };
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('deductions and appeals in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let order: Prepared['order'];
  let again: Prepared['again'];
  let desks: Readonly<Record<'technician' | 'accountant' | 'manager', Desk>>;
  beforeAll(async () => {
    folder = temporaryFolder();
    ({ order, again } = await prepare(folder.path));
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
  const dialog = ({ page }: Desk) => topDialog(page);
  const button = (within: Pick<Desk['page'], 'getByRole'>, name: string) => within.getByRole('button', { name });
  const seen = ({ page }: Desk, text: string) => page.getByText(text).filter({ visible: true }).first().waitFor();
  async function choose(desk: Desk, label: string, option: string): Promise<void> {
    const box = dialog(desk).getByRole('combobox', { name: label });
    await box.fill(option);
    await desk.page.locator('.ant-select-item-option-active').filter({ hasText: option, visible: true }).waitFor();
    await box.press('Enter');
    const field = dialog(desk)
      .locator('.ant-form-item')
      .filter({ has: desk.page.getByRole('combobox', { name: label }) });
    await field.getByText(option).filter({ visible: true }).first().waitFor();
  }
  async function picture({ page }: Desk, name: string): Promise<void> {
    if (!PICTURES) return;
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${PICTURES}/appeals-${name}-${language}.png` });
  }

  async function said(desk: Desk, result: 'dissatisfied' | 'very_satisfied'): Promise<void> {
    await show(desk, `/work-orders/${order.id}`);
    await button(desk.page, t('workOrders.moreSteps')).click();
    await desk.page.getByRole('menuitem', { name: t('workOrders.steps.follow-up') }).click();
    await dialog(desk)
      .getByText(t(`payroll.followUps.${result}`))
      .click();
    await button(dialog(desk), t('common.save')).click();
    await seen(desk, t('workOrders.followUpSaved', { number: order.number }));
  }
  async function step(
    { page }: Desk,
    name: 'calculate' | 'review' | 'lock',
    state: 'calculated' | 'reviewed' | 'locked',
  ) {
    await page.getByRole('button', { name: t(`payroll.${name}`), exact: true }).click();
    if (name !== 'calculate') await page.locator('.ant-modal-confirm-btns .ant-btn').last().click();
    await page
      .locator('.mw-page-head, header, main')
      .getByText(t(`payroll.periodStates.${state}`))
      .first()
      .waitFor();
  }

  test('what a customer said and a penalty are deducted; the technician appeals against one, and the manager grants it', async () => {
    const { technician, accountant, manager } = desks;

    await said(manager, 'dissatisfied');

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
    const ofOrder = technician.page.getByRole('listitem').filter({ hasText: order.number });
    await ofOrder.getByText('-¥20.00').waitFor();
    await button(penalty, t('payroll.appeals.appeal')).click();
    await dialog(technician).getByLabel(t('payroll.appeals.reason')).fill('当天在外出修');
    await dialog(technician).locator('input[type=file]').setInputFiles(PHOTO);
    await dialog(technician).locator('.mw-photo img').waitFor();
    await picture(technician, 'appeal');
    await button(dialog(technician), t('payroll.appeals.appeal')).click();
    await penalty.getByText(t('payroll.appeals.states.open')).waitFor();
    await picture(technician, 'deductions');

    await show(manager, '/payroll?tab=appeals');
    await manager.page.locator('.mw-row').getByText('当天在外出修').click();
    const drawer = manager.page.locator('.ant-drawer-content, .ant-drawer-section').filter({ visible: true }).last();
    await drawer.getByText('周一早会').waitFor();
    const photo = drawer.locator('img');
    await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
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

  test('whose work an order did again is chosen from those of the same device, and stands on the order', async () => {
    const { page, faults } = desks.manager;
    await show(desks.manager, `/work-orders/${again.id}`);
    await button(page, t('workOrders.moreSteps')).click();
    await page.getByRole('menuitem', { name: t('workOrders.steps.rework') }).click();
    await dialog(desks.manager).getByText(t('workOrders.reworkText')).waitFor();
    await choose(desks.manager, t('workOrders.reworkOf'), order.number);
    await picture(desks.manager, 'rework');
    await button(dialog(desks.manager), t('common.save')).click();
    await seen(desks.manager, t('workOrders.reworkSaved', { number: again.number }));
    // Beside the one in the history of the device.
    await expect.poll(() => page.getByRole('link', { name: order.number }).count()).toBe(2);
    expect(faults).toEqual([]);
  }, 180_000);

  test('the period is reviewed and locked; what the customer says later adjusts the next one and stands in Excel', async () => {
    const { accountant, manager } = desks;
    const { page } = accountant;
    await show(accountant, '/payroll');
    await page.locator('.mw-row').filter({ hasText: PERIOD.to }).first().dblclick();
    await step(accountant, 'calculate', 'calculated');
    const row = page.locator('.mw-row').filter({ hasText: 'technician' });
    await row.getByText('-20.00').first().waitFor();
    await step(accountant, 'review', 'reviewed');
    await picture(accountant, 'reviewed');
    await step(accountant, 'lock', 'locked');

    await said(manager, 'very_satisfied');

    await show(accountant, '/payroll');
    await button(page, t('payroll.newPeriod')).first().click();
    await dialog(accountant).getByLabel(t('common.from')).waitFor();
    await page.keyboard.press('Control+Enter');
    await step(accountant, 'calculate', 'calculated');
    await row.getByText('25.00').first().waitFor();
    await row.first().dblclick();
    const drawer = page.locator('.ant-drawer').filter({ visible: true });
    const lines = drawer.getByRole('listitem').getByRole('button');
    await lines.first().click();
    await drawer.getByText(t('payroll.explain.wasPaid', PERIOD), { exact: false }).first().waitFor();
    await expect.poll(() => lines.count()).toBe(2);
    await picture(accountant, 'adjusted');
    await pressShown(page, 'Alt+P');
    await page.locator('.mw-paper').getByText('25.00').first().waitFor();
    await picture(accountant, 'payslip-paper');
    await page.keyboard.press('Escape');

    await show(accountant, '/reports?id=payslips');
    const exporting = button(page, t('common.exportExcel'));
    await exporting.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), exporting.click()]);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(await download.path());
    const slip = workbook.worksheets.find(({ name }) => name.startsWith('technician'));
    const amounts = slip?.getColumn(slip.columnCount).values.slice(2);
    expect(amounts).toEqual([-20, expect.objectContaining({ result: -20 })]);
    expect([...accountant.faults, ...manager.faults]).toEqual([]);
  }, 180_000);
});
