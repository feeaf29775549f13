import { z } from 'zod';
import { build } from '#db/builder.ts';
import { period } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';
import { withinPeriod } from '../engine/conditions.ts';
import { OUTCOMES, outcomeColumn, type Outcome } from './outcomes.ts';

type Row = { category: string; outcome: Outcome; count: number };

/** How the work received in a period came out, by category of device. */
export const workOrdersByCategoryAndOutcome = defineReport<Row>()({
  id: 'work-orders-by-category-and-outcome',
  right: 'reports.work',
  params: z.object(period),
  columns: [
    { key: 'category', type: 'text' },
    { key: 'outcome', type: 'text', texts: 'reports.outcomes', values: OUTCOMES },
    { key: 'count', type: 'number', total: 'sum' },
  ],
  order: [
    ['category', 'asc'],
    ['outcome', 'asc'],
  ],
  query(params) {
    const orders = build('work_orders as o')
      .join('devices as d', 'd.id', 'o.device_id')
      .select('d.category', outcomeColumn('outcome'))
      .modify(withinPeriod, 'o.received_on', params);
    return build
      .queryBuilder()
      .from(orders.as('orders'))
      .select('category', 'outcome')
      .count({ count: '*' })
      .groupBy('category', 'outcome');
  },
});
