import type { OldPartEntryKind } from '#domain/stock/old-parts.ts';
import { selectIn } from '../bulk.ts';
import type { Sql, Transaction } from '../store.ts';
import { takeTurn } from './sequences.ts';

/** Old parts that must come back: a debt is a row that never changes, what became of it stands in its entries. */

export type OldPart = Readonly<{
  id: string;
  unitId: string;
  /** The unit that owes it, or whose employee does. */
  toUnitId: string;
  number: string;
  partId: string;
  /** Thousandths. */
  quantity: number;
  /** Fen for one that does not come back. */
  unitAmount: number;
  employeeId: string | null;
  workOrderId: string | null;
  documentId: string;
  moveId: string;
  workOrderPartId: string | null;
  owedOn: string;
  dueOn: string;
  at: number;
}>;

export type OldPartEntry = Readonly<{
  id: string;
  unitId: string;
  toUnitId: string;
  oldPartId: string;
  kind: OldPartEntryKind;
  /** Thousandths by which the debt changes. */
  quantity: number;
  /** Thousandths it is about. */
  pieces: number;
  /** Fen by which the debt changes. */
  amount: number;
  /** Fen that the maker pays. */
  credit: number;
  reason: string;
  documentId: string | null;
  undoesId: string | null;
  enteredOn: string;
  at: number;
  employeeId: string;
}>;

/** Where the pieces of a debt are by now, thousandths: all of it follows from the entries. */
export type OldPartState = OldPart &
  Readonly<{
    part: string;
    /** Not come back, nor forgiven or charged. */
    open: number;
    /** Come back, and nobody has looked at them yet. */
    uninspected: number;
    /** Accepted, and still here. */
    held: number;
    /** Sent to the maker, who has not paid for them yet. */
    uncredited: number;
  }>;

const ofKind = (...kinds: readonly OldPartEntryKind[]): string =>
  `SUM(CASE WHEN e.kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}) THEN e.pieces ELSE 0 END)`;

const SUMS = `SELECT e.old_part_id, SUM(e.quantity) AS open, SUM(e.amount) AS open_amount,
  ${ofKind('returned')} - ${ofKind('accepted', 'rejected')} AS uninspected,
  ${ofKind('accepted')} - ${ofKind('scrapped', 'sent')} AS held,
  ${ofKind('sent')} - ${ofKind('credited')} AS uncredited, SUM(e.credit) AS credit
  FROM old_part_entries e`;

/** The sums of the entries of each debt, for a FROM. */
export const OLD_PART_SUMS = `(${SUMS} GROUP BY e.old_part_id)`;

/** Debts with their sums; the entries of no others are looked at. `condition` is on debts `x`, with its parameters. */
const statesWhere = (
  condition: string,
): string => `SELECT o.*, p.number AS part, s.open, s.uninspected, s.held, s.uncredited
  FROM old_parts o JOIN parts p ON p.id = o.part_id
  JOIN (${SUMS} WHERE e.old_part_id IN (SELECT x.id FROM old_parts x WHERE ${condition}) GROUP BY e.old_part_id) s
    ON s.old_part_id = o.id`;

/** Whoever changes what is owed to a unit comes in turn. To be called before stock is moved, so that nobody waits crosswise. */
export async function lockOldParts(trx: Transaction, unitId: string): Promise<void> {
  await takeTurn(trx, `old parts ${unitId}`);
}

export async function oldPartById(sql: Sql, id: string): Promise<OldPartState | undefined> {
  return sql.first<OldPartState>(statesWhere('x.id = ?'), [id]);
}

type Whose = Readonly<{ unitId: string; employeeId: string | null; toUnitId: string }>;

/** What somebody owes of a part, what is due first first. */
export async function openDebts(sql: Sql, whose: Whose, partId: string): Promise<OldPartState[]> {
  const isHis = whose.employeeId === null ? 'x.employee_id IS NULL AND x.to_unit_id = ?' : 'x.employee_id = ?';
  return sql.all<OldPartState>(
    `${statesWhere(`x.unit_id = ? AND ${isHis} AND x.part_id = ?`)} WHERE s.open > 0 ORDER BY o.due_on, o.number`,
    [whose.unitId, whose.employeeId ?? whose.toUnitId, partId],
  );
}

/** What is still owed for a document, a move or a line of a material list, the latest first. */
export async function openDebtsOf(
  sql: Sql,
  cause: 'document_id' | 'move_id' | 'work_order_part_id',
  id: string,
): Promise<OldPartState[]> {
  return sql.all<OldPartState>(`${statesWhere(`x.${cause} = ?`)} WHERE s.open > 0 ORDER BY o.at DESC, o.number DESC`, [
    id,
  ]);
}

export async function oldPartEntryById(sql: Sql, id: string): Promise<OldPartEntry | undefined> {
  return sql.first<OldPartEntry>('SELECT * FROM old_part_entries WHERE id = ?', [id]);
}

export async function isUndone(sql: Sql, entryId: string): Promise<boolean> {
  return (await sql.first('SELECT id FROM old_part_entries WHERE undoes_id = ?', [entryId])) !== undefined;
}

export async function insertOldPart(trx: Transaction, oldPart: OldPart): Promise<void> {
  await trx.insert('old_parts', oldPart);
}

export async function insertOldPartEntry(trx: Transaction, entry: OldPartEntry): Promise<void> {
  await trx.insert('old_part_entries', entry);
}

/** The warehouse into which pieces of a debt came last. */
export async function warehouseOfReturned(sql: Sql, oldPartId: string): Promise<string | undefined> {
  const row = await sql.first<{ warehouseId: string }>(
    `SELECT d.warehouse_id FROM old_part_entries e JOIN stock_documents d ON d.id = e.document_id
     WHERE e.old_part_id = ? AND e.kind = 'returned' ORDER BY e.at DESC, e.id DESC LIMIT 1`,
    [oldPartId],
  );
  return row?.warehouseId;
}

export type OldPartTerms = Readonly<{ id: string; number: string; oldDueDays: number; oldAmount: number }>;

/** Those of the parts whose old ones must come back, by id. */
export async function oldPartTerms(sql: Sql, partIds: readonly string[]): Promise<ReadonlyMap<string, OldPartTerms>> {
  const text = 'SELECT id, number, old_due_days, old_amount FROM parts WHERE is_old_returned = 1 AND id IN';
  const found = await selectIn<OldPartTerms>(sql, text, [...new Set(partIds)]);
  return new Map(found.map((part) => [part.id, part]));
}
