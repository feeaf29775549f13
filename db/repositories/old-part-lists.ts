import type { OldPartEntryKind } from '#domain/stock/old-parts.ts';
import type { Listing } from '../listing.ts';
import type { Sql } from '../store.ts';
import { OLD_PART_SUMS } from './old-parts.ts';

/** What screens read of old parts: who owes which, what was done with them. */

export const OLD_PARTS: Listing = {
  from: `old_parts o JOIN ${OLD_PART_SUMS} s ON s.old_part_id = o.id JOIN parts p ON p.id = o.part_id
    JOIN units u ON u.id = o.to_unit_id LEFT JOIN people e ON e.id = o.employee_id
    LEFT JOIN work_orders w ON w.id = o.work_order_id LEFT JOIN stock_documents d ON d.id = o.document_id`,
  columns: {
    id: { sql: 'o.id', type: 'text' },
    number: { sql: 'o.number', type: 'text' },
    partId: { sql: 'o.part_id', type: 'text' },
    partNumber: { sql: 'p.number', type: 'text' },
    part: { sql: 'p.name', type: 'text' },
    barcode: { sql: 'p.barcode', type: 'text' },
    measure: { sql: 'p.measure', type: 'text' },
    tracking: { sql: 'p.tracking', type: 'text' },
    employeeId: { sql: 'o.employee_id', type: 'text' },
    toUnitId: { sql: 'o.to_unit_id', type: 'text' },
    debtor: {
      sql: 'CASE WHEN o.employee_id IS NULL THEN u.name ELSE COALESCE(e.name, o.employee_id) END',
      type: 'text',
    },
    owedOn: { sql: 'o.owed_on', type: 'date' },
    dueOn: { sql: 'o.due_on', type: 'date' },
    quantity: { sql: 'o.quantity', type: 'number' },
    open: { sql: 's.open', type: 'number' },
    openAmount: { sql: 's.open_amount', type: 'number' },
    uninspected: { sql: 's.uninspected', type: 'number' },
    held: { sql: 's.held', type: 'number' },
    uncredited: { sql: 's.uncredited', type: 'number' },
    credit: { sql: 's.credit', type: 'number' },
    workOrder: { sql: 'w.number', type: 'text' },
    document: { sql: 'd.number', type: 'text' },
    documentId: { sql: 'o.document_id', type: 'text' },
    unitAmount: { sql: 'o.unit_amount', type: 'number' },
  },
  order: [
    ['dueOn', 'asc'],
    ['number', 'asc'],
  ],
};

export type OldPartRow = Readonly<{
  id: string;
  number: string;
  partId: string;
  partNumber: string;
  part: string;
  barcode: string;
  measure: string;
  tracking: 'none' | 'batch' | 'serial';
  employeeId: string | null;
  toUnitId: string;
  debtor: string;
  owedOn: string;
  dueOn: string;
  quantity: number;
  open: number;
  openAmount: number;
  uninspected: number;
  held: number;
  uncredited: number;
  credit: number;
  workOrder: string | null;
  document: string | null;
  documentId: string;
  unitAmount: number;
}>;

export type OldPartEntryRow = Readonly<{
  id: string;
  kind: OldPartEntryKind;
  quantity: number;
  pieces: number;
  amount: number;
  credit: number;
  reason: string;
  documentId: string | null;
  document: string | null;
  undoesId: string | null;
  isUndone: boolean;
  /** The entry of a deposit with which it was taken. */
  deposit: string | null;
  enteredOn: string;
  at: number;
  employee: string;
}>;

export async function oldPartEntries(sql: Sql, oldPartId: string): Promise<OldPartEntryRow[]> {
  const rows = await sql.all<Omit<OldPartEntryRow, 'isUndone'> & { isUndone: number }>(
    `SELECT e.id, e.kind, e.quantity, e.pieces, e.amount, e.credit, e.reason, e.document_id, d.number AS document,
       e.undoes_id, CASE WHEN u.id IS NULL THEN 0 ELSE 1 END AS is_undone, e.entered_on, e.at,
       (SELECT x.number FROM deposit_entries x WHERE x.old_part_entry_id = e.id AND x.kind = 'charge') AS deposit,
       COALESCE(w.name, e.employee_id) AS employee
     FROM old_part_entries e LEFT JOIN stock_documents d ON d.id = e.document_id
     LEFT JOIN old_part_entries u ON u.undoes_id = e.id LEFT JOIN people w ON w.id = e.employee_id
     WHERE e.old_part_id = ? ORDER BY e.at, e.id`,
    [oldPartId],
  );
  return rows.map((row) => ({ ...row, isUndone: Boolean(row.isUndone) }));
}

export type OldPartDebtor = Readonly<{
  employeeId: string | null;
  unitId: string;
  name: string;
  /** Of an employee. */
  number: string | null;
  debts: number;
  open: number;
  openAmount: number;
  overdue: number;
  firstDueOn: string;
}>;

/** Who owes old parts, whose are due first first. @param employeeId null: everybody */
export async function oldPartDebtors(
  sql: Sql,
  { today, employeeId }: Readonly<{ today: string; employeeId: string | null }>,
): Promise<OldPartDebtor[]> {
  return sql.all<OldPartDebtor>(
    `SELECT o.employee_id, o.to_unit_id AS unit_id,
       CASE WHEN o.employee_id IS NULL THEN u.name ELSE COALESCE(e.name, o.employee_id) END AS name,
       CASE WHEN o.employee_id IS NULL THEN u.code ELSE e.number END AS number, COUNT(*) AS debts,
       SUM(s.open) AS open, SUM(s.open_amount) AS open_amount,
       SUM(CASE WHEN o.due_on < ? THEN 1 ELSE 0 END) AS overdue, MIN(o.due_on) AS first_due_on
     FROM old_parts o JOIN ${OLD_PART_SUMS} s ON s.old_part_id = o.id JOIN units u ON u.id = o.to_unit_id
     LEFT JOIN people e ON e.id = o.employee_id
     WHERE s.open > 0 AND (? = '' OR o.employee_id = ?)
     GROUP BY o.employee_id, o.to_unit_id, u.name, u.code, e.name, e.number
     ORDER BY MIN(o.due_on), 3`,
    [today, employeeId ?? '', employeeId ?? ''],
  );
}

export type DocumentOldPart = Readonly<{
  id: string;
  number: string;
  partNumber: string;
  part: string;
  measure: string;
  quantity: number;
  dueOn: string;
  debtor: string;
}>;

/** Old parts that must come back for what a document took out. */
export async function oldPartsOfDocument(sql: Sql, documentId: string): Promise<DocumentOldPart[]> {
  return sql.all<DocumentOldPart>(
    `SELECT o.id, o.number, p.number AS part_number, p.name AS part, p.measure, o.quantity, o.due_on,
       CASE WHEN o.employee_id IS NULL THEN u.name ELSE COALESCE(e.name, o.employee_id) END AS debtor
     FROM old_parts o JOIN parts p ON p.id = o.part_id JOIN units u ON u.id = o.to_unit_id
     LEFT JOIN people e ON e.id = o.employee_id WHERE o.document_id = ? ORDER BY o.number`,
    [documentId],
  );
}
