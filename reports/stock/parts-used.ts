import { z } from 'zod';
import { build } from '#db/builder.ts';
import { ifGiven, withinPeriod } from '../engine/conditions.ts';
import { warehouseChoices } from '../engine/choices.ts';
import { choiceParam, period } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = { partNumber: string; part: string; measure: string; orders: number; quantity: number; cost: number };

/** Parts that repairs used in a period, at cost, less what came back; read from the stock ledger. */
export const partsUsed = defineReport<Row>()({
  id: 'parts-used',
  right: 'reports.stock',
  params: z.object({ ...period, warehouse: choiceParam() }),
  choices: { warehouse: warehouseChoices },
  columns: [
    { key: 'partNumber', type: 'code' },
    { key: 'part', type: 'text' },
    { key: 'measure', type: 'text' },
    { key: 'orders', type: 'number' },
    { key: 'quantity', type: 'quantity', total: 'sum' },
    { key: 'cost', type: 'money', total: 'sum' },
  ],
  order: [['partNumber', 'asc']],
  query(params) {
    const byOrder = build('stock_moves as m')
      .join('stock_documents as d', 'd.id', 'm.document_id')
      .join('warehouses as w', 'w.id', 'm.warehouse_id')
      .select('m.part_id', 'd.work_order_id')
      .select(build.raw('-SUM(m.quantity) AS quantity, -SUM(m.value) AS cost'))
      .whereNotNull('d.work_order_id')
      .modify(withinPeriod, 'm.moved_on', params)
      .modify(ifGiven, 'w.code', params.warehouse)
      .groupBy('m.part_id', 'd.work_order_id');
    return build
      .queryBuilder()
      .from(byOrder.as('u'))
      .join('parts as p', 'p.id', 'u.part_id')
      .select('p.number as partNumber', 'p.name as part', 'p.measure')
      .select(build.raw('SUM(CASE WHEN u.quantity <> 0 THEN 1 ELSE 0 END) AS orders'))
      .select(build.raw('SUM(u.quantity) AS quantity, SUM(u.cost) AS cost'))
      .groupBy('p.number', 'p.name', 'p.measure')
      .havingRaw('SUM(u.quantity) <> 0 OR SUM(u.cost) <> 0');
  },
});
