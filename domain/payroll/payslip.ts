import { floorRate } from '../money.ts';
import type { AnyPayEntry, Payslip } from './types.ts';

type Amount = Pick<AnyPayEntry, 'kind' | 'amount'>;

// A payslip is the sum of its entries, but for the limit on what may be taken: the rest of it waits for the next period.

type Column = 'basePay' | 'commission' | 'tiers' | 'rewards' | 'satisfaction' | 'penalties' | 'deadline' | 'clawback';

const COLUMN: Readonly<Record<AnyPayEntry['kind'], Column | 'carriedIn'>> = {
  'base-salary': 'basePay',
  'position-pay': 'basePay',
  'grade-allowance': 'basePay',
  commission: 'commission',
  tier: 'tiers',
  reward: 'rewards',
  penalty: 'penalties',
  satisfaction: 'satisfaction',
  'satisfaction-month': 'satisfaction',
  deadline: 'deadline',
  clawback: 'clawback',
  'carried-in': 'carriedIn',
};

/** Of these the amounts below 0 are deductions; the others count to the gross, whatever their sign. */
const DEDUCTIBLE: ReadonlySet<string> = new Set(['satisfaction', 'penalties', 'deadline', 'clawback', 'carriedIn']);

/** @param capBp deductions are at most so much of the gross, in basis points; null: no limit */
export function payslipOf(employee: string, entries: readonly AnyPayEntry[], capBp: number | null): Payslip {
  return { employee, ...sumsOfPay(entries, capBp), entries };
}

/** The sums of a payslip. */
export function sumsOfPay(entries: readonly Amount[], capBp: number | null): Omit<Payslip, 'employee' | 'entries'> {
  const sums = {
    basePay: 0,
    commission: 0,
    tiers: 0,
    rewards: 0,
    satisfaction: 0,
    penalties: 0,
    deadline: 0,
    clawback: 0,
    carriedIn: 0,
  };
  let gross = 0;
  let taken = 0;
  for (const { kind, amount } of entries) {
    const column = COLUMN[kind];
    sums[column] += amount;
    if (amount < 0 && DEDUCTIBLE.has(column)) taken -= amount;
    else gross += amount;
  }
  const limit = capBp === null ? taken : Math.min(taken, Math.max(0, floorRate(gross, capBp)));
  const { carriedIn, ...columns } = sums;
  return {
    ...columns,
    carriedIn: 0 - carriedIn,
    gross,
    deductions: 0 - limit,
    carriedOut: taken - limit,
    net: gross - limit,
  };
}
