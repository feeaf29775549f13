import { z } from 'zod';
import { addDays } from '#domain/dates.ts';
import { isUnderWarranty, REPEAT_REPAIR_DAYS } from '#domain/customers/warranty.ts';
import { nextSteps, type WorkOrderStep } from '#domain/work-orders/steps.ts';
import { attachmentsOf } from '#db/repositories/attachments.ts';
import { receivedFor } from '#db/repositories/billing.ts';
import { customerById, deviceById } from '#db/repositories/customers.ts';
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

/**
 * All of a work order: what was registered, what was done, what it cost, and what the actor may do with it next. Of another
 * unit's in the region one learns what was done, not what it cost.
 */
export const getOrder = defineQuery({
  name: 'workOrders.get',
  right: 'work.view',
  reach: 'region',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const order = await requireRow<WorkOrder>(ctx.sql, 'work_orders', input.id, 'workOrder');
    await requireVisible(ctx.sql, ctx.actor, order.id);
    const isOwn = await isWorkOf(ctx.sql, order.id, ctx.actor.employeeId);
    return {
      ...(await workOf(ctx, order)),
      names: await namesOfOrder(ctx.sql, order.id),
      customer: await customerOf(ctx, order.customerId),
      device: await deviceOf(ctx, order),
      history: await historyOf(ctx.sql, order.id),
      technicians: await techniciansOf(ctx.sql, order.id),
      ...(await moneyOf(ctx, order)),
      attachments: await attachmentsOf(ctx.sql, order.id),
      ...(await earlierWork(ctx, order)),
      isOwn,
      nextSteps: await stepsOf(ctx, order, isOwn),
    };
  },
});

async function workOf(ctx: QueryContext, order: WorkOrder) {
  const labour = await labourOf(ctx.sql, order.id);
  const parts = await partsOf(ctx.sql, order.id);
  if (ctx.isOwnUnit(order.unitId)) return { order, labour, parts };
  return {
    order: { ...order, estimate: 0, travelFee: 0, discount: 0 },
    labour: labour.map((line) => ({ ...line, fee: 0 })),
    parts: parts.map((line) => ({ ...line, price: 0 })),
  };
}

/** Only the database that serves its unit moves work on. */
async function stepsOf(ctx: QueryContext, order: WorkOrder, isOwn: boolean): Promise<WorkOrderStep[]> {
  if (order.unitId !== ctx.station.unitId) return [];
  const moneyHeld = await receivedFor(ctx.sql, order.id);
  const isReferred = (await referralInForce(ctx.sql, order)) !== undefined;
  return nextSteps({ ...order, moneyHeld, isReferred }, ctx.actor, isOwn);
}

async function customerOf(ctx: QueryContext, customerId: string | null) {
  if (customerId === null) return null;
  const customer = await customerById(ctx.sql, customerId);
  if (!customer) return null; // not seen any more: see UNSEEN_DEVICE
  const { id, kind, name, phone, secondPhone, address, note } = customer;
  return { id, kind, name, phone, secondPhone, address, note };
}

/** Registered by an outlet of a region to which this unit no longer belongs. */
const UNSEEN_DEVICE = {
  customerId: null,
  category: '',
  brand: '',
  model: '',
  serial: '',
  madeYear: null,
  boughtOn: null,
  placeOfPurchase: '',
  warrantyEndOn: null,
  note: '',
} as const;

async function deviceOf(ctx: QueryContext, { deviceId, unitId, createdAt }: WorkOrder) {
  const found = await deviceById(ctx.sql, deviceId);
  if (!found) return { id: deviceId, unitId, createdAt, version: 1, ...UNSEEN_DEVICE, isUnderWarranty: false };
  const { searchText: _, clocks: _clocks, ...device } = found;
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
