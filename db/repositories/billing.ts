import type { Charges } from '#domain/billing/charges.ts';
import { requireRow } from './documents.ts';
import type { Sql, Transaction } from '../store.ts';

/** Settlements and the ledger of customers' money. Amounts in minor units: received positive, given back negative. */

export type PaymentMethod = 'cash' | 'card' | 'wechat' | 'alipay' | 'transfer';

export type CustomerEntry = Readonly<{
  id: string;
  unitId: string;
  workOrderId: string;
  customerId: string | null;
  kind: 'deposit' | 'payment' | 'refund';
  method: PaymentMethod;
  amount: number;
  enteredOn: string;
  at: number;
  employeeId: string;
  settlementId: string | null;
  reversesId: string | null;
}>;

export type Settlement = Charges &
  Readonly<{
    id: string;
    unitId: string;
    number: string;
    workOrderId: string;
    receivedBefore: number;
    due: number;
    settledOn: string;
    at: number;
    employeeId: string;
    reversesId: string | null;
  }>;

/** What the station holds of the customer's money for a work order: taken, less given back. */
export async function receivedFor(sql: Sql, workOrderId: string): Promise<number> {
  const sum = await sql.first<{ amount: number }>(
    'SELECT COALESCE(SUM(amount), 0) AS amount FROM customer_entries WHERE work_order_id = ?',
    [workOrderId],
  );
  return sum?.amount ?? 0;
}

export type MoneyLine = Pick<CustomerEntry, 'id' | 'kind' | 'method' | 'amount' | 'enteredOn' | 'at' | 'reversesId'> &
  Readonly<{ employeeName: string }>;

export async function moneyOf(sql: Sql, workOrderId: string): Promise<MoneyLine[]> {
  return sql.all<MoneyLine>(
    `SELECT c.id, c.kind, c.method, c.amount, c.entered_on, c.at, c.reverses_id, COALESCE(e.name, c.employee_id) AS employee_name
     FROM customer_entries c LEFT JOIN people e ON e.id = c.employee_id WHERE c.work_order_id = ? ORDER BY c.at, c.id`,
    [workOrderId],
  );
}

export async function entriesOfSettlement(trx: Transaction, settlementId: string): Promise<CustomerEntry[]> {
  return trx.all<CustomerEntry>('SELECT * FROM customer_entries WHERE settlement_id = ? ORDER BY at, id', [
    settlementId,
  ]);
}

export async function insertCustomerEntry(trx: Transaction, entry: CustomerEntry): Promise<void> {
  await trx.insert('customer_entries', entry);
}

export async function insertSettlement(trx: Transaction, settlement: Settlement): Promise<void> {
  await trx.insert('settlements', settlement);
}

/** @throws DomainError `not-found` */
export async function requireSettlement(sql: Sql, id: string): Promise<Settlement> {
  return requireRow<Settlement>(sql, 'settlements', id, 'settlement');
}

export type SettlementHead = Settlement & Readonly<{ employeeName: string }>;

export async function settlementById(sql: Sql, id: string): Promise<SettlementHead | undefined> {
  return sql.first<SettlementHead>(
    `SELECT s.*, COALESCE(e.name, s.employee_id) AS employee_name
     FROM settlements s LEFT JOIN people e ON e.id = s.employee_id WHERE s.id = ?`,
    [id],
  );
}
