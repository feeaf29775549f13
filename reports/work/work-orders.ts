import type { Knex } from 'knex';
import { z } from 'zod';
import { build } from '#db/builder.ts';
import { WORK_ORDER_MODES, WORK_ORDER_STATES } from '#domain/work-orders/states.ts';
import { ifGiven, withinPeriod } from '../engine/conditions.ts';
import { employeeChoices } from '../engine/choices.ts';
import { choiceParam, codeParam, period } from '../engine/params.ts';
import { defineReport, type ReportColumn } from '../engine/report.ts';
import { OUTCOMES, outcomeColumn } from './outcomes.ts';

const COLUMNS = [
  { key: 'number', type: 'code' },
  { key: 'state', type: 'text', texts: 'workOrderStates', values: WORK_ORDER_STATES },
  { key: 'outcome', type: 'text', texts: 'reports.outcomes', values: OUTCOMES },
  { key: 'receivedAt', type: 'instant' },
  { key: 'store', type: 'text' },
  { key: 'customer', type: 'text' },
  { key: 'phone', type: 'code' },
  { key: 'category', type: 'text' },
  { key: 'brand', type: 'text' },
  { key: 'model', type: 'text' },
  { key: 'serial', type: 'code' },
  { key: 'madeYear', type: 'year' },
  { key: 'mode', type: 'text', texts: 'workOrderCodes.mode', values: WORK_ORDER_MODES },
  {
    key: 'kind',
    type: 'text',
    texts: 'workOrderCodes.kind',
    values: ['repair', 'installation', 'delivery', 'maintenance', 'exchange', 'return', 'cleaning'],
  },
  {
    key: 'channel',
    type: 'text',
    texts: 'workOrderCodes.channel',
    values: ['counter', 'phone', 'letter', 'email', 'fax', 'web'],
  },
  { key: 'urgency', type: 'text', texts: 'workOrderCodes.urgency', values: ['normal', 'urgent'] },
  { key: 'warrantyClass', type: 'text', texts: 'workOrderCodes.warrantyClass', values: ['in', 'out', 'vendor'] },
  { key: 'symptom', type: 'text' },
  { key: 'appearance', type: 'text' },
  { key: 'accessories', type: 'text' },
  { key: 'visitAddress', type: 'text' },
  { key: 'estimate', type: 'money', total: 'sum' },
  { key: 'promisedAt', type: 'instant' },
  { key: 'receivedBy', type: 'text' },
  { key: 'technician', type: 'text' },
  { key: 'appointedAt', type: 'instant' },
  { key: 'startedAt', type: 'instant' },
  { key: 'completedAt', type: 'instant' },
  { key: 'fault', type: 'text' },
  { key: 'cause', type: 'text' },
  { key: 'action', type: 'text' },
  { key: 'stateReason', type: 'text' },
  { key: 'labour', type: 'money', total: 'sum' },
  { key: 'parts', type: 'money', total: 'sum' },
  { key: 'travel', type: 'money', total: 'sum' },
  { key: 'discount', type: 'money', total: 'sum' },
  { key: 'partsCost', type: 'money', total: 'sum' },
  { key: 'auditedOn', type: 'date' },
  { key: 'auditNote', type: 'text' },
  { key: 'settledOn', type: 'date' },
  { key: 'settled', type: 'money', total: 'sum' },
  { key: 'received', type: 'money', total: 'sum' },
  { key: 'pickedUpAt', type: 'instant' },
] as const satisfies readonly ReportColumn[];

type Row = Record<(typeof COLUMNS)[number]['key'], unknown>;

/** Every work order received in a period with all that is known of it. */
export const workOrders = defineReport<Row>()({
  id: 'work-orders',
  right: 'reports.work',
  params: z.object({
    ...period,
    state: codeParam(WORK_ORDER_STATES, 'workOrderStates'),
    outcome: codeParam(OUTCOMES, 'reports.outcomes'),
    technician: choiceParam(),
  }),
  choices: { technician: employeeChoices },
  columns: COLUMNS,
  order: [
    ['receivedAt', 'desc'],
    ['number', 'desc'],
  ],
  query(params) {
    const orders = joined()
      .select(SAME_NAME.map(([key, column]) => build.raw('?? AS ??', [column, key])))
      .select(outcomeColumn('outcome'), ...FIGURES)
      .modify(withinPeriod, 'o.received_on', params)
      .modify(ifGiven, 'o.state', params.state)
      .modify(ifGiven, 't.number', params.technician);
    return build.queryBuilder().from(orders.as('orders')).select('*').modify(ifGiven, 'outcome', params.outcome);
  },
});

function joined(): Knex.QueryBuilder {
  return build('work_orders as o')
    .join('devices as d', 'd.id', 'o.device_id')
    .leftJoin('customers as c', 'c.id', 'o.customer_id')
    .leftJoin('stores as p', 'p.id', 'o.store_id')
    .leftJoin('people as t', 't.id', 'o.technician_id')
    .leftJoin('people as r', 'r.id', 'o.received_by_id')
    .leftJoin('settlements as b', 'b.id', 'o.settlement_id');
}

/** Columns of the report that are columns of a table. */
const SAME_NAME: ReadonlyArray<readonly [key: keyof Row, column: string]> = [
  ['number', 'o.number'],
  ['state', 'o.state'],
  ['receivedAt', 'o.received_at'],
  ['store', 'p.name'],
  ['customer', 'c.name'],
  ['phone', 'c.phone'],
  ['category', 'd.category'],
  ['brand', 'd.brand'],
  ['model', 'd.model'],
  ['serial', 'd.serial'],
  ['madeYear', 'd.made_year'],
  ['mode', 'o.mode'],
  ['kind', 'o.kind'],
  ['channel', 'o.channel'],
  ['urgency', 'o.urgency'],
  ['warrantyClass', 'o.warranty_class'],
  ['symptom', 'o.symptom'],
  ['appearance', 'o.appearance'],
  ['accessories', 'o.accessories'],
  ['visitAddress', 'o.visit_address'],
  ['estimate', 'o.estimate'],
  ['promisedAt', 'o.promised_at'],
  ['receivedBy', 'r.name'],
  ['technician', 't.name'],
  ['appointedAt', 'o.appointed_at'],
  ['startedAt', 'o.started_at'],
  ['completedAt', 'o.completed_at'],
  ['fault', 'o.fault'],
  ['cause', 'o.cause'],
  ['action', 'o.action'],
  ['stateReason', 'o.state_reason'],
  ['travel', 'o.travel_fee'],
  ['discount', 'o.discount'],
  ['auditedOn', 'o.audited_on'],
  ['auditNote', 'o.audit_note'],
  ['settledOn', 'b.settled_on'],
  ['settled', 'b.total'],
  ['pickedUpAt', 'o.picked_up_at'],
];

const sumOf = (key: keyof Row, amount: string, table: string, condition = '') =>
  build.raw(
    `(SELECT CAST(COALESCE(SUM(${amount}), 0) AS bigint) FROM ${table} l WHERE l.work_order_id = o.id${condition}) AS ??`,
    [key],
  );

/** What the customer is charged for parts is rounded line by line, as on his bill. */
const FIGURES = [
  sumOf('labour', 'l.fee', 'work_order_labour'),
  sumOf('parts', '(l.quantity * l.price + 500) / 1000', 'work_order_parts', ` AND l.charge = 'customer'`),
  sumOf('partsCost', 'l.cost', 'work_order_parts'),
  sumOf('received', 'l.amount', 'customer_entries'),
];
