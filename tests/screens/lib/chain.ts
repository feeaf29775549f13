import { expect } from 'vitest';
import type { Desk } from '../../helpers/browser.ts';

/** The steps of a work order's day, each as its person does it through the interface. */

export type Caller = Readonly<{ name: string; phone: string }>;

const NEW_PART = { number: 'BL-55', name: '背光灯条', price: '64', salePrice: '135' } as const;

/** Clicks a button by its text, whatever key is printed beside it. */
async function press(desk: Desk, text: string): Promise<void> {
  await desk.page.getByRole('button', { name: text }).first().click();
}

async function goTo(desk: Desk, path: string): Promise<void> {
  await desk.page.evaluate((hash) => {
    location.hash = hash;
  }, `#${path}`);
}

/** Clerk: an unknown caller with a device brought in; returns the order's number. */
export async function registerCarryIn(desk: Desk, caller: Caller, symptom: string): Promise<string> {
  const { page, t } = desk;
  await goTo(desk, '/intake');
  const search = page.getByRole('combobox', { name: t('intake.caller') });
  await search.fill(caller.phone);
  await page.getByText(t('intake.callerNothing')).waitFor();
  await search.press('Enter');
  // What was typed is the new customer's phone already, and the name is asked for next.
  await expect.poll(() => page.getByLabel(t('fields.phone'), { exact: true }).inputValue()).toBe(caller.phone);
  await page.getByLabel(t('fields.name'), { exact: true }).fill(caller.name);
  await page.getByLabel(t('fields.category'), { exact: true }).fill('电视');
  await page.getByLabel(t('fields.brand'), { exact: true }).fill('Sony');
  await page.getByLabel(t('fields.serial'), { exact: true }).fill(`SN-${caller.phone}`);
  await page.getByLabel(t('fields.symptom'), { exact: true }).fill(symptom);
  await page.getByLabel(t('intake.deposit'), { exact: true }).fill('50');
  await page.keyboard.press('Control+Enter');
  const number = page.locator('.mw-registered-number');
  await number.waitFor();
  return (await number.textContent()) ?? '';
}

/** Dispatcher: gives the order to the technician, by keyboard from the queue. */
export async function dispatchTo(desk: Desk, number: string, technician: string): Promise<void> {
  const { page, t } = desk;
  await goTo(desk, '/dispatch');
  await page.getByText(number, { exact: true }).first().dblclick();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().fill(technician);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: t('workOrders.steps.dispatch') }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => page.getByText(number, { exact: true }).count()).toBe(0);
}

/** Opens the order by its number through the search in the top bar. */
async function openOrder(desk: Desk, number: string): Promise<void> {
  const { page } = desk;
  await page.keyboard.press('F2');
  await page.keyboard.insertText(number);
  await page.getByRole('listbox').getByText(number).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: number }).waitFor();
}

/** Technician: accepts and starts. */
export async function acceptAndStart(desk: Desk, number: string): Promise<void> {
  const { t } = desk;
  await openOrder(desk, number);
  await press(desk, t('workOrders.steps.accept'));
  await press(desk, t('workOrders.steps.start'));
  await desk.page.getByText(t('workOrderStates.in-progress')).first().waitFor();
}

/** Keeper: buys a part nobody had before, from a new supplier, lines entered by the keyboard alone. */
export async function receiveParts(desk: Desk): Promise<void> {
  const { page, t } = desk;
  await goTo(desk, '/stock?tab=receive');
  const picker = page.getByRole('combobox', { name: t('stock.pickPart') });
  await picker.fill(NEW_PART.number);
  await picker.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('stock.columns.name'), { exact: true }).fill(NEW_PART.name);
  await dialog.getByLabel(t('stock.columns.salePrice'), { exact: true }).fill(NEW_PART.salePrice);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  const quantity = page.getByLabel(t('stock.columns.quantity'), { exact: true }).first();
  await expect.poll(() => quantity.evaluate((field) => field === document.activeElement)).toBe(true);
  await quantity.fill('5');
  await quantity.press('Enter');
  await page.keyboard.type(NEW_PART.price);
  await page.keyboard.press('Enter');
  await page.getByText(NEW_PART.name).first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('.mw-stock-saved').waitFor();
}

/** Technician: draws two of the part for the order. More than there is is refused with the line, and nothing is drawn. */
export async function drawMaterial(desk: Desk): Promise<void> {
  const { page, t } = desk;
  await press(desk, t('workOrders.steps.materials'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: t('stock.pickPart') }).fill(NEW_PART.number);
  await page.keyboard.press('Enter');
  const quantity = dialog.getByLabel(t('stock.columns.quantity'), { exact: true }).first();
  await expect.poll(() => quantity.evaluate((field) => field === document.activeElement)).toBe(true);
  await quantity.fill('99');
  await quantity.press('Enter');
  await page.keyboard.press('Control+Enter');
  await dialog.getByRole('alert').getByText('99').first().waitFor();

  const line = dialog.getByRole('row').filter({ hasText: NEW_PART.name });
  await line.getByRole('textbox').first().fill('2');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(NEW_PART.name).first().waitFor();
}

/** Technician: what was wrong, what was done, the labour. */
export async function complete(desk: Desk, workType: string): Promise<void> {
  const { page, t } = desk;
  await press(desk, t('workOrders.steps.complete'));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('fields.fault'), { exact: true }).fill('背光灯条损坏');
  await dialog.getByLabel(t('fields.cause'), { exact: true }).fill('老化');
  await dialog.getByLabel(t('fields.action'), { exact: true }).fill('更换灯条');
  await dialog.getByRole('button', { name: t('jobs.addLabour') }).click();
  await dialog.getByRole('combobox', { name: t('fields.workTypeId') }).fill(workType);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(t('workOrderStates.done')).first().waitFor();
}

/** Auditor: finds the order in the queue and approves it. */
export async function approve(desk: Desk, number: string): Promise<void> {
  const { page, t } = desk;
  await goTo(desk, '/audit');
  await page.getByPlaceholder(t('audit.search')).fill(number);
  await page.getByRole('link', { name: number }).waitFor();
  await page.getByRole('button', { name: t('audit.approve') }).click();
  await page
    .getByText(t('audit.nothingFound', { fragment: number }))
    .or(page.getByText(t('audit.emptyTitle')))
    .waitFor();
}

/** Clerk: money and device change hands. The order can't be handed over before: there is no such button. */
export async function settleAndHandOver(desk: Desk, number: string, due: string): Promise<void> {
  const { page, t } = desk;
  await goTo(desk, '/settlement');
  await page.getByPlaceholder(t('settlement.search')).fill(number);
  await page.getByRole('link', { name: number }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: t('settlement.handOver') }).count()).toBe(0);
  await page.getByRole('button', { name: t('settlement.takeMoney', { amount: due }) }).click();
  await page.getByRole('button', { name: t('settlement.handOver') }).click();
  await page.getByText(t('settlement.handedOver', { number })).waitFor();
}

/** Accountant: a rule of 20 % of labour and 10 % of parts sold. */
export async function publishRule(
  desk: Desk,
  code: string,
  component: 'labour' | 'part_sales',
  percent: string,
): Promise<void> {
  const { page, t } = desk;
  await goTo(desk, '/payroll?tab=rules');
  await page
    .getByRole('button', { name: t('payroll.newRule') })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('payroll.code'), { exact: true }).fill(code);
  await dialog.getByLabel(t('payroll.component'), { exact: true }).click();
  await page
    .getByTitle(t(`payroll.components.${component}`), { exact: true })
    .last()
    .click();
  await dialog.getByLabel(t('payroll.rate'), { exact: true }).fill(percent);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(code, { exact: true }).waitFor();
}

/** Accountant: opens this month if need be and calculates it; returns all that the technician's payslip says. */
export async function calculatePay(desk: Desk, technician: string): Promise<string> {
  const { page, t } = desk;
  await goTo(desk, '/payroll');
  const open = page.getByRole('row').filter({ hasText: /\d{4}-\d\d-\d\d/ });
  const add = page.getByRole('button', { name: t('payroll.newPeriod') }).first();
  await add.waitFor();
  if ((await open.count()) === 0) {
    await add.click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+Enter');
  } else await open.first().dblclick();
  await page
    .getByRole('button', { name: t('payroll.calculate'), exact: true })
    .or(page.getByRole('button', { name: t('payroll.recalculate'), exact: true }))
    .click();
  const row = page.getByRole('row').filter({ hasText: technician });
  await row.first().dblclick();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(t('payroll.net')).first().waitFor();
  // Every line opens its explanation; one at a time is open.
  let text = (await drawer.textContent()) ?? '';
  for (const line of await drawer.getByRole('listitem').getByRole('button').all()) {
    await line.click();
    text += (await drawer.textContent()) ?? '';
  }
  return text;
}

/** Accountant: the pay sheet as Excel; returns the file's path. */
export async function exportPaySheet(desk: Desk): Promise<string> {
  const { page, t } = desk;
  await goTo(desk, '/reports?id=pay-sheet');
  const button = page.getByRole('button', { name: t('common.exportExcel') });
  await button.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return download.path();
}
