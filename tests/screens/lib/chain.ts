import { expect } from 'vitest';
import type { Desk } from '../../helpers/browser.ts';

/** The steps of a work order's day, each as its person does it through the interface. */

export type Caller = Readonly<{ name: string; phone: string }>;

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
export async function openOrder(desk: Desk, number: string): Promise<void> {
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
