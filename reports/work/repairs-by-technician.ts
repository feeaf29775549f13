import type { Knex } from 'knex';
import { z } from 'zod';
import { build } from '#db/builder.ts';
import { withinPeriod } from '../engine/conditions.ts';
import { period } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = {
  employeeNumber: string;
  employee: string;
  orders: number;
  labour: number;
  parts: number;
  averageHours: number;
};

/**
 * What each technician completed in a period. Labour and the parts charged to customers are divided by the technicians' shares
 * of each order; the hours run from the first work on it, or its intake, to its completion, in tenths. Orders have no total: one done by two counts for both.
 */
export const repairsByTechnician = defineReport<Row>()({
  id: 'repairs-by-technician',
  right: 'reports.work',
  params: z.object(period),
  columns: [
    { key: 'employeeNumber', type: 'code' },
    { key: 'employee', type: 'text' },
    { key: 'orders', type: 'number' },
    { key: 'labour', type: 'money', total: 'sum' },
    { key: 'parts', type: 'money', total: 'sum' },
    { key: 'averageHours', type: 'quantity' },
  ],
  order: [['employeeNumber', 'asc']],
  query(params) {
    return build
      .queryBuilder()
      .from(portions(params).as('p'))
      .select('employeeNumber', 'employee')
      .count({ orders: '*' })
      .select(totalPortion('labour'), totalPortion('parts'))
      .select(build.raw('CAST(SUM(p.milliseconds) AS bigint) / (COUNT(*) * 360000) * 100 AS "averageHours"'))
      .groupBy('employeeNumber', 'employee');
  },
});

/** One row for each completed order and technician, with what the division of each amount by the shares leaves over. */
function portions(params: { from?: string | undefined; to?: string | undefined }): Knex.QueryBuilder {
  return build
    .queryBuilder()
    .from(ordersOfTechnicians(params).as('w'))
    .select('w.*', ...portionOf('labour'), ...portionOf('parts'));
}

function ordersOfTechnicians(params: { from?: string | undefined; to?: string | undefined }): Knex.QueryBuilder {
  return build('work_orders as o')
    .join('work_order_technicians as s', 's.work_order_id', 'o.id')
    .join('people as e', 'e.id', 's.employee_id')
    .select('o.id as orderId', 's.share_bp as share', 'e.number as employeeNumber', 'e.name as employee')
    .select(
      build.raw('o.completed_at - COALESCE(o.started_at, o.received_at) AS milliseconds'),
      build.raw(
        `(SELECT CAST(COALESCE(SUM(l.fee), 0) AS bigint) FROM work_order_labour l WHERE l.work_order_id = o.id) AS labour`,
      ),
      build.raw(
        `(SELECT CAST(COALESCE(SUM((l.quantity * l.price + 500) / 1000), 0) AS bigint) FROM work_order_parts l
          WHERE l.work_order_id = o.id AND l.charge = 'customer') AS parts`,
      ),
    )
    .whereNotNull('o.completed_at')
    .modify(withinPeriod, 'o.completed_on', params);
}

/**
 * As `split` of domain/money.ts does it, so that the portions add up to the amount: the floor of each share, then a fen each to
 * the largest remainders, ties to the lower employee number.
 */
function portionOf(amount: 'labour' | 'parts'): Knex.Raw[] {
  const part = `w.${amount} * w.share`;
  return [
    build.raw(`${part} / 10000 AS ${amount}_floor`),
    build.raw(
      `ROW_NUMBER() OVER (PARTITION BY w."orderId" ORDER BY (${part}) % 10000 DESC, w."employeeNumber") AS ${amount}_rank`,
    ),
    build.raw(`w.${amount} - SUM(${part} / 10000) OVER (PARTITION BY w."orderId") AS ${amount}_left`),
  ];
}

const totalPortion = (amount: 'labour' | 'parts') =>
  build.raw(
    `CAST(SUM(p.${amount}_floor + CASE WHEN p.${amount}_rank <= p.${amount}_left THEN 1 ELSE 0 END) AS bigint) AS ${amount}`,
  );
