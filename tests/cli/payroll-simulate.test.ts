import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mendway } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/station.ts';

const SCENARIO = {
  period: { from: '2026-03-01', to: '2026-03-31' },
  employees: [{ number: 'T01', grade: 'A', unit: 'SH01' }],
  rules: [{ id: 'R1', component: 'labour', conditions: {}, validFrom: '2026-01-01', validTo: null, rateBp: 1000 }],
  orders: [
    {
      id: 'O1',
      serviceMode: 'repair',
      warrantyClass: 'out',
      registeredOn: '2026-03-02',
      completedOn: '2026-03-05',
      auditedOn: '2026-03-06',
      technicians: [{ employee: 'T01', share: 10_000 }],
      labour: [{ workType: 'minor', fee: 30_000 }],
      parts: [{ part: 'P1', quantity: '1.5', price: 100, cost: 10, charge: 'warranty' }],
      startAt: '2026-03-03T09:55:00+08:00',
    },
  ],
  deadlineRules: [{ id: 'D', limitMinutes: 15, unitMinutes: 60, amountPerUnit: 500 }],
};

describe('mendway payroll simulate', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  function simulate(content: string, ...options: readonly string[]) {
    const file = path.join(folder.path, 'scenario.json');
    writeFileSync(file, content);
    return mendway(['payroll', 'simulate', '--file', file, ...options]);
  }
  const [order] = SCENARIO.orders;

  test('prints payslips with every entry explained, and when orders were due', async () => {
    const { code, out, err } = await simulate(JSON.stringify(SCENARIO));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { payslips, orders } = JSON.parse(out) as { payslips: { entries: object[] }[]; orders: object[] };
    expect(payslips).toMatchObject([{ employee: 'T01', commission: 3000, gross: 3000, deductions: 0, net: 3000 }]);
    expect(payslips[0]?.entries).toEqual([
      {
        kind: 'commission',
        rule: 'R1',
        order: 'O1',
        family: 'labour',
        component: 'labour',
        line: 1,
        unitAmount: null,
        units: null,
        capped: false,
        base: 30_000,
        shareBp: 10_000,
        share: 30_000,
        rate: 1000,
        amount: 3000,
      },
    ]);
    expect(orders).toEqual([{ id: 'O1', dueAt: '2026-03-03T02:10:00Z' }]);
  });

  test('refuses what cannot be right with its JSON path, and prints nothing else', async () => {
    const technicians = [{ employee: 'T01', share: 9999 }];
    const { code, out, err } = await simulate(JSON.stringify({ ...SCENARIO, orders: [{ ...order, technicians }] }));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('orders[0].technicians: must add up to 10000 basis points');
  });

  test('a file that is no JSON, or not there, is another matter', async () => {
    expect(await simulate('{')).toMatchObject({ code: 2, out: '' });
    expect(await mendway(['payroll', 'simulate', '--file', path.join(folder.path, 'nowhere.json')])).toMatchObject({
      code: 2,
      out: '',
    });
    expect(await mendway(['payroll', 'simulate'])).toMatchObject({ code: 2, out: '' });
  });
});
