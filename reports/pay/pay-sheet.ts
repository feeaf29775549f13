import { z } from 'zod';
import { build } from '#db/builder.ts';
import { ifGiven, payPeriodsWithin } from '../engine/conditions.ts';
import { employeeChoices } from '../engine/choices.ts';
import { choiceParam, periodOfTwoMonths } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = {
  periodFrom: string;
  periodTo: string;
  periodState: string;
  employeeNumber: string;
  employee: string;
  position: string;
  basePay: number;
  commission: number;
  tiers: number;
  rewards: number;
  satisfaction: number;
  penalties: number;
  deadline: number;
  clawback: number;
  carriedIn: number;
  deductions: number;
  carriedOut: number;
  netPay: number;
};

/** The payslips of every pay period that has a day in the given time, one line each. */
export const paySheet = defineReport<Row>()({
  id: 'pay-sheet',
  right: 'reports.payroll',
  params: z.object({ ...periodOfTwoMonths, employee: choiceParam() }),
  choices: { employee: employeeChoices },
  columns: [
    { key: 'periodFrom', type: 'date' },
    { key: 'periodTo', type: 'date' },
    {
      key: 'periodState',
      type: 'text',
      texts: 'payroll.periodStates',
      values: ['open', 'calculated', 'reviewed', 'locked', 'paid'],
    },
    { key: 'employeeNumber', type: 'code' },
    { key: 'employee', type: 'text' },
    { key: 'position', type: 'text' },
    { key: 'basePay', type: 'money', total: 'sum' },
    { key: 'commission', type: 'money', total: 'sum' },
    { key: 'tiers', type: 'money', total: 'sum' },
    { key: 'rewards', type: 'money', total: 'sum' },
    { key: 'satisfaction', type: 'money', total: 'sum' },
    { key: 'penalties', type: 'money', total: 'sum' },
    { key: 'deadline', type: 'money', total: 'sum' },
    { key: 'clawback', type: 'money', total: 'sum' },
    { key: 'carriedIn', type: 'money', total: 'sum' },
    { key: 'deductions', type: 'money', total: 'sum' },
    { key: 'carriedOut', type: 'money', total: 'sum' },
    { key: 'netPay', type: 'money', total: 'sum' },
  ],
  order: [
    ['periodFrom', 'asc'],
    ['employeeNumber', 'asc'],
  ],
  query({ from, to, employee }) {
    return build('payslips as s')
      .join('pay_periods as p', 'p.id', 's.period_id')
      .join('people as e', 'e.id', 's.employee_id')
      .select('p.from_on as periodFrom', 'p.to_on as periodTo', 'p.state as periodState')
      .select('e.number as employeeNumber', 'e.name as employee', 'e.position')
      .select('s.base_pay as basePay', 's.commission', 's.tiers', 's.rewards', 's.satisfaction', 's.penalties')
      .select('s.deadline', 's.clawback', 's.carried_in as carriedIn', 's.deductions', 's.carried_out as carriedOut')
      .select('s.net as netPay')
      .modify(ifGiven, 'e.number', employee)
      .modify(payPeriodsWithin, { from, to });
  },
});
