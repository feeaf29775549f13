import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '#domain/access/roles.ts';
import { launchBrowser, openDesk, type Desk } from '../helpers/browser.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { acceptAndStart, dispatchTo, registerCarryIn } from './lib/chain.ts';

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

describe.each(['zh-CN', 'en'] as const)('the whole chain in %s', (language) => {
  test('from an unknown caller to the payslip and its Excel file', async () => {
    const desks = new Map<Role, Desk>();
    const at = async (role: Role): Promise<Desk> => {
      const desk = desks.get(role) ?? (await openDesk(browser, { address: station.address, language, number: role }));
      desks.set(role, desk);
      return desk;
    };
    const caller = { name: `客户 ${language}`, phone: language === 'en' ? '13900000001' : '13900000002' };

    const number = await registerCarryIn(await at('clerk'), caller, '不开机');
    await dispatchTo(await at('dispatcher'), number, 'technician');
    await acceptAndStart(await at('technician'), number);

    for (const desk of desks.values()) {
      expect(desk.faults).toEqual([]);
      await desk.close();
    }
  });
});
