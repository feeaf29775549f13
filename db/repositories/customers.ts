import { normalizeSearch, phoneDigits } from '#domain/search.ts';
import type { Sql, Transaction } from '../store.ts';
import { updateVersioned } from './documents.ts';

export type CustomerKind = 'person' | 'dealer' | 'hypermarket' | 'group';

export type CustomerFields = Readonly<{
  kind: CustomerKind;
  name: string;
  phone: string;
  secondPhone: string;
  address: string;
  note: string;
}>;
export type Customer = CustomerFields & Readonly<{ id: string; unitId: string; version: number; createdAt: number }>;

export type DeviceFields = Readonly<{
  category: string;
  brand: string;
  model: string;
  serial: string;
  madeYear: number | null;
  boughtOn: string | null;
  placeOfPurchase: string;
  warrantyEndOn: string | null;
  note: string;
}>;
export type Device = DeviceFields &
  Readonly<{ id: string; unitId: string; customerId: string | null; version: number; createdAt: number }>;

type Origin = Readonly<{ id: string; unitId: string; createdAt: number }>;

/** What a fragment typed anywhere is looked for in: phone numbers as they were written, and as digits alone. */
function customerSearchText({ name, phone, secondPhone, address }: CustomerFields): string {
  const digits = [phone, secondPhone].map(phoneDigits).filter((number) => number !== phone && number !== secondPhone);
  return normalizeSearch([name, phone, secondPhone, ...digits, address].join(' '));
}

export function deviceSearchText(device: DeviceFields): string {
  return normalizeSearch(`${device.serial} ${device.brand} ${device.model} ${device.placeOfPurchase}`);
}

export async function insertCustomer(trx: Transaction, origin: Origin, fields: CustomerFields): Promise<void> {
  await trx.insert('customers', { ...origin, ...fields, searchText: customerSearchText(fields), version: 1 });
}

export async function insertDevice(
  trx: Transaction,
  origin: Origin,
  customerId: string | null,
  fields: DeviceFields,
): Promise<void> {
  await trx.insert('devices', { ...origin, customerId, ...fields, searchText: deviceSearchText(fields), version: 1 });
}

/** @throws DomainError `document.changed` */
export async function updateCustomer(
  trx: Transaction,
  id: string,
  version: number,
  fields: CustomerFields,
): Promise<void> {
  await updateVersioned(trx, 'customers', id, version, { ...fields, searchText: customerSearchText(fields) });
}

/** @throws DomainError `document.changed` */
export async function updateDevice(trx: Transaction, id: string, version: number, fields: DeviceFields): Promise<void> {
  await updateVersioned(trx, 'devices', id, version, { ...fields, searchText: deviceSearchText(fields) });
}

export type DeviceWithWork = Device &
  Readonly<{
    orderCount: number;
    openCount: number;
    /** Work orders received since a date, cancelled ones not counted: two make a repeat repair. */
    recentCount: number;
    lastReceivedOn: string | null;
  }>;

/** The customer's devices, last brought in first. @param since business date from which orders are recent */
export async function devicesOf(sql: Sql, customerId: string, since: string): Promise<DeviceWithWork[]> {
  return sql.all<DeviceWithWork>(
    `SELECT d.id, d.unit_id, d.customer_id, d.category, d.brand, d.model, d.serial, d.made_year, d.bought_on,
       d.place_of_purchase, d.warranty_end_on, d.note, d.version, d.created_at,
       COUNT(w.id) AS order_count,
       COALESCE(SUM(CASE WHEN w.state NOT IN ('closed', 'cancelled') THEN 1 ELSE 0 END), 0) AS open_count,
       COALESCE(SUM(CASE WHEN w.received_on >= ? AND w.state <> 'cancelled' THEN 1 ELSE 0 END), 0) AS recent_count,
       MAX(w.received_on) AS last_received_on
     FROM devices d LEFT JOIN work_orders w ON w.device_id = d.id
     WHERE d.customer_id = ? GROUP BY d.id
     ORDER BY CASE WHEN MAX(w.received_on) IS NULL THEN 1 ELSE 0 END, MAX(w.received_on) DESC, d.id DESC LIMIT 200`,
    [since, customerId],
  );
}
