import { z } from 'zod';
import { isUnderWarranty } from '#domain/customers/warranty.ts';
import {
  customersContaining,
  devicesContaining,
  foundCustomers,
  foundDevices,
  foundOrders,
  lastOrderOfCustomer,
  lastOrderOfDevice,
  newestDevicesOf,
  orderNumbersContaining,
  type FoundCustomer,
  type FoundDevice,
  type FoundOrder,
} from '#db/repositories/customer-search.ts';
import { fragment as words } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';

const DEVICES_SHOWN = 3;

type FoundBy = 'customer' | 'device' | 'work-order';

type Match = { customerId: string | null; foundBy: FoundBy; devices: FoundDevice[]; order: FoundOrder | undefined };

/** Who and what a fragment may mean: of name, phone, address, serial, brand, model, place of purchase or work order number. */
export const searchCustomers = defineQuery({
  name: 'customers.search',
  right: 'customers.view',
  reach: 'region',
  input: z.object({ fragment: words(100).trim(), limit: z.int().min(1).max(50).default(12) }),

  async run(ctx, { fragment, limit }) {
    if (fragment.trim() === '') return { hits: [] };
    const matches = (await matchesOf(ctx, fragment, limit)).slice(0, limit);
    const ids = matches.flatMap(({ customerId }) => customerId ?? []);
    const customers = new Map((await foundCustomers(ctx.sql, ids)).map((customer) => [customer.id, customer]));
    const hits = [];
    for (const match of matches) hits.push(await hitOf(ctx, match, customers.get(match.customerId ?? '')));
    return { hits };
  },
});

/** Orders meant by number first, then customers, then devices; a customer comes once, an anonymous device once. */
async function matchesOf(ctx: QueryContext, fragment: string, limit: number): Promise<Match[]> {
  const matches = new Map<string, Match>();
  const matchFor = (customerId: string | null, deviceId: string, foundBy: FoundBy): Match => {
    const key = customerId ?? deviceId;
    const match = matches.get(key) ?? { customerId, foundBy, devices: [], order: undefined };
    matches.set(key, match);
    return match;
  };

  const orders = await foundOrders(ctx.sql, await orderNumbersContaining(ctx.sql, fragment, limit));
  const customerIds = await customersContaining(ctx.sql, fragment, limit);
  const devices = await foundDevices(ctx.sql, await devicesContaining(ctx.sql, fragment, limit));
  const devicesOfOrders = await foundDevices(ctx.sql, [...new Set(orders.map((order) => order.deviceId))]);

  for (const order of orders.toSorted((a, b) => (a.number < b.number ? 1 : -1))) {
    const match = matchFor(order.customerId, order.deviceId, 'work-order');
    match.order ??= order;
    addDevice(
      match,
      devicesOfOrders.find((device) => device.id === order.deviceId),
    );
  }
  for (const customerId of customerIds) matchFor(customerId, '', 'customer');
  for (const device of devices) addDevice(matchFor(device.customerId, device.id, 'device'), device);
  return [...matches.values()];
}

function addDevice(match: Match, device: FoundDevice | undefined): void {
  if (device && !match.devices.some(({ id }) => id === device.id)) match.devices.push(device);
}

async function hitOf(ctx: QueryContext, match: Match, customer: FoundCustomer | undefined) {
  const { foundBy, order } = match;
  const own = customer ? await newestDevicesOf(ctx.sql, customer.id, DEVICES_SHOWN) : [];
  const found = new Set(match.devices.map((device) => device.id));
  const devices = [...match.devices, ...own.filter((device) => !found.has(device.id))].slice(0, DEVICES_SHOWN);
  const lastOrder = customer
    ? await lastOrderOfCustomer(ctx.sql, customer.id)
    : await lastOrderOfDevice(ctx.sql, match.devices[0]?.id ?? '');
  return {
    foundBy,
    customer: customer ?? null,
    devices: devices.map((device) => ({
      ...device,
      isFound: found.has(device.id),
      isUnderWarranty: isUnderWarranty(device.warrantyEndOn, ctx.today),
    })),
    /** The one whose number was typed. */
    order: order ?? null,
    lastOrder: lastOrder ?? null,
  };
}
