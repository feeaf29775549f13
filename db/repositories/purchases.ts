import type { PurchaseState, PurchaseStep } from '#domain/stock/purchasing.ts';
import type { Tracking } from '#domain/stock/lots.ts';
import { insertRows, selectIn } from '../bulk.ts';
import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';

/** Orders to suppliers: their lines, what has come of them, and who did what with them. */

export type PurchaseRow = Readonly<{
  id: string;
  unitId: string;
  number: string;
  supplierId: string;
  warehouseId: string;
  state: PurchaseState;
  wishedOn: string | null;
  note: string;
  requestedOn: string;
  requestedBy: string;
  orderedOn: string | null;
  version: number;
  createdAt: number;
}>;

export type PurchaseLineFields = Readonly<{ partId: string; quantity: number; price: number }>;

/** Before the order is approved nothing hangs on its lines, so they are written anew as a whole. */
export async function replaceLines(
  trx: Transaction,
  newId: () => string,
  { id: purchaseId, unitId }: Pick<PurchaseRow, 'id' | 'unitId'>,
  lines: readonly PurchaseLineFields[],
): Promise<void> {
  await trx.run('DELETE FROM purchase_lines WHERE purchase_id = ?', [purchaseId]);
  const rows = lines.map(({ partId, quantity, price }, index) => ({
    id: newId(),
    unitId,
    purchaseId,
    lineNo: index + 1,
    partId,
    quantity,
    price,
  }));
  await insertRows(trx, 'purchase_lines', rows);
}

export type PurchaseStepRow = Readonly<{
  id: string;
  unitId: string;
  purchaseId: string;
  step: PurchaseStep;
  /** Of a receipt: why more was taken than was ordered, if it was. */
  reason: string;
  stockDocumentId: string | null;
  at: number;
  employeeId: string;
}>;

export async function insertStep(trx: Transaction, step: PurchaseStepRow): Promise<void> {
  await trx.insert('purchase_steps', step);
}

/** Who asked for the order, or changed what is asked for. */
export async function requestersOf(sql: Sql, purchaseId: string): Promise<string[]> {
  const rows = await sql.all<{ employeeId: string }>(
    "SELECT DISTINCT employee_id FROM purchase_steps WHERE purchase_id = ? AND step IN ('requested', 'changed')",
    [purchaseId],
  );
  return rows.map(({ employeeId }) => employeeId);
}

/** Whether somebody else than these is at work in the unit with one of the roles. */
export async function hasOthersWithRole(
  sql: Sql,
  unitId: string,
  roles: readonly string[],
  thanIds: readonly string[],
): Promise<boolean> {
  const found = await sql.all<{ id: string }>(
    `SELECT DISTINCT e.id FROM employees e JOIN employee_roles r ON r.employee_id = e.id
     WHERE e.unit_id = ? AND e.is_active = 1 AND e.left_on IS NULL AND r.role IN (${roles.map(() => '?').join(', ')})`,
    [unitId, ...roles],
  );
  return found.some(({ id }) => !thanIds.includes(id));
}

export type PurchaseLine = Readonly<{
  id: string;
  lineNo: number;
  partId: string;
  partNumber: string;
  part: string;
  measure: string;
  tracking: Tracking;
  quantity: number;
  price: number;
  /** Thousandths that came, less what was reversed; what went back to the supplier has come nevertheless. */
  received: number;
  returned: number;
}>;

/** What has come of a line `l`. */
const RECEIVED = `COALESCE((SELECT SUM(m.quantity) FROM stock_moves m WHERE m.purchase_line_id = l.id), 0)`;

export async function linesOfPurchase(sql: Sql, purchaseId: string): Promise<PurchaseLine[]> {
  return sql.all<PurchaseLine>(
    `SELECT l.id, l.line_no, l.part_id, p.number AS part_number, p.name AS part, p.measure, p.tracking,
       l.quantity, l.price, ${RECEIVED} AS received,
       COALESCE((SELECT 0 - SUM(r.quantity) FROM stock_moves r JOIN stock_moves m ON m.id = r.returns_move_id
                 WHERE m.purchase_line_id = l.id), 0) AS returned
     FROM purchase_lines l JOIN parts p ON p.id = l.part_id WHERE l.purchase_id = ? ORDER BY l.line_no`,
    [purchaseId],
  );
}

export type PurchaseSheet = PurchaseRow &
  Readonly<{ supplier: string; supplierPhone: string; warehouse: string; requester: string }>;

export async function purchaseSheet(sql: Sql, id: string): Promise<PurchaseSheet | undefined> {
  return sql.first<PurchaseSheet>(
    `SELECT o.*, s.name AS supplier, s.phone AS supplier_phone, w.name AS warehouse,
       COALESCE(e.name, o.requested_by) AS requester
     FROM purchases o JOIN suppliers s ON s.id = o.supplier_id LEFT JOIN warehouses w ON w.id = o.warehouse_id
     LEFT JOIN people e ON e.id = o.requested_by WHERE o.id = ?`,
    [id],
  );
}

export type PurchaseStepLine = Readonly<{
  id: string;
  step: PurchaseStep;
  reason: string;
  at: number;
  employee: string;
  documentId: string | null;
  documentNumber: string | null;
}>;

/** The first comes first. */
export async function stepsOfPurchase(sql: Sql, purchaseId: string): Promise<PurchaseStepLine[]> {
  return sql.all<PurchaseStepLine>(
    `SELECT p.id, p.step, p.reason, p.at, COALESCE(e.name, p.employee_id) AS employee, d.id AS document_id,
       d.number AS document_number
     FROM purchase_steps p LEFT JOIN people e ON e.id = p.employee_id
     LEFT JOIN stock_documents d ON d.id = p.stock_document_id WHERE p.purchase_id = ? ORDER BY p.at, p.id`,
    [purchaseId],
  );
}

export type PurchaseDocument = Readonly<{
  id: string;
  number: string;
  kind: 'receipt' | 'supplier-return';
  movedOn: string;
  employee: string;
  /** Fen, signed: what it added to the stock. */
  value: number;
  reversedBy: string | null;
}>;

/** Receipts of the order and what went back of them. */
export async function documentsOfPurchase(sql: Sql, purchaseId: string): Promise<PurchaseDocument[]> {
  return sql.all<PurchaseDocument>(
    `SELECT d.id, d.number, d.kind, d.moved_on, COALESCE(e.name, d.employee_id) AS employee, r.number AS reversed_by,
       (SELECT SUM(m.value) FROM stock_moves m WHERE m.document_id = d.id) AS value
     FROM stock_documents d LEFT JOIN people e ON e.id = d.employee_id
     LEFT JOIN stock_documents r ON r.reverses_id = d.id
     WHERE d.purchase_id = ? AND d.kind IN ('receipt', 'supplier-return') ORDER BY d.at, d.number`,
    [purchaseId],
  );
}

/** `amount`: fen as agreed; `openLines`: those of which something is still to come. */
export const PURCHASES: Listing = {
  from: `purchases o JOIN suppliers s ON s.id = o.supplier_id LEFT JOIN warehouses w ON w.id = o.warehouse_id
    LEFT JOIN people e ON e.id = o.requested_by`,
  columns: {
    id: { sql: 'o.id', type: 'text' },
    number: { sql: 'o.number', type: 'text' },
    state: { sql: 'o.state', type: 'text' },
    supplier: { sql: 's.name', type: 'text' },
    warehouse: { sql: 'w.name', type: 'text' },
    requestedOn: { sql: 'o.requested_on', type: 'date' },
    orderedOn: { sql: 'o.ordered_on', type: 'date' },
    wishedOn: { sql: 'o.wished_on', type: 'date' },
    requester: { sql: 'COALESCE(e.name, o.requested_by)', type: 'text' },
    amount: {
      sql: '(SELECT SUM((l.quantity * l.price + 500) / 1000) FROM purchase_lines l WHERE l.purchase_id = o.id)',
      type: 'number',
    },
    lineCount: { sql: '(SELECT COUNT(*) FROM purchase_lines l WHERE l.purchase_id = o.id)', type: 'number' },
    openLines: {
      sql: `(SELECT COUNT(*) FROM purchase_lines l WHERE l.purchase_id = o.id AND l.quantity > ${RECEIVED})`,
      type: 'number',
    },
    note: { sql: 'o.note', type: 'text' },
  },
  order: [
    ['requestedOn', 'desc'],
    ['number', 'desc'],
  ],
};

export type PurchaseListRow = Readonly<{
  id: string;
  number: string;
  state: PurchaseState;
  supplier: string;
  warehouse: string | null;
  requestedOn: string;
  orderedOn: string | null;
  wishedOn: string | null;
  requester: string;
  amount: number;
  lineCount: number;
  openLines: number;
  note: string;
}>;

/** What was paid for parts: the lines of receipts that stand, the last first. */
export const PRICES: Listing = {
  from: `stock_moves m JOIN stock_documents d ON d.id = m.document_id JOIN parts p ON p.id = m.part_id
    LEFT JOIN suppliers s ON s.id = d.supplier_id LEFT JOIN purchases o ON o.id = d.purchase_id`,
  columns: {
    id: { sql: 'm.id', type: 'text' },
    documentId: { sql: 'd.id', type: 'text' },
    document: { sql: 'd.number', type: 'text' },
    purchase: { sql: 'o.number', type: 'text' },
    movedOn: { sql: 'm.moved_on', type: 'date' },
    supplier: { sql: 's.name', type: 'text' },
    partNumber: { sql: 'p.number', type: 'text' },
    part: { sql: 'p.name', type: 'text' },
    measure: { sql: 'p.measure', type: 'text' },
    quantity: { sql: 'm.quantity', type: 'number' },
    price: { sql: 'm.price', type: 'number' },
    at: { sql: 'm.at', type: 'instant' },
  },
  order: [
    ['at', 'desc'],
    ['id', 'desc'],
  ],
};

/** Of a receipt `d`: it stands, and something was bought with it; parts that another unit sent have no price. */
export const IS_BOUGHT = `d.kind = 'receipt' AND d.request_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM stock_documents x WHERE x.reverses_id = d.id)`;

export type PriceRow = Readonly<{
  id: string;
  documentId: string;
  document: string;
  purchase: string | null;
  movedOn: string;
  supplier: string | null;
  partNumber: string;
  part: string;
  measure: string;
  quantity: number;
  price: number;
  at: number;
}>;

/** Those of the parts that there are. */
export async function knownParts(sql: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await selectIn<{ id: string }>(sql, 'SELECT id FROM parts WHERE id IN', [...new Set(ids)]);
  return new Set(found.map(({ id }) => id));
}
