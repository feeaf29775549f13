import { z } from 'zod';
import { build } from '#db/builder.ts';
import { ifGiven, payPeriodsWithin } from '../engine/conditions.ts';
import { employeeChoices } from '../engine/choices.ts';
import { choiceParam, period } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = {
  periodFrom: string;
  periodTo: string;
  employeeNumber: string;
  employee: string;
  netPay: number;
  netBefore: number | null;
  netChange: number | null;
};

/** Of the unit's period before, the same person's net. */
const BEFORE = `(SELECT b.net FROM payslips b JOIN pay_periods q ON q.id = b.period_id
  WHERE b.employee_id = s.employee_id AND q.unit_id = p.unit_id AND q.to_on < p.from_on ORDER BY q.from_on DESC LIMIT 1)`;

/** Net pay of each person beside that of the period before. */
export const payComparison = defineReport<Row>()({
  id: 'pay-comparison',
  right: 'reports.payroll',
  params: z.object({ ...period, employee: choiceParam() }),
  choices: { employee: employeeChoices },
  columns: [
    { key: 'periodFrom', type: 'date' },
    { key: 'periodTo', type: 'date' },
    { key: 'employeeNumber', type: 'code' },
    { key: 'employee', type: 'text' },
    { key: 'netBefore', type: 'money', total: 'sum' },
    { key: 'netPay', type: 'money', total: 'sum' },
    { key: 'netChange', type: 'money', total: 'sum' },
  ],
  order: [
    ['periodFrom', 'asc'],
    ['employeeNumber', 'asc'],
  ],
  query({ from, to, employee }) {
    return build('payslips as s')
      .join('pay_periods as p', 'p.id', 's.period_id')
      .join('people as e', 'e.id', 's.employee_id')
      .select('p.from_on as periodFrom', 'p.to_on as periodTo', 'e.number as employeeNumber', 'e.name as employee')
      .select('s.net as netPay', build.raw(`${BEFORE} AS "netBefore"`), build.raw(`s.net - ${BEFORE} AS "netChange"`))
      .modify(ifGiven, 'e.number', employee)
      .modify(payPeriodsWithin, { from, to });
  },
});
