import { z } from 'zod';
import { build } from '#db/builder.ts';
import { supplierChoices } from '../engine/choices.ts';
import { ifGiven, withinPeriod } from '../engine/conditions.ts';
import { choiceParam, period } from '../engine/params.ts';
import { defineReport } from '../engine/report.ts';

type Row = {
  month: string;
  supplier: string;
  receipts: number;
  receivedAmount: number;
  returnedAmount: number;
  netAmount: number;
};

/** Fen of a move at its price, signed as it moved and rounded as every line is. */
const AMOUNT = `CASE WHEN m.quantity < 0 THEN 0 - (0 - m.quantity * m.price + 500) / 1000
  ELSE (m.quantity * m.price + 500) / 1000 END`;

/**
 * What was received of each supplier at what it cost, with or without an order. What was reversed or went back counts in the
 * month in which that was done, so that a month that is over stays as it was.
 */
export const purchasesBySupplierAndMonth = defineReport<Row>()({
  id: 'purchases-by-supplier-and-month',
  right: 'reports.stock',
  params: z.object({ ...period, supplier: choiceParam() }),
  choices: { supplier: supplierChoices },
  columns: [
    { key: 'month', type: 'code' },
    { key: 'supplier', type: 'text' },
    { key: 'receipts', type: 'number', total: 'sum' },
    { key: 'receivedAmount', type: 'money', total: 'sum' },
    { key: 'returnedAmount', type: 'money', total: 'sum' },
    { key: 'netAmount', type: 'money', total: 'sum' },
  ],
  order: [
    ['month', 'desc'],
    ['supplier', 'asc'],
  ],
  query(params) {
    const returned = `'supplier-return' IN (d.kind, COALESCE(f.kind, ''))`;
    return build('stock_moves as m')
      .join('stock_documents as d', 'd.id', 'm.document_id')
      .leftJoin('stock_documents as f', 'f.id', 'd.reverses_id')
      .leftJoin('suppliers as s', 's.id', 'd.supplier_id')
      .select(build.raw(`SUBSTR(m.moved_on, 1, 7) AS "month", COALESCE(s.name, '') AS "supplier"`))
      .select(build.raw(`COUNT(DISTINCT CASE WHEN d.kind = 'receipt' THEN d.id END) AS "receipts"`))
      .select(build.raw(`SUM(CASE WHEN ${returned} THEN 0 ELSE ${AMOUNT} END) AS "receivedAmount"`))
      .select(build.raw(`SUM(CASE WHEN ${returned} THEN 0 - (${AMOUNT}) ELSE 0 END) AS "returnedAmount"`))
      .select(build.raw(`SUM(${AMOUNT}) AS "netAmount"`))
      .whereNull('d.request_id')
      .whereRaw(
        `(d.kind IN ('receipt', 'supplier-return') OR d.kind = 'reversal' AND f.kind IN ('receipt', 'supplier-return'))`,
      )
      .modify(withinPeriod, 'm.moved_on', params)
      .modify(ifGiven, 's.name', params.supplier)
      .groupByRaw(`SUBSTR(m.moved_on, 1, 7), COALESCE(s.name, '')`);
  },
});
