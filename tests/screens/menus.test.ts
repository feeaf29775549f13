import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '#domain/access/roles.ts';
import { launchBrowser, openDesk } from '../helpers/browser.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

const ALL = [
  'today',
  'intake',
  'workOrders',
  'dispatch',
  'referrals',
  'sales',
  'stock',
  'supply',
  'audit',
  'settlement',
  'payroll',
  'payslips',
  'reports',
  'setup',
] as const;
type Entry = (typeof ALL)[number];

const PATHS: Readonly<Record<Entry, string>> = {
  today: '/',
  intake: '/intake',
  workOrders: '/work-orders',
  dispatch: '/dispatch',
  stock: '/stock',
  supply: '/supply',
  referrals: '/referrals',
  sales: '/sales',
  audit: '/audit',
  settlement: '/settlement',
  payroll: '/payroll',
  payslips: '/payslips',
  reports: '/reports',
  setup: '/setup',
};

/** Written down a second time on purpose: what each role finds in the menu. */
const MENUS: Readonly<Record<Role, readonly Entry[]>> = {
  clerk: ['today', 'intake', 'workOrders', 'sales', 'stock', 'settlement', 'payslips', 'reports'],
  dispatcher: ['today', 'workOrders', 'dispatch', 'referrals', 'payslips', 'reports'],
  technician: ['today', 'workOrders', 'stock', 'payslips'],
  keeper: ['today', 'workOrders', 'stock', 'supply', 'payslips', 'reports'],
  auditor: ['today', 'workOrders', 'stock', 'audit', 'settlement', 'payslips', 'reports'],
  accountant: ['today', 'workOrders', 'stock', 'supply', 'settlement', 'payroll', 'payslips', 'reports'],
  manager: ALL,
  administrator: ALL,
};

let folder: ReturnType<typeof temporaryFolder>;
let station: RunningStation;
let browser: Browser;

beforeAll(async () => {
  folder = temporaryFolder();
  await givenCompany(folder.path, ROLES);
  [station, browser] = await Promise.all([startStation(folder.path), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await station?.kill();
  folder.remove();
});

describe.each(ROLES)('%s', (role) => {
  test('finds only the own screens in the menu, and the others are refused by address too', async () => {
    const desk = await openDesk(browser, { address: station.address, language: 'en', number: role });
    const { page, t } = desk;
    const menu = page.getByRole('navigation').first();
    for (const entry of ALL) {
      const isMine = MENUS[role].includes(entry);
      expect([entry, await menu.getByText(t(`menu.${entry}`), { exact: true }).count()]).toEqual([
        entry,
        isMine ? 1 : 0,
      ]);
    }
    for (const entry of ALL.filter((other) => !MENUS[role].includes(other))) {
      await page.goto(`${station.address}/#${PATHS[entry]}`);
      await page.getByText(t('app.noPermissionTitle')).waitFor();
    }
    expect(desk.faults).toEqual([]);
    await desk.close();
  });
});
