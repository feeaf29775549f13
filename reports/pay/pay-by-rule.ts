import { z } from 'zod';
import { build } from '#db/builder.ts';
import { payPeriodsWithin } from '../engine/conditions.ts';
import { periodOfTwoMonths } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = { rule: string; component: string; people: number; orders: number; count: number; amount: number };

/** What each commission rule paid, monthly tiers among them, in the pay periods that have a day in the given time. */
export const payByRule = defineReport<Row>()({
  id: 'pay-by-rule',
  right: 'reports.payroll',
  params: z.object(periodOfTwoMonths),
  columns: [
    { key: 'rule', type: 'code' },
    {
      key: 'component',
      type: 'text',
      texts: 'payroll.components',
      values: ['labour', 'labour_profit', 'per_unit', 'part_sales', 'part_margin', 'per_job', 'monthly_tier'],
    },
    { key: 'people', type: 'number' },
    { key: 'orders', type: 'number' },
    { key: 'count', type: 'number', total: 'sum' },
    { key: 'amount', type: 'money', total: 'sum' },
  ],
  order: [['rule', 'asc']],
  query({ from, to }) {
    return build('payslip_lines as l')
      .join('payslips as s', 's.id', 'l.payslip_id')
      .join('pay_periods as p', 'p.id', 's.period_id')
      .leftJoin('pay_entries as x', 'x.id', 'l.pay_entry_id')
      .join('commission_rules as r', 'r.id', build.raw('COALESCE(x.rule_id, l.rule_id)') as never)
      .select('r.code as rule', 'r.component')
      .countDistinct({ people: 's.employee_id', orders: 'x.work_order_id' })
      .count({ count: '*' })
      .sum({ amount: 'l.amount' })
      .groupBy('r.code', 'r.component')
      .modify(payPeriodsWithin, { from, to });
  },
});
