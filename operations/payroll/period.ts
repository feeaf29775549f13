import { z } from 'zod';
import { paySheet, type PaySheetRow } from '#db/repositories/pay-sheet.ts';
import { countUnpaid, requirePeriodSummary } from '#db/repositories/payslips.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

const FIGURES = [
  'baseSalary',
  'positionPay',
  'gradeAllowance',
  'labour',
  'parts',
  'job',
  'tierPay',
  'rewardPay',
  'satisfactionPay',
  'taken',
  'adjustments',
  'basePay',
  'commission',
  'tiers',
  'rewards',
  'satisfaction',
  'penalties',
  'deadline',
  'clawback',
  'carriedIn',
  'deductions',
  'carriedOut',
  'net',
] as const satisfies readonly (keyof PaySheetRow)[];

type Totals = Readonly<Record<(typeof FIGURES)[number], number>>;

/**
 * The pay sheet of a period: a row for each payslip, and their sums. `unpaid` counts entries earned by its last day that are on
 * no payslip: after a calculation, those that came since.
 */
export const payPeriod = defineQuery({
  name: 'payroll.period',
  right: 'payroll.view',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const summary = await requirePeriodSummary(ctx.sql, input.id);
    const rows = await paySheet(ctx.sql, summary.id);
    const unpaid = await countUnpaid(ctx.sql, summary.unitId, summary.toOn);
    return { period: summary, rows, totals: totalsOf(rows), unpaid };
  },
});

function totalsOf(rows: readonly PaySheetRow[]): Totals {
  const sums = FIGURES.map((figure) => [figure, rows.reduce((sum, row) => sum + row[figure], 0)] as const);
  return Object.fromEntries(sums) as Totals;
}
