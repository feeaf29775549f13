import { z } from 'zod';
import { addDays } from '#domain/dates.ts';
import { isUnderWarranty, REPEAT_REPAIR_DAYS } from '#domain/customers/warranty.ts';
import { nextSteps } from '#domain/work-orders/steps.ts';
import { attachmentsOf } from '#db/repositories/attachments.ts';
import { receivedFor } from '#db/repositories/billing.ts';
import type { Customer, Device } from '#db/repositories/customers.ts';
import { requireRow } from '#db/repositories/documents.ts';
import {
  earlierOrdersOfDevice,
  isWorkOf,
  labourOf,
  moneyEntriesOfOrder,
  namesOfOrder,
  partsOf,
  settlementOf,
  techniciansOf,
} from '#db/repositories/work-order-details.ts';
import { historyOf, type WorkOrder } from '#db/repositories/work-orders.ts';
import { id } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { referralInForce, requireVisible } from './own-work.ts';

/** All of a work order: what was registered, what was done, what it cost, and what the actor may do with it next. */
export const getOrder = defineQuery({
  name: 'workOrders.get',
  right: 'work.view',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const order = await requireRow<WorkOrder>(ctx.sql, 'work_orders', input.id, 'workOrder');
    await requireVisible(ctx.sql, ctx.actor, order.id);
    const isOwn = await isWorkOf(ctx.sql, order.id, ctx.actor.employeeId);
    return {
      order,
      names: await namesOfOrder(ctx.sql, order.id),
      customer: await customerOf(ctx, order.customerId),
      device: await deviceOf(ctx, order.deviceId),
      history: await historyOf(ctx.sql, order.id),
      technicians: await techniciansOf(ctx.sql, order.id),
      labour: await labourOf(ctx.sql, order.id),
      parts: await partsOf(ctx.sql, order.id),
      ...(await moneyOf(ctx, order)),
      attachments: await attachmentsOf(ctx.sql, order.id),
      ...(await earlierWork(ctx, order)),
      isOwn,
      nextSteps: nextSteps(
        {
          ...order,
          moneyHeld: await receivedFor(ctx.sql, order.id),
          isReferred: (await referralInForce(ctx.sql, order)) !== undefined,
        },
        ctx.actor,
        isOwn,
      ),
    };
  },
});

async function customerOf(ctx: QueryContext, customerId: string | null) {
  if (customerId === null) return null;
  const { id, kind, name, phone, secondPhone, address, note } = await requireRow<Customer>(
    ctx.sql,
    'customers',
    customerId,
    'customer',
  );
  return { id, kind, name, phone, secondPhone, address, note };
}

async function deviceOf(ctx: QueryContext, deviceId: string) {
  const {
    searchText: _,
    clocks: _clocks,
    ...device
  } = await requireRow<Device & { searchText: string }>(ctx.sql, 'devices', deviceId, 'device');
  return { ...device, isUnderWarranty: isUnderWarranty(device.warrantyEndOn, ctx.today) };
}

/** Whoever may not see money is shown none: not even that there is some. */
async function moneyOf(ctx: QueryContext, order: WorkOrder) {
  if (!ctx.actor.rights.has('billing.view')) return { entries: [], settlement: null };
  return {
    entries: await moneyEntriesOfOrder(ctx.sql, order.id),
    settlement: (await settlementOf(ctx.sql, order.settlementId)) ?? null,
  };
}

async function earlierWork(ctx: QueryContext, order: WorkOrder) {
  const earlier = await earlierOrdersOfDevice(ctx.sql, order.deviceId, order, 20);
  const since = addDays(order.receivedOn, -REPEAT_REPAIR_DAYS);
  const isRepeatRepair = earlier.some((line) => line.state !== 'cancelled' && line.receivedOn >= since);
  return { earlierOrders: earlier.map((line) => ({ ...line, total: null })), isRepeatRepair };
}
