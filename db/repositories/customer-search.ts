import { normalizeSearch, phoneDigits } from '#domain/search.ts';
import type { WorkOrderState } from '#domain/work-orders/states.ts';
import type { Sql } from '../store.ts';
import { containing } from './dictionaries.ts';

// Finding customers, devices and work orders by any fragment. Each scan reads one narrow covering index and stops at the
// limit; only what was found is then looked up. So a hundred thousand customers are searched while typing.

/** Each word must occur; a phone number typed with spaces or dashes is looked for by its digits, too. */
function wordsOf(fragment: string): string[] {
  const isPhone = /^[+\d][\d\s()-]{3,}$/.test(fragment.trim());
  return isPhone ? [phoneDigits(fragment)] : normalizeSearch(fragment).split(' ').slice(0, 4);
}

async function scan(sql: Sql, select: string, column: string, words: readonly string[], limit: number) {
  const conditions = words.map(() => `${column} LIKE ? ESCAPE '!'`).join(' AND ');
  return sql.all<{ id: string }>(`${select} WHERE ${conditions} LIMIT ?`, [...words.map(containing), limit]);
}

export async function customersContaining(sql: Sql, fragment: string, limit: number): Promise<string[]> {
  const rows = await scan(sql, 'SELECT id FROM customers', 'search_text', wordsOf(fragment), limit);
  return rows.map((row) => row.id);
}

export async function devicesContaining(sql: Sql, fragment: string, limit: number): Promise<string[]> {
  const words = normalizeSearch(fragment).split(' ').slice(0, 4);
  return (await scan(sql, 'SELECT id FROM devices', 'search_text', words, limit)).map((row) => row.id);
}

const NUMBER_FRAGMENT = /^[a-z0-9-]{2,}$/i;

/** Work orders by a fragment of their number, the newest first; nothing for what can't be part of one. */
export async function orderNumbersContaining(sql: Sql, fragment: string, limit: number): Promise<string[]> {
  const text = fragment.trim();
  if (!NUMBER_FRAGMENT.test(text)) return [];
  const rows = await sql.all<{ number: string }>(
    'SELECT number FROM work_orders WHERE number LIKE ? ORDER BY number DESC LIMIT ?',
    [`%${text.toUpperCase()}%`, limit],
  );
  return rows.map((row) => row.number);
}

export type FoundCustomer = Readonly<{
  id: string;
  kind: string;
  name: string;
  phone: string;
  secondPhone: string;
  address: string;
  note: string;
  version: number;
  deviceCount: number;
  openCount: number;
}>;

export type FoundDevice = Readonly<{
  id: string;
  customerId: string | null;
  category: string;
  brand: string;
  model: string;
  serial: string;
  placeOfPurchase: string;
  warrantyEndOn: string | null;
}>;

export type FoundOrder = Readonly<{
  id: string;
  number: string;
  customerId: string | null;
  deviceId: string;
  receivedOn: string;
  state: WorkOrderState;
  symptom: string;
  action: string;
}>;

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

export async function foundCustomers(sql: Sql, ids: readonly string[]): Promise<FoundCustomer[]> {
  if (ids.length === 0) return [];
  return sql.all<FoundCustomer>(
    `SELECT c.id, c.kind, c.name, c.phone, c.second_phone, c.address, c.note, c.version,
       (SELECT COUNT(*) FROM devices d WHERE d.customer_id = c.id) AS device_count,
       (SELECT COUNT(*) FROM work_orders w WHERE w.customer_id = c.id AND w.state NOT IN ('closed', 'cancelled')) AS open_count
     FROM customers c WHERE c.id IN (${marks(ids)})`,
    ids,
  );
}

const DEVICE_COLUMNS = 'id, customer_id, category, brand, model, serial, place_of_purchase, warranty_end_on';

export async function foundDevices(sql: Sql, ids: readonly string[]): Promise<FoundDevice[]> {
  if (ids.length === 0) return [];
  return sql.all<FoundDevice>(`SELECT ${DEVICE_COLUMNS} FROM devices WHERE id IN (${marks(ids)})`, ids);
}

/** The newest devices of a customer: some have hundreds. */
export async function newestDevicesOf(sql: Sql, customerId: string, limit: number): Promise<FoundDevice[]> {
  return sql.all<FoundDevice>(
    `SELECT ${DEVICE_COLUMNS} FROM devices WHERE customer_id = ? ORDER BY created_at DESC, id DESC LIMIT ?`,
    [customerId, limit],
  );
}

const ORDER_COLUMNS = 'id, number, customer_id, device_id, received_on, state, symptom, action';

export async function foundOrders(sql: Sql, numbers: readonly string[]): Promise<FoundOrder[]> {
  if (numbers.length === 0) return [];
  return sql.all<FoundOrder>(`SELECT ${ORDER_COLUMNS} FROM work_orders WHERE number IN (${marks(numbers)})`, numbers);
}

export async function lastOrderOfCustomer(sql: Sql, customerId: string): Promise<FoundOrder | undefined> {
  return sql.first<FoundOrder>(
    `SELECT ${ORDER_COLUMNS} FROM work_orders WHERE customer_id = ? ORDER BY received_at DESC, number DESC LIMIT 1`,
    [customerId],
  );
}

export async function lastOrderOfDevice(sql: Sql, deviceId: string): Promise<FoundOrder | undefined> {
  return sql.first<FoundOrder>(
    `SELECT ${ORDER_COLUMNS} FROM work_orders WHERE device_id = ? ORDER BY received_at DESC, number DESC LIMIT 1`,
    [deviceId],
  );
}
