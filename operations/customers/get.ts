import { z } from 'zod';
import { addDays } from '#domain/dates.ts';
import { isUnderWarranty, REPEAT_REPAIR_DAYS } from '#domain/customers/warranty.ts';
import { devicesOf, type Customer } from '#db/repositories/customers.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { moneyEntriesOfCustomer, ordersOfCustomer } from '#db/repositories/work-order-details.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** The whole of a customer on one page: devices with warranty, work with its outcome, money for those who may see it. */
export const getCustomer = defineQuery({
  name: 'customers.get',
  right: 'customers.view',
  reach: 'region',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const {
      searchText: _,
      clocks: _clocks,
      ...customer
    } = await requireRow<Customer & { searchText: string }>(ctx.sql, 'customers', input.id, 'customer');
    const seesMoney = ctx.actor.rights.has('billing.view');
    const devices = await devicesOf(ctx.sql, input.id, addDays(ctx.today, -REPEAT_REPAIR_DAYS));
    const orders = await ordersOfCustomer(ctx.sql, input.id, 200);
    return {
      customer,
      devices: devices.map((device) => ({
        ...device,
        isUnderWarranty: isUnderWarranty(device.warrantyEndOn, ctx.today),
        isRepeatRepair: device.recentCount > 1,
      })),
      orders: orders.map((order) => (seesMoney ? order : { ...order, total: null })),
      entries: seesMoney ? await moneyEntriesOfCustomer(ctx.sql, input.id) : [],
    };
  },
});
