import { normalizeSearch } from '#domain/search.ts';
import type { Transaction } from '../store.ts';

export type CustomerFields = Readonly<{
  kind: string;
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

/** What a fragment typed anywhere is looked for in. */
export function customerSearchText(customer: CustomerFields): string {
  return normalizeSearch(`${customer.name} ${customer.phone} ${customer.secondPhone} ${customer.address}`);
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
