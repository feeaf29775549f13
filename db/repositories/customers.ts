import { clocksAfterChange, type Clock, type Clocks } from '#domain/clock.ts';
import { normalizeSearch, phoneDigits } from '#domain/search.ts';
import { snakeCase } from '../rows.ts';
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
export type Customer = CustomerFields &
  Readonly<{ id: string; unitId: string; clocks: string; version: number; createdAt: number }>;

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
  Readonly<{
    id: string;
    unitId: string;
    customerId: string | null;
    clocks: string;
    version: number;
    createdAt: number;
  }>;

/** `clock`: of the command that makes the row. */
type Origin = Readonly<{ id: string; unitId: string; createdAt: number; clock: Clock }>;

const clocksOfNew = (clock: Clock): string => JSON.stringify({ '*': clock });

/**
 * What lists say of an order's device, `d` by LEFT JOIN: one that another outlet registered is no longer seen when the unit
 * has moved to another region, and its own orders still are.
 */
export const DEVICE_SEEN =
  "COALESCE(d.category, '') AS category, COALESCE(d.brand, '') AS brand, COALESCE(d.model, '') AS model";

/** What a fragment typed anywhere is looked for in: phone numbers as they were written, and as digits alone. */
export function customerSearchText({ name, phone, secondPhone, address }: CustomerFields): string {
  const digits = [phone, secondPhone].map(phoneDigits).filter((number) => number !== phone && number !== secondPhone);
  return normalizeSearch([name, phone, secondPhone, ...digits, address].join(' '));
}

export function deviceSearchText(device: DeviceFields): string {
  return normalizeSearch(`${device.serial} ${device.brand} ${device.model} ${device.placeOfPurchase}`);
}

export async function insertCustomer(
  trx: Transaction,
  { clock, ...origin }: Origin,
  fields: CustomerFields,
): Promise<void> {
  const clocks = clocksOfNew(clock);
  await trx.insert('customers', { ...origin, ...fields, searchText: customerSearchText(fields), clocks, version: 1 });
}

export async function insertDevice(
  trx: Transaction,
  { clock, ...origin }: Origin,
  customerId: string | null,
  fields: DeviceFields,
): Promise<void> {
  const searchText = deviceSearchText(fields);
  await trx.insert('devices', { ...origin, customerId, ...fields, searchText, clocks: clocksOfNew(clock), version: 1 });
}

type Shared = Readonly<{ id: string; version: number; clocks: string }>;

/** Clocks are kept by the name of the column, as other databases read them. */
const byColumn = (row: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [snakeCase(key), value]));

/** The clocks of a row shared by the region, after this change of it. */
function clocksAfter(row: Shared, fields: CustomerFields | DeviceFields, clock: Clock): string {
  const [before, after] = [row, fields].map(byColumn);
  return JSON.stringify(clocksAfterChange(JSON.parse(row.clocks) as Clocks, before ?? {}, after ?? {}, clock));
}

/** Undefined when it isn't there, or isn't seen. */
export async function customerById(sql: Sql, id: string): Promise<Customer | undefined> {
  return sql.first<Customer>('SELECT * FROM customers WHERE id = ?', [id]);
}

/** Undefined when it isn't there, or isn't seen. */
export async function deviceById(sql: Sql, id: string): Promise<(Device & { searchText: string }) | undefined> {
  return sql.first('SELECT * FROM devices WHERE id = ?', [id]);
}

/** @param before the row as it stands. @throws DomainError `document.changed` */
export async function updateCustomer(
  trx: Transaction,
  before: Customer,
  fields: CustomerFields,
  clock: Clock,
): Promise<void> {
  const clocks = clocksAfter(before, fields, clock);
  const changes = { ...fields, searchText: customerSearchText(fields), clocks };
  await updateVersioned(trx, 'customers', before.id, before.version, changes);
}

/** @param before the row as it stands. @throws DomainError `document.changed` */
export async function updateDevice(
  trx: Transaction,
  before: Device,
  fields: DeviceFields,
  clock: Clock,
): Promise<void> {
  const changes = { ...fields, searchText: deviceSearchText(fields), clocks: clocksAfter(before, fields, clock) };
  await updateVersioned(trx, 'devices', before.id, before.version, changes);
}

export type DeviceWithWork = Omit<Device, 'clocks'> &
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
       COALESCE(w.order_count, 0) AS order_count, COALESCE(w.open_count, 0) AS open_count,
       COALESCE(w.recent_count, 0) AS recent_count, w.last_received_on
     FROM devices d LEFT JOIN (
       SELECT o.device_id, COUNT(*) AS order_count,
         SUM(CASE WHEN o.state NOT IN ('closed', 'cancelled') THEN 1 ELSE 0 END) AS open_count,
         SUM(CASE WHEN o.received_on >= ? AND o.state <> 'cancelled' THEN 1 ELSE 0 END) AS recent_count,
         MAX(o.received_on) AS last_received_on
       FROM work_orders o WHERE o.device_id IN (SELECT x.id FROM devices x WHERE x.customer_id = ?) GROUP BY o.device_id
     ) w ON w.device_id = d.id
     WHERE d.customer_id = ?
     ORDER BY CASE WHEN w.last_received_on IS NULL THEN 1 ELSE 0 END, w.last_received_on DESC, d.id DESC LIMIT 200`,
    [since, customerId, customerId],
  );
}
