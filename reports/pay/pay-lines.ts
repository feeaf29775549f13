import type { Knex } from 'knex';
import { z } from 'zod';
import { build } from '#db/builder.ts';
import { ifGiven, payPeriodsWithin } from '../engine/conditions.ts';
import { employeeChoices } from '../engine/choices.ts';
import { choiceParam, periodOfTwoMonths } from '../engine/params.ts';
import { defineReport, type ReportColumn } from '../engine/report.ts';

/** The lines of payslips: all of them, and those that take something away. */

type Row = {
  periodFrom: string;
  periodTo: string;
  employeeNumber: string;
  employee: string;
  payKind: string;
  /** Of an adjustment: what it adjusts. */
  entryKind: string | null;
  /** Of a month that was worked out again: first and last day. */
  adjustedPeriod: string | null;
  number: string | null;
  rule: string | null;
  earnedOn: string | null;
  amount: number;
  line: number;
};

const KINDS = [
  'base-salary',
  'position-pay',
  'grade-allowance',
  'commission',
  'tier',
  'reward',
  'satisfaction',
  'satisfaction-month',
  'penalty',
  'deadline',
  'clawback',
  'carried-in',
  'adjustment',
];

const COLUMNS: readonly ReportColumn<keyof Row>[] = [
  { key: 'periodFrom', type: 'date' },
  { key: 'periodTo', type: 'date' },
  { key: 'employeeNumber', type: 'code' },
  { key: 'employee', type: 'text' },
  { key: 'payKind', type: 'text', texts: 'payroll.lineKinds', values: KINDS },
  { key: 'entryKind', type: 'text', texts: 'payroll.lineKinds', values: KINDS },
  { key: 'adjustedPeriod', type: 'text' },
  { key: 'number', type: 'code' },
  { key: 'rule', type: 'code' },
  { key: 'earnedOn', type: 'date' },
  { key: 'line', type: 'number' },
  { key: 'amount', type: 'money', total: 'sum' },
];

const ORDER = [
  ['periodFrom', 'asc'],
  ['employeeNumber', 'asc'],
  ['line', 'asc'],
] as const;

type Params = Readonly<{ from?: string | undefined; to?: string | undefined; employee?: string | undefined }>;

function linesOf({ from, to, employee }: Params): Knex.QueryBuilder {
  return build('payslip_lines as l')
    .join('payslips as s', 's.id', 'l.payslip_id')
    .join('pay_periods as p', 'p.id', 's.period_id')
    .join('people as e', 'e.id', 's.employee_id')
    .leftJoin('pay_entries as x', 'x.id', 'l.pay_entry_id')
    .leftJoin('pay_periods as a', 'a.id', 'l.for_period_id')
    .leftJoin('work_orders as o', 'o.id', 'x.work_order_id')
    .leftJoin('commission_rules as r', 'r.id', 'x.rule_id')
    .select('p.from_on as periodFrom', 'p.to_on as periodTo', 'e.number as employeeNumber', 'e.name as employee')
    .select(
      'l.kind as payKind',
      build.raw(`CASE WHEN l.kind = 'adjustment' THEN COALESCE(x.kind, l.adjusts) END AS "entryKind"`),
    )
    .select('o.number', 'r.code as rule', 'x.earned_on as earnedOn')
    .select(build.raw(`a.from_on || ' – ' || a.to_on AS "adjustedPeriod"`))
    .select('l.line_no as line', 'l.amount')
    .modify(ifGiven, 'e.number', employee)
    .modify(payPeriodsWithin, { from, to });
}

const params = z.object({ ...periodOfTwoMonths, employee: choiceParam() });

/** What every payslip is made of, line by line. */
export const payEntriesReport = defineReport<Row>()({
  id: 'pay-entries',
  right: 'reports.payroll',
  params,
  choices: { employee: employeeChoices },
  columns: COLUMNS,
  order: ORDER,
  query: linesOf,
});

/** Penalties, delays, dissatisfied customers, work done again, and what was left over of the period before. */
export const payDeductionsReport = defineReport<Row>()({
  id: 'pay-deductions',
  right: 'reports.payroll',
  params,
  choices: { employee: employeeChoices },
  columns: COLUMNS,
  order: ORDER,
  query: (given) =>
    linesOf(given)
      .where('l.amount', '<', 0)
      .whereIn(build.raw('COALESCE(x.kind, l.adjusts, l.kind)') as never, [
        'penalty',
        'deadline',
        'satisfaction',
        'satisfaction-month',
        'clawback',
        'carried-in',
      ]),
});

/** The payslips themselves: in Excel a sheet for each. */
export const payslipsReport = defineReport<Row>()({
  id: 'payslips',
  right: 'reports.payroll',
  params,
  choices: { employee: employeeChoices },
  columns: COLUMNS,
  order: [
    ['employeeNumber', 'asc'],
    ['employee', 'asc'],
    ['periodFrom', 'asc'],
    ['line', 'asc'],
  ],
  sheetBy: ['employeeNumber', 'employee', 'periodFrom'],
  query: linesOf,
});
