import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';

/** Deposits: append-only entries, each written by the unit that holds the money. */

export type DepositKind = 'pay-in' | 'pay-out' | 'charge' | 'credit' | 'correction';

/** Who holds it and whose it is: an outlet's, or (of the unit itself) a technician's. */
export type Account = Readonly<{ unitId: string; toUnitId: string; technicianId: string | null }>;

export type DepositEntry = Account &
  Readonly<{
    id: string;
    number: string;
    kind: DepositKind;
    /** Fen, signed: what it adds to what is held. */
    amount: number;
    requestId: string | null;
    documentId: string | null;
    reversesId: string | null;
    /** The charge of an old part that it takes or gives back. */
    oldPartEntryId: string | null;
    reason: string;
    bookedOn: string;
    at: number;
    employeeId: string;
  }>;

export async function insertEntry(trx: Transaction, entry: DepositEntry): Promise<void> {
  await trx.insert('deposit_entries', entry);
}

const OF_ACCOUNT = "unit_id = ? AND to_unit_id = ? AND COALESCE(technician_id, '') = ?";
const paramsOf = ({ unitId, toUnitId, technicianId }: Account) => [unitId, toUnitId, technicianId ?? ''];

/** Fen held; undefined where there has never been an entry. */
export async function heldOf(sql: Sql, account: Account): Promise<number | undefined> {
  const row = await sql.first<{ held: number | null }>(
    `SELECT SUM(amount) AS held FROM deposit_entries WHERE ${OF_ACCOUNT}`,
    paramsOf(account),
  );
  return row?.held ?? undefined;
}

/** Whether the transfer was charged to a deposit, and what of that has not been credited: fen. */
export async function chargedFor(sql: Sql, requestId: string): Promise<number | undefined> {
  const row = await sql.first<{ charged: number | null }>(
    "SELECT 0 - SUM(amount) AS charged FROM deposit_entries WHERE request_id = ? AND kind IN ('charge', 'credit')",
    [requestId],
  );
  return row?.charged ?? undefined;
}

/** Fen taken from a deposit for an old part's charge, and not given back. */
export async function takenForOldPart(sql: Sql, oldPartEntryId: string): Promise<number> {
  const row = await sql.first<{ taken: number | null }>(
    'SELECT 0 - SUM(amount) AS taken FROM deposit_entries WHERE old_part_entry_id = ?',
    [oldPartEntryId],
  );
  return row?.taken ?? 0;
}

export async function correctionOf(sql: Sql, entryId: string): Promise<string | undefined> {
  const row = await sql.first<{ number: string }>('SELECT number FROM deposit_entries WHERE reverses_id = ?', [
    entryId,
  ]);
  return row?.number;
}

export const ACCOUNTS: Listing = {
  from: `(SELECT unit_id, to_unit_id, technician_id, SUM(amount) AS held, COUNT(*) AS entries, MAX(at) AS last_at
      FROM deposit_entries GROUP BY unit_id, to_unit_id, technician_id) x
    LEFT JOIN units h ON h.id = x.unit_id LEFT JOIN units u ON u.id = x.to_unit_id
    LEFT JOIN people e ON e.id = x.technician_id`,
  columns: {
    id: { sql: "x.unit_id || ' ' || x.to_unit_id || ' ' || COALESCE(x.technician_id, '')", type: 'text' },
    holderId: { sql: 'x.unit_id', type: 'text' },
    unitId: { sql: 'x.to_unit_id', type: 'text' },
    technicianId: { sql: 'x.technician_id', type: 'text' },
    holder: { sql: 'h.name', type: 'text' },
    unit: { sql: 'u.name', type: 'text' },
    technician: { sql: 'e.name', type: 'text' },
    held: { sql: 'x.held', type: 'number' },
    entries: { sql: 'x.entries', type: 'number' },
    lastAt: { sql: 'x.last_at', type: 'instant' },
  },
  order: [
    ['unit', 'asc'],
    ['technician', 'asc'],
    ['id', 'asc'],
  ],
  emptyLast: ' NULLS LAST',
};

export type AccountRow = Readonly<{
  /** Of the row: the account's three parts together. */
  id: string;
  holderId: string;
  unitId: string;
  technicianId: string | null;
  holder: string;
  unit: string;
  technician: string | null;
  held: number;
  entries: number;
  lastAt: number;
}>;

export type EntrySheet = Readonly<{
  id: string;
  number: string;
  kind: DepositKind;
  amount: number;
  /** Fen held after it. */
  balance: number;
  /** The transfer's number. */
  request: string | null;
  requestId: string | null;
  /** The number of the old part that was charged. */
  oldPart: string | null;
  oldPartId: string | null;
  reason: string;
  bookedOn: string;
  at: number;
  employee: string;
  reverses: string | null;
  reversedBy: string | null;
}>;

/** The entries of an account, the last first, each with what was held after it. */
export async function entriesOf(
  sql: Sql,
  account: Account,
  page: Readonly<{ offset: number; limit: number }>,
): Promise<EntrySheet[]> {
  return sql.all<EntrySheet>(
    `SELECT d.id, d.number, d.kind, d.amount, d.balance, q.number AS request, d.request_id,
       o.number AS old_part, o.id AS old_part_id, d.reason, d.booked_on, d.at,
       COALESCE(e.name, d.employee_id) AS employee, f.number AS reverses, r.number AS reversed_by
     FROM (SELECT a.*, SUM(a.amount) OVER (ORDER BY a.at, a.id) AS balance FROM deposit_entries a WHERE ${OF_ACCOUNT}) d
     LEFT JOIN requests q ON q.id = d.request_id LEFT JOIN people e ON e.id = d.employee_id
     LEFT JOIN old_part_entries c ON c.id = d.old_part_entry_id LEFT JOIN old_parts o ON o.id = c.old_part_id
     LEFT JOIN deposit_entries f ON f.id = d.reverses_id LEFT JOIN deposit_entries r ON r.reverses_id = d.id
     ORDER BY d.at DESC, d.id DESC LIMIT ? OFFSET ?`,
    [...paramsOf(account), page.limit, page.offset],
  );
}

export async function countEntries(sql: Sql, account: Account): Promise<number> {
  const row = await sql.first<{ count: number }>(
    `SELECT COUNT(*) AS count FROM deposit_entries WHERE ${OF_ACCOUNT}`,
    paramsOf(account),
  );
  return row?.count ?? 0;
}
