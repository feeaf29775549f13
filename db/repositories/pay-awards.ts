import { OLD_PART_CODE } from '#domain/payroll/items.ts';
import { selectIn } from '../bulk.ts';
import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';
import { requireRow, updateVersioned } from './documents.ts';

/** Rewards and penalties that people were given, by the catalogue's items. */

export type PayAward = Readonly<{
  id: string;
  unitId: string;
  itemId: string;
  workOrderId: string | null;
  /** Null: of the order's technicians together. */
  employeeId: string | null;
  /** Fen, instead of the item's; null: as the item says. */
  amount: number | null;
  givenOn: string;
  reason: string;
  /** Evidence. */
  attachmentId: string | null;
  source: 'hand' | 'import' | 'old-part';
  sourceId: string | null;
  state: 'standing' | 'withdrawn';
  withdrawnReason: string;
  givenById: string;
  version: number;
  createdAt: number;
}>;

export type PayItemRow = Readonly<{
  id: string;
  unitId: string;
  code: string;
  name: string;
  category: string;
  kind: 'reward' | 'penalty';
  /** Fen. */
  amount: number | null;
  /** Of the own commission on the order; either this or the amount. */
  rateBp: number | null;
  isActive: boolean;
  version: number;
  createdAt: number;
}>;

/** @throws DomainError `not-found` */
export async function requireItem(sql: Sql, id: string): Promise<PayItemRow> {
  return itemOf(await requireRow<ItemKept>(sql, 'pay_items', id, 'payItem'));
}

export async function itemByCode(sql: Sql, code: string): Promise<PayItemRow | undefined> {
  const row = await sql.first<ItemKept>('SELECT * FROM pay_items WHERE code = ?', [code]);
  return row && itemOf(row);
}

/** PostgreSQL tells booleans as such, SQLite as numbers. */
type ItemKept = Omit<PayItemRow, 'isActive'> & Readonly<{ isActive: number | boolean }>;

const itemOf = (row: ItemKept): PayItemRow => ({ ...row, isActive: Boolean(row.isActive) });

export async function insertItem(trx: Transaction, item: PayItemRow): Promise<void> {
  await trx.insert('pay_items', item);
}

export type ItemChoice = Pick<PayItemRow, 'id' | 'code' | 'name' | 'kind' | 'amount' | 'rateBp'>;

/** By hand or by a table: what only the system gives is left out. */
export async function itemsToAward(sql: Sql): Promise<ItemChoice[]> {
  return sql.all<ItemChoice>(
    'SELECT id, code, name, kind, amount, rate_bp FROM pay_items WHERE is_active = 1 AND code <> ? ORDER BY code',
    [OLD_PART_CODE],
  );
}

export type PersonChoice = Readonly<{ id: string; number: string; name: string }>;

export async function peopleToAward(sql: Sql, unitId: string): Promise<PersonChoice[]> {
  return sql.all<PersonChoice>(
    'SELECT id, number, name FROM employees WHERE unit_id = ? AND is_active = 1 ORDER BY number',
    [unitId],
  );
}

/** What an import has given before, and when and by whom it was imported; `givenBy` is null for the command line. */
export type GivenBefore = Readonly<{
  sourceId: string;
  importedAt: number;
  givenBy: string | null;
  state: PayAward['state'];
}>;

export async function givenFrom(sql: Sql, sourceIds: readonly string[]): Promise<GivenBefore[]> {
  return selectIn<GivenBefore>(
    sql,
    `SELECT a.source_id, a.created_at AS imported_at, g.name AS given_by, a.state
     FROM pay_awards a LEFT JOIN people g ON g.id = a.given_by_id WHERE a.source_id IN`,
    sourceIds,
  );
}

/** @throws DomainError `not-found` */
export async function requireAward(sql: Sql, id: string, suffix = ''): Promise<PayAward> {
  return requireRow<PayAward>(sql, 'pay_awards', id, 'payAward', suffix);
}

export async function insertAward(trx: Transaction, award: PayAward): Promise<void> {
  await trx.insert('pay_awards', award);
}

/** @throws DomainError `document.changed` */
export async function markWithdrawn(trx: Transaction, id: string, version: number, reason: string): Promise<void> {
  await updateVersioned(trx, 'pay_awards', id, version, { state: 'withdrawn', withdrawnReason: reason });
}

const AMOUNT = 'COALESCE(a.amount, i.amount)';

/** What a person's own reward or penalty, no order's, is worth now. */
export type OwnAward = Pick<PayAward, 'id' | 'givenOn' | 'reason' | 'state'> &
  Readonly<{ employeeId: string; kind: 'reward' | 'penalty'; code: string; name: string; amount: number }>;

/** Undefined for one that hangs on an order. */
export async function ownAwardOf(sql: Sql, id: string): Promise<OwnAward | undefined> {
  return sql.first<OwnAward>(
    `SELECT a.id, a.employee_id, a.given_on, a.reason, a.state, i.kind, i.code, i.name, ${AMOUNT} AS amount
     FROM pay_awards a JOIN pay_items i ON i.id = a.item_id WHERE a.id = ? AND a.work_order_id IS NULL`,
    [id],
  );
}

export const PAY_AWARDS: Listing = {
  from: `pay_awards a JOIN pay_items i ON i.id = a.item_id LEFT JOIN people e ON e.id = a.employee_id
    LEFT JOIN work_orders w ON w.id = a.work_order_id LEFT JOIN people g ON g.id = a.given_by_id`,
  columns: {
    id: { sql: 'a.id', type: 'text' },
    givenOn: { sql: 'a.given_on', type: 'date' },
    kind: { sql: 'i.kind', type: 'text' },
    code: { sql: 'i.code', type: 'text' },
    item: { sql: 'i.name', type: 'text' },
    employee: { sql: 'e.name', type: 'text' },
    employeeNumber: { sql: 'e.number', type: 'text' },
    workOrderId: { sql: 'a.work_order_id', type: 'text' },
    workOrder: { sql: 'w.number', type: 'text' },
    amount: { sql: `CASE WHEN i.kind = 'penalty' THEN 0 - ${AMOUNT} ELSE ${AMOUNT} END`, type: 'number' },
    rateBp: { sql: 'CASE WHEN a.amount IS NULL THEN i.rate_bp END', type: 'number' },
    paid: { sql: '(SELECT COALESCE(SUM(p.amount), 0) FROM pay_entries p WHERE p.award_id = a.id)', type: 'number' },
    reason: { sql: 'a.reason', type: 'text' },
    source: { sql: 'a.source', type: 'text' },
    state: { sql: 'a.state', type: 'text' },
    withdrawnReason: { sql: 'a.withdrawn_reason', type: 'text' },
    givenBy: { sql: 'g.name', type: 'text' },
    attachmentId: { sql: 'a.attachment_id', type: 'text' },
    version: { sql: 'a.version', type: 'number' },
  },
  order: [
    ['givenOn', 'desc'],
    ['id', 'desc'],
  ],
};

export type PayAwardRow = Readonly<{
  id: string;
  givenOn: string;
  kind: 'reward' | 'penalty';
  code: string;
  item: string;
  employee: string | null;
  employeeNumber: string | null;
  workOrderId: string | null;
  workOrder: string | null;
  /** Fen as it changes the pay; null: by a rate. */
  amount: number | null;
  rateBp: number | null;
  /** What pay entries say of it by now, fen. */
  paid: number;
  reason: string;
  source: PayAward['source'];
  state: PayAward['state'];
  withdrawnReason: string;
  givenBy: string | null;
  attachmentId: string | null;
  version: number;
}>;

export type ChargedOldPart = Readonly<{
  id: string;
  employeeId: string;
  amount: number;
  number: string;
  part: string;
  enteredOn: string;
}>;

/** Old parts that people of a unit were charged for up to a day, and that are neither undone, nor paid by a deposit, nor a penalty yet. */
export async function chargedOldParts(sql: Sql, unitId: string, until: string): Promise<ChargedOldPart[]> {
  return sql.all<ChargedOldPart>(
    `SELECT e.id, o.employee_id, 0 - e.amount AS amount, o.number, p.name AS part, e.entered_on
     FROM old_part_entries e JOIN old_parts o ON o.id = e.old_part_id JOIN parts p ON p.id = o.part_id
     WHERE e.kind = 'charged' AND e.amount < 0 AND o.to_unit_id = ? AND o.employee_id IS NOT NULL AND e.entered_on <= ?
       AND NOT EXISTS (SELECT 1 FROM old_part_entries u WHERE u.undoes_id = e.id)
       AND NOT EXISTS (SELECT 1 FROM deposit_entries d WHERE d.old_part_entry_id = e.id)
       AND NOT EXISTS (SELECT 1 FROM pay_awards a WHERE a.source_id = e.id)
     ORDER BY e.id`,
    [unitId, until],
  );
}

/** Penalties that stand although the charge behind them was taken back, with the reason of that. */
export async function undoneCharges(
  sql: Sql,
  unitId: string,
): Promise<{ id: string; version: number; reason: string }[]> {
  return sql.all(
    `SELECT a.id, a.version, u.reason FROM pay_awards a JOIN old_part_entries u ON u.undoes_id = a.source_id
     WHERE a.unit_id = ? AND a.source = 'old-part' AND a.state = 'standing' ORDER BY a.id`,
    [unitId],
  );
}
