import { z } from 'zod';
import { build } from '#db/builder.ts';
import { payPeriodsWithin } from '../engine/conditions.ts';
import { periodOfTwoMonths } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = { workType: string; people: number; orders: number; count: number; amount: number };

/** What labour of each work type earned in the pay periods that have a day in the given time. */
export const payByWorkType = defineReport<Row>()({
  id: 'pay-by-work-type',
  right: 'reports.payroll',
  params: z.object(periodOfTwoMonths),
  columns: [
    { key: 'workType', type: 'text' },
    { key: 'people', type: 'number' },
    { key: 'orders', type: 'number' },
    { key: 'count', type: 'number', total: 'sum' },
    { key: 'amount', type: 'money', total: 'sum' },
  ],
  order: [['workType', 'asc']],
  query({ from, to }) {
    return build('payslip_lines as l')
      .join('payslips as s', 's.id', 'l.payslip_id')
      .join('pay_periods as p', 'p.id', 's.period_id')
      .join('pay_entries as x', 'x.id', 'l.pay_entry_id')
      .join('work_types as w', 'w.id', 'x.work_type_id')
      .select('w.name as workType')
      .countDistinct({ people: 'x.employee_id', orders: 'x.work_order_id' })
      .count({ count: '*' })
      .sum({ amount: 'l.amount' })
      .groupBy('w.id', 'w.name')
      .modify(payPeriodsWithin, { from, to });
  },
});
