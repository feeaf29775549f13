import { z } from 'zod';
import { build } from '#db/builder.ts';
import { IS_BOUGHT } from '#db/repositories/purchases.ts';
import { supplierChoices } from '../engine/choices.ts';
import { ifGiven, withinPeriod } from '../engine/conditions.ts';
import { choiceParam, period } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = {
  partNumber: string;
  part: string;
  measure: string;
  movedOn: string;
  supplier: string;
  quantity: number;
  price: number;
  document: string;
  purchase: string;
};

/** What was paid for each part, to whom and when: the lines of receipts that stand. */
export const priceHistoryReport = defineReport<Row>()({
  id: 'price-history',
  right: 'reports.stock',
  params: z.object({ ...period, supplier: choiceParam() }),
  choices: { supplier: supplierChoices },
  columns: [
    { key: 'partNumber', type: 'code' },
    { key: 'part', type: 'text' },
    { key: 'measure', type: 'text' },
    { key: 'movedOn', type: 'date' },
    { key: 'supplier', type: 'text' },
    { key: 'quantity', type: 'quantity' },
    { key: 'price', type: 'money' },
    { key: 'document', type: 'code' },
    { key: 'purchase', type: 'code' },
  ],
  order: [
    ['partNumber', 'asc'],
    ['movedOn', 'desc'],
    ['document', 'desc'],
    ['quantity', 'asc'],
  ],
  query(params) {
    return build('stock_moves as m')
      .join('stock_documents as d', 'd.id', 'm.document_id')
      .join('parts as p', 'p.id', 'm.part_id')
      .leftJoin('suppliers as s', 's.id', 'd.supplier_id')
      .leftJoin('purchases as o', 'o.id', 'd.purchase_id')
      .select('p.number as partNumber', 'p.name as part', 'p.measure', 'm.moved_on as movedOn', 's.name as supplier')
      .select('m.quantity', 'm.price', 'd.number as document', 'o.number as purchase')
      .whereRaw(IS_BOUGHT)
      .modify(withinPeriod, 'm.moved_on', params)
      .modify(ifGiven, 's.name', params.supplier);
  },
});
