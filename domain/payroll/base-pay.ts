import { daysIn, type Period } from '../dates.ts';
import { halfUp } from '../money.ts';
import type { PayEmployee } from './types.ts';

/** Base, position and grade pay of a period for the days employed in it; `total` is their sum, in minor units. */
export type BasePay = Readonly<{
  baseSalary: number;
  positionPay: number;
  gradeAllowance: number;
  daysEmployed: number;
  daysOfPeriod: number;
  total: number;
}>;

/**
 * Each of the three × days employed ÷ days of the period, each rounded by itself, half up. The day of joining and the
 * day of leaving are days employed.
 * @throws RangeError if the period ends before it begins
 */
export function basePay(employee: PayEmployee, period: Period): BasePay {
  const daysOfPeriod = daysIn(period);
  const daysEmployed = daysIn({
    from: later(employee.joinedOn ?? period.from, period.from),
    to: earlier(employee.leftOn ?? period.to, period.to),
  });
  const proRata = (amount: number) => halfUp(amount, daysEmployed, daysOfPeriod);
  const baseSalary = proRata(employee.baseSalary);
  const positionPay = proRata(employee.positionPay);
  const gradeAllowance = proRata(employee.gradeAllowance);
  const total = baseSalary + positionPay + gradeAllowance;
  return { baseSalary, positionPay, gradeAllowance, daysEmployed, daysOfPeriod, total };
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
