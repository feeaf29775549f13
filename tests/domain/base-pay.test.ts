import { expect, test } from 'vitest';
import { basePay } from '#domain/payroll/base-pay.ts';
import type { PayEmployee } from '#domain/payroll/types.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };

const given = (joinedOn: string | null, leftOn: string | null): PayEmployee => ({
  number: 'T01',
  grade: 'A',
  unit: 'SH01',
  baseSalary: 310_000,
  positionPay: 31_001,
  gradeAllowance: 15,
  joinedOn,
  leftOn,
});

test('who was there all month gets it whole', () => {
  expect(basePay(given(null, null), march).total).toBe(341_016);
  expect(basePay(given('2020-01-01', '2030-01-01'), march).total).toBe(341_016);
});

test('who joined on the 11th has 21 of 31 days, each of the three parts rounded by itself', () => {
  expect(basePay(given('2026-03-11', null), march)).toEqual({
    baseSalary: 210_000,
    positionPay: 21_001,
    gradeAllowance: 10,
    daysEmployed: 21,
    daysOfPeriod: 31,
    total: 231_011,
  });
});

test('the day of leaving is paid', () => {
  expect(basePay(given(null, '2026-03-01'), march)).toMatchObject({ daysEmployed: 1, baseSalary: 10_000 });
  expect(basePay(given('2026-03-31', '2026-03-31'), march).daysEmployed).toBe(1);
});

test('who was not there in the period gets nothing', () => {
  expect(basePay(given('2026-04-01', null), march).total).toBe(0);
  expect(basePay(given(null, '2026-02-28'), march).total).toBe(0);
});
