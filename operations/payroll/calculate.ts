import { z } from 'zod';
import { basePay } from '#domain/payroll/base-pay.ts';
import { DomainError } from '#domain/errors.ts';
import { peopleOfPeriod, type PersonPaid } from '#db/repositories/pay-entries.ts';
import {
  deletePayslips,
  earlierUnlocked,
  entriesToPay,
  insertPayslips,
  requirePeriod,
  setPeriodState,
  type EntryToPay,
  type PayPeriod,
  type PayslipLineRow,
  type PayslipRow,
} from '#db/repositories/payslips.ts';
import { id, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { requirePeriodState } from './period-state.ts';

type Line = Omit<PayslipLineRow, 'id' | 'unitId' | 'payslipId' | 'lineNo'>;

/**
 * Makes the payslips of a period: base pay for the days employed, and every entry earned up to its last day that is on no
 * payslip yet. So what comes late, and what takes back something paid before, falls into the first period that is still to be
 * locked; for the same reason periods are calculated in their order. Repeated, it replaces what it made before.
 */
export const calculatePeriod = defineCommand({
  name: 'payroll.calculate',
  right: 'payroll.calculate',
  input: z.object({ periodId: id(), version: version() }),

  async run(ctx, input) {
    const period = await requirePeriod(ctx.trx, input.periodId, ctx.trx.forUpdate);
    requirePeriodState(period, ['open', 'calculated']);
    const earlier = await earlierUnlocked(ctx.trx, period);
    if (earlier) throw new DomainError('pay-period.earlier-unlocked', { from: earlier.fromOn, to: earlier.toOn });
    await deletePayslips(ctx.trx, period.id);
    const entries = await entriesToPay(ctx.trx, period.unitId, period.toOn);
    const people = await peopleOfPeriod(ctx.trx, period.unitId, { from: period.fromOn, to: period.toOn });
    const { payslips, lines } = payslipsFor(ctx, period, people, entries);
    await insertPayslips(ctx.trx, payslips, lines);
    await setPeriodState(ctx.trx, period, input.version, 'calculated');
    const net = payslips.reduce((sum, payslip) => sum + payslip.net, 0);
    ctx.audit('period-calculated', 'pay-period', period.id, {
      after: { payslips: payslips.length, entries: entries.length, net },
    });
    return { id: period.id, version: input.version + 1, payslips: payslips.length, entries: entries.length, net };
  },
});

function payslipsFor(
  ctx: CommandContext,
  period: PayPeriod,
  people: readonly PersonPaid[],
  entries: readonly EntryToPay[],
): { payslips: PayslipRow[]; lines: PayslipLineRow[] } {
  const byEmployee = Map.groupBy(entries, (entry) => entry.employeeId);
  const made = people.map((person) => payslipFor(ctx, period, person, byEmployee.get(person.id) ?? []));
  return { payslips: made.map(({ payslip }) => payslip), lines: made.flatMap(({ lines }) => lines) };
}

function payslipFor(ctx: CommandContext, period: PayPeriod, person: PersonPaid, entries: readonly EntryToPay[]) {
  const base = baseLines(period, person);
  const earned = entries.map((entry) => commissionLine(period, entry));
  const basePaid = sumOf(base);
  const commission = sumOf(earned);
  const payslip = {
    id: ctx.newId(),
    unitId: period.unitId,
    periodId: period.id,
    employeeId: person.id,
    basePay: basePaid,
    commission,
    net: basePaid + commission,
    calculatedAt: ctx.now,
  };
  const lines = [...base, ...earned].map((line, index) => ({
    id: ctx.newId(),
    unitId: period.unitId,
    payslipId: payslip.id,
    lineNo: index + 1,
    ...line,
  }));
  return { payslip, lines };
}

/** Each of the three with the monthly amount and the days it was reckoned by; what somebody doesn't get has no line. */
function baseLines(period: PayPeriod, person: PersonPaid): Line[] {
  const base = basePay(person, { from: period.fromOn, to: period.toOn });
  const { daysEmployed, daysOfPeriod } = base;
  const parts = [
    ['base-salary', person.baseSalary, base.baseSalary],
    ['position-pay', person.positionPay, base.positionPay],
    ['grade-allowance', person.gradeAllowance, base.gradeAllowance],
  ] as const;
  return parts
    .filter(([, whole]) => whole !== 0)
    .map(([kind, whole, amount]) => ({
      kind,
      payEntryId: null,
      amount,
      explanation: JSON.stringify({ whole, daysEmployed, daysOfPeriod }),
    }));
}

/** An adjustment is what belongs to an earlier period: earned then and late, or taken back after it was paid then. */
function commissionLine(period: PayPeriod, entry: EntryToPay): Line {
  const isLate = entry.earnedOn < period.fromOn;
  const wasPaid = entry.originFrom !== null;
  const origin = { earnedOn: entry.earnedOn, paidFrom: entry.originFrom, paidTo: entry.originTo };
  return {
    kind: isLate || wasPaid ? 'adjustment' : 'commission',
    payEntryId: entry.id,
    amount: entry.amount,
    explanation: JSON.stringify(isLate || wasPaid ? { origin } : {}),
  };
}

function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.amount, 0);
}
