import type { Listing } from '../listing.ts';
import type { Sql } from '../store.ts';
import type { IssueKind, StockDocument, StockDocumentKind } from './stock.ts';

/** What screens and the command line read of the stock: balances, the moves behind them, documents. */

/**
 * The average is only shown, rounded half up: what is kept is quantity and value. Joined so that parts are read before their
 * balances, one after the other: most filters are about the part, and each balance would look for its own all over the file.
 */
export const ON_HAND: Listing = {
  from: `parts p JOIN stock_balances b ON b.part_id = p.id || '' JOIN warehouses w ON w.id = b.warehouse_id || ''`,
  counted: 'stock_balances b',
  columns: {
    id: { sql: "b.part_id || ' ' || b.warehouse_id", type: 'text' },
    partId: { sql: 'b.part_id', type: 'text' },
    warehouseId: { sql: 'b.warehouse_id', type: 'text' },
    number: { sql: 'p.number', type: 'text' },
    name: { sql: 'p.name', type: 'text' },
    barcode: { sql: 'p.barcode', type: 'text' },
    measure: { sql: 'p.measure', type: 'text' },
    warehouse: { sql: 'w.name', type: 'text' },
    quantity: { sql: 'b.quantity', type: 'number' },
    value: { sql: 'b.value', type: 'number' },
    averageCost: {
      sql: 'CASE WHEN b.quantity > 0 THEN (b.value * 1000 + b.quantity / 2) / b.quantity ELSE 0 END',
      type: 'number',
    },
    salePrice: { sql: 'p.sale_price', type: 'number' },
  },
  order: [
    ['number', 'asc'],
    ['warehouse', 'asc'],
    ['warehouseId', 'asc'],
  ],
};

export type OnHandRow = Readonly<{
  /** Of the row: part and warehouse together. */
  id: string;
  partId: string;
  warehouseId: string;
  number: string;
  name: string;
  barcode: string;
  measure: string;
  warehouse: string;
  quantity: number;
  value: number;
  averageCost: number;
  salePrice: number;
}>;

export const DOCUMENTS: Listing = {
  from: `stock_documents d LEFT JOIN warehouses w ON w.id = d.warehouse_id LEFT JOIN suppliers s ON s.id = d.supplier_id
    LEFT JOIN work_orders o ON o.id = d.work_order_id LEFT JOIN people e ON e.id = d.employee_id
    LEFT JOIN stock_documents r ON r.reverses_id = d.id LEFT JOIN stock_documents f ON f.id = d.reverses_id`,
  columns: {
    id: { sql: 'd.id', type: 'text' },
    number: { sql: 'd.number', type: 'text' },
    kind: { sql: 'd.kind', type: 'text' },
    issueKind: { sql: 'd.issue_kind', type: 'text' },
    movedOn: { sql: 'd.moved_on', type: 'date' },
    at: { sql: 'd.at', type: 'instant' },
    warehouse: { sql: 'w.name', type: 'text' },
    supplier: { sql: 's.name', type: 'text' },
    recipient: { sql: 'd.recipient', type: 'text' },
    workOrder: { sql: 'o.number', type: 'text' },
    note: { sql: 'd.note', type: 'text' },
    employee: { sql: 'COALESCE(e.name, d.employee_id)', type: 'text' },
    reversedBy: { sql: 'r.number', type: 'text' },
    reverses: { sql: 'f.number', type: 'text' },
    value: { sql: '(SELECT SUM(m.value) FROM stock_moves m WHERE m.document_id = d.id)', type: 'number' },
  },
  order: [
    ['at', 'desc'],
    ['number', 'desc'],
  ],
};

export type DocumentRow = Readonly<{
  id: string;
  number: string;
  kind: StockDocumentKind;
  issueKind: IssueKind | null;
  movedOn: string;
  at: number;
  warehouse: string | null;
  supplier: string | null;
  recipient: string;
  workOrder: string | null;
  note: string;
  employee: string;
  reversedBy: string | null;
  reverses: string | null;
  /** Fen at cost, signed: what the document added to the stock. */
  value: number;
}>;

export const PARTS: Listing = {
  from: 'parts p',
  columns: {
    id: { sql: 'p.id', type: 'text' },
    number: { sql: 'p.number', type: 'text' },
    name: { sql: 'p.name', type: 'text' },
    measure: { sql: 'p.measure', type: 'text' },
    barcode: { sql: 'p.barcode', type: 'text' },
    salePrice: { sql: 'p.sale_price', type: 'number' },
    onHand: {
      sql: 'COALESCE((SELECT SUM(b.quantity) FROM stock_balances b WHERE b.part_id = p.id), 0)',
      type: 'number',
    },
    isActive: { sql: 'p.is_active', type: 'number' },
    version: { sql: 'p.version', type: 'number' },
  },
  order: [['number', 'asc']],
};

export type PartListRow = Readonly<{
  id: string;
  number: string;
  name: string;
  measure: string;
  barcode: string;
  salePrice: number;
  onHand: number;
  isActive: boolean;
  version: number;
}>;

export type DocumentSheet = StockDocument &
  Readonly<{
    warehouse: string | null;
    supplier: string | null;
    employee: string;
    workOrder: string | null;
    reversedBy: string | null;
    reverses: string | null;
    /** The number of the transfer that it is a document of. */
    transfer: string | null;
  }>;

export async function documentSheet(sql: Sql, id: string): Promise<DocumentSheet | undefined> {
  return sql.first<DocumentSheet>(
    `SELECT d.*, w.name AS warehouse, s.name AS supplier, COALESCE(e.name, d.employee_id) AS employee,
       o.number AS work_order, r.number AS reversed_by, f.number AS reverses, q.number AS transfer
     FROM stock_documents d LEFT JOIN requests q ON q.id = d.request_id
     LEFT JOIN warehouses w ON w.id = d.warehouse_id LEFT JOIN suppliers s ON s.id = d.supplier_id
     LEFT JOIN work_orders o ON o.id = d.work_order_id LEFT JOIN people e ON e.id = d.employee_id
     LEFT JOIN stock_documents r ON r.reverses_id = d.id LEFT JOIN stock_documents f ON f.id = d.reverses_id
     WHERE d.id = ?`,
    [id],
  );
}

export type DocumentLine = Readonly<{
  lineNo: number;
  partId: string;
  warehouseId: string;
  /** Of its part in its warehouse: the moves up to it explain what it cost. */
  moveNo: number;
  partNumber: string;
  part: string;
  measure: string;
  warehouse: string;
  quantity: number;
  price: number;
  value: number;
}>;

export async function documentLines(sql: Sql, documentId: string): Promise<DocumentLine[]> {
  return sql.all<DocumentLine>(
    `SELECT m.line_no, m.part_id, m.warehouse_id, m.move_no, p.number AS part_number, p.name AS part, p.measure, w.name AS warehouse, m.quantity, m.price, m.value
     FROM stock_moves m JOIN parts p ON p.id = m.part_id JOIN warehouses w ON w.id = m.warehouse_id
     WHERE m.document_id = ? ORDER BY m.line_no`,
    [documentId],
  );
}

export type ExplainedMove = Readonly<{
  moveNo: number;
  documentId: string;
  documentNumber: string;
  kind: StockDocumentKind;
  issueKind: IssueKind | null;
  workOrder: string | null;
  /** Supplier or recipient. */
  partner: string;
  movedOn: string;
  at: number;
  employee: string;
  quantity: number;
  value: number;
  price: number;
  quantityAfter: number;
  valueAfter: number;
}>;

/** The moves of a part in a warehouse up to one of them, the last first, each with what was there after it. */
export async function movesBehind(
  sql: Sql,
  of: Readonly<{ partId: string; warehouseId: string }>,
  page: Readonly<{ upTo: number; offset: number; limit: number }>,
): Promise<ExplainedMove[]> {
  return sql.all<ExplainedMove>(
    `SELECT m.move_no, m.document_id, d.number AS document_number, d.kind, d.issue_kind, o.number AS work_order,
       COALESCE(s.name, d.recipient) AS partner, m.moved_on, m.at, COALESCE(e.name, d.employee_id) AS employee,
       m.quantity, m.value, m.price, m.quantity_after, m.value_after
     FROM (SELECT a.*, SUM(a.quantity) OVER (ORDER BY a.move_no) AS quantity_after,
             SUM(a.value) OVER (ORDER BY a.move_no) AS value_after
           FROM stock_moves a WHERE a.part_id = ? AND a.warehouse_id = ? AND a.move_no <= ?) m
     JOIN stock_documents d ON d.id = m.document_id LEFT JOIN suppliers s ON s.id = d.supplier_id
     LEFT JOIN work_orders o ON o.id = d.work_order_id LEFT JOIN people e ON e.id = d.employee_id
     ORDER BY m.move_no DESC LIMIT ? OFFSET ?`,
    [of.partId, of.warehouseId, page.upTo, page.limit, page.offset],
  );
}

export type BalanceSheet = Readonly<{
  partNumber: string;
  part: string;
  measure: string;
  warehouse: string;
  quantity: number;
  value: number;
  moves: number;
}>;

export async function findBalance(
  sql: Sql,
  of: Readonly<{ partId: string; warehouseId: string }>,
): Promise<BalanceSheet | undefined> {
  return sql.first<BalanceSheet>(
    `SELECT p.number AS part_number, p.name AS part, p.measure, w.name AS warehouse, b.quantity, b.value, b.moves
     FROM stock_balances b JOIN parts p ON p.id = b.part_id JOIN warehouses w ON w.id = b.warehouse_id
     WHERE b.part_id = ? AND b.warehouse_id = ?`,
    [of.partId, of.warehouseId],
  );
}
