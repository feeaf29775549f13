import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { calculatePay } from '#domain/payroll/calculate.ts';
import { parseScenario } from '#operations/payroll/scenario.ts';

/** The worked cases that come with the payroll rules. */

type Case = Readonly<{
  name: string;
  scenario: unknown;
  expected: Readonly<{ payslips: readonly object[]; orders: ReadonlyArray<Readonly<{ id: string; dueAt: string }>> }>;
}>;

const CASES = new URL('../../../shared/payroll-cases.json', import.meta.url);
const cases: Case[] = existsSync(CASES) ? (JSON.parse(readFileSync(CASES, 'utf8')) as Case[]) : [];

test.skipIf(cases.length === 0)('the worked payroll cases (../shared/payroll-cases.json) are there', () => {
  expect(cases.length).toBeGreaterThan(0);
});

test.each(cases)('worked case: $name', ({ scenario, expected }) => {
  const { payslips, orders } = calculatePay(parseScenario(scenario));
  expect(payslips.map(({ entries: _, ...figures }) => figures)).toEqual(expected.payslips);
  expect(orders).toEqual(expected.orders.map(({ id, dueAt }) => ({ id, dueAt: Date.parse(dueAt) })));
});
