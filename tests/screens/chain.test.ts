import ExcelJS from 'exceljs';
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '#domain/access/roles.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk } from '../helpers/browser.ts';
import { mendway } from '../helpers/cli.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import * as chain from './lib/chain.ts';

const WALES = '../shared/data/open-repair/OpenRepairData_v0.3_RepairCafeWales_202507.csv';
const WORK_TYPE = { code: 'medium', name: '中修', standardFee: 15_000 };

let browser: Browser;
let folder: ReturnType<typeof temporaryFolder>;
let station: RunningStation;
let desks: Map<Role, Desk>;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  folder = temporaryFolder();
  desks = new Map();
  await givenCompany(folder.path, ROLES);
  await inCompany(folder.path, async (run) => {
    await run('setup.saveWarehouse', { existing: null, fields: { code: 'PJ', name: '配件库', kind: 'parts' } });
    await run('setup.saveWorkType', { existing: null, fields: WORK_TYPE });
  });
});
afterEach(async ({ task }) => {
  for (const [role, desk] of desks) {
    if (task.result?.state === 'fail') await desk.page.screenshot({ path: `out/failed/${role}.png` });
    await desk.close();
  }
  await station?.kill();
  folder.remove();
});

/** Each person has a window, as each has a PC. */
async function at(role: Role, language: Language): Promise<Desk> {
  const desk = desks.get(role) ?? (await openDesk(browser, { address: station.address, language, number: role }));
  desks.set(role, desk);
  return desk;
}

function expectNoFaults(): void {
  for (const [role, desk] of desks) expect([role, desk.faults]).toEqual([role, []]);
}

/** From the dispatcher to the accountant's file; `due` is what the customer has to pay in the end. */
async function playChain(language: Language, number: string, due: string): Promise<void> {
  await chain.publishRule(await at('accountant', language), 'LABOUR-20', 'labour', '20');
  await chain.publishRule(await at('accountant', language), 'PARTS-10', 'part_sales', '10');
  await chain.receiveParts(await at('keeper', language));

  await chain.dispatchTo(await at('dispatcher', language), number, 'technician');
  await chain.acceptAndStart(await at('technician', language), number);
  await chain.drawMaterial(await at('technician', language));
  await chain.complete(await at('technician', language), WORK_TYPE.name);
  await chain.approve(await at('auditor', language), number);
  await chain.settleAndHandOver(await at('clerk', language), number, due);

  // 20 % of 150.00 labour and 10 % of 2 × 135.00 parts
  const payslip = await chain.calculatePay(await at('accountant', language), 'technician');
  expect(payslip).toContain('30.00');
  expect(payslip).toContain('27.00');
  expect(payslip).toContain('57.00');
  expect(payslip).toContain(number);
  expect(payslip).toContain('LABOUR-20');
  await expectPaySheet(await chain.exportPaySheet(await at('accountant', language)), language);
  expectNoFaults();
}

async function expectPaySheet(file: string, language: Language): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const sheet = workbook.worksheets[0];
  const heads = ((sheet?.getRow(1).values ?? []) as unknown[]).map(String);
  const column = heads.indexOf(createTranslator(language)('reports.columns.commission'));
  const numbers: unknown[] = [];
  sheet?.eachRow((row) => numbers.push(row.getCell(column).result ?? row.getCell(column).value));
  expect(numbers.filter((value) => value === 57).length).toBe(2); // the technician's row and the total
}

describe.each(['zh-CN', 'en'] as const)('the whole chain in %s', (language) => {
  test('from an unknown caller to the payslip and its Excel file', async () => {
    station = await startStation(folder.path);
    const caller = { name: '欧阳修', phone: '13900000001' };
    const number = await chain.registerCarryIn(await at('clerk', language), caller, '不开机');
    await playChain(language, number, '¥370.00'); // 150 + 270 less the deposit of 50
  });
});

describe.skipIf(!existsSync(WALES))('the whole chain on the imported Wales data', () => {
  test('an anonymous device of 2017 goes from the queue to the payslip', async () => {
    const imported = await mendway(['import', 'open-repair', WALES, '--data', folder.path, '--json']);
    expect(JSON.parse(imported.out)).toMatchObject({ imported: 20_190, refused: 0 });
    const number = await inCompany(folder.path, async (run) => {
      const { orders } = await run('dispatch.queue', {});
      return orders[0]?.number ?? '';
    });
    station = await startStation(folder.path);
    await playChain('en', number, '¥420.00');
  });
});
