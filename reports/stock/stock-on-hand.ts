import { z } from 'zod';
import { build } from '#db/builder.ts';
import { ifGiven } from '../engine/conditions.ts';
import { warehouseChoices } from '../engine/choices.ts';
import { choiceParam } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = {
  warehouse: string;
  partNumber: string;
  part: string;
  measure: string;
  quantity: number;
  averageCost: number;
  stockValue: number;
  salePrice: number;
};

/** What lies in the warehouses now, at its moving average cost. */
export const stockOnHand = defineReport<Row>()({
  id: 'stock-on-hand',
  right: 'reports.stock',
  params: z.object({ warehouse: choiceParam() }),
  choices: { warehouse: warehouseChoices },
  columns: [
    { key: 'warehouse', type: 'text' },
    { key: 'partNumber', type: 'code' },
    { key: 'part', type: 'text' },
    { key: 'measure', type: 'text' },
    { key: 'quantity', type: 'quantity', total: 'sum' },
    { key: 'averageCost', type: 'money' },
    { key: 'stockValue', type: 'money', total: 'sum' },
    { key: 'salePrice', type: 'money' },
  ],
  order: [
    ['warehouse', 'asc'],
    ['partNumber', 'asc'],
  ],
  query(params) {
    return build('stock_balances as b')
      .join('parts as p', 'p.id', 'b.part_id')
      .join('warehouses as w', 'w.id', 'b.warehouse_id')
      .select('w.name as warehouse', 'p.number as partNumber', 'p.name as part', 'p.measure', 'b.quantity')
      .select(build.raw('(b.value * 1000 + b.quantity / 2) / b.quantity AS "averageCost"'))
      .select('b.value as stockValue', 'p.sale_price as salePrice')
      .where('b.quantity', '>', 0)
      .modify(ifGiven, 'w.code', params.warehouse);
  },
});
