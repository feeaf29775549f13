import { z } from 'zod';
import { startOfBusinessDate } from '#domain/dates.ts';
import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { insertRows } from '#db/bulk.ts';
import { deviceSearchText } from '#db/repositories/customers.ts';
import { rememberMany } from '#db/repositories/dictionaries.ts';
import { communityStores, knownOriginKeys, takeTurnAt } from '#db/repositories/imports.ts';
import { UNTOUCHED } from '#db/repositories/work-orders.ts';
import { text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { openRepairRow, type OpenRepairRow } from './open-repair-row.ts';

const MAX_ROWS = 1000;

/**
 * Repairs of community events, as the Open Repair data has them: each group a store, each row an anonymous visitor's device
 * and a carry-in work order of that day. A row that is here already, known by its id, stays as it is.
 */
export const openRepairRows = defineCommand({
  name: 'imports.openRepairRows',
  right: 'import.run',
  input: z.object({ source: text(255), rows: z.array(openRepairRow).min(1).max(MAX_ROWS) }),

  async run(ctx, { source, rows }) {
    await takeTurnAt(ctx.trx, 'open-repair');
    const repairs = await withoutKnown(ctx, rows);
    const orders = await ordersOf(ctx, repairs);
    await insertRows(ctx.trx, 'devices', orders.map(deviceRow(ctx)));
    await insertRows(ctx.trx, 'work_orders', orders.map(orderRow(ctx)));
    await insertRows(ctx.trx, 'work_order_states', orders.flatMap(stateRows(ctx)));
    await rememberMany(ctx.trx, ctx.newId, 'category', countsOf(repairs.map((repair) => repair.product_category)));
    await rememberMany(ctx.trx, ctx.newId, 'brand', countsOf(repairs.map((repair) => repair.brand)));
    const result = { imported: repairs.length, unchanged: rows.length - repairs.length };
    ctx.audit('imported', 'import', source, {
      after: { ...result, from: orders[0]?.number, to: orders.at(-1)?.number },
    });
    return result;
  },
});

const originKey = (repair: OpenRepairRow): string => `open-repair:${repair.id}`;

/** Each repair once, and none that was imported before. */
async function withoutKnown(ctx: CommandContext, rows: readonly OpenRepairRow[]): Promise<OpenRepairRow[]> {
  const byKey = new Map<string, OpenRepairRow>();
  for (const row of rows) if (!byKey.has(originKey(row))) byKey.set(originKey(row), row);
  for (const key of await knownOriginKeys(ctx.trx, [...byKey.keys()])) byKey.delete(key);
  return [...byKey.values()];
}

type Order = Readonly<{
  repair: OpenRepairRow;
  id: string;
  deviceId: string;
  number: string;
  storeId: string | null;
  /** ms UTC: when the day of the event begins, since the hour is not known. */
  at: number;
}>;

async function ordersOf(ctx: CommandContext, repairs: readonly OpenRepairRow[]): Promise<Order[]> {
  const origin = { unitId: ctx.station.unitId, createdAt: ctx.now, newId: ctx.newId };
  const groups = new Set(repairs.map((repair) => repair.group_identifier).filter(Boolean));
  const stores = await communityStores(ctx.trx, [...groups], origin);
  const days = await daysOf(ctx, repairs);
  return repairs.map((repair) => ({
    repair,
    id: ctx.newId(),
    deviceId: ctx.newId(),
    number: days.get(repair.event_date)?.numbers.next().value ?? '',
    storeId: stores.get(repair.group_identifier) ?? null,
    at: days.get(repair.event_date)?.at ?? 0,
  }));
}

type Day = Readonly<{ at: number; numbers: Iterator<string, undefined> }>;

/** What the orders of each day need: their numbers, in one piece, and the instant. */
async function daysOf(ctx: CommandContext, repairs: readonly OpenRepairRow[]): Promise<Map<string, Day>> {
  const days = new Map<string, Day>();
  for (const [day, count] of countsOf(repairs.map((repair) => repair.event_date))) {
    const numbers = await ctx.takeNumbers('WO', day, count);
    days.set(day, { at: startOfBusinessDate(day, ctx.station.timeZone), numbers: numbers.values() });
  }
  return days;
}

const deviceRow = (ctx: CommandContext) => (order: Order) => {
  const { repair } = order;
  const fields = {
    category: repair.product_category,
    brand: repair.brand,
    model: repair.model,
    serial: '',
    madeYear: repair.year_of_manufacture,
    boughtOn: null,
    placeOfPurchase: '',
    warrantyEndOn: null,
    note: repair.partner_product_category,
  };
  return {
    id: order.deviceId,
    unitId: ctx.station.unitId,
    customerId: null,
    ...fields,
    searchText: deviceSearchText(fields),
    version: 1,
    createdAt: ctx.now,
  };
};

/** Where a repair of each outcome stands with us. */
const STATE_OF = {
  fixed: 'closed',
  repairable: 'waiting-for-parts',
  'end of life': 'unrepairable',
  unknown: 'registered',
} as const satisfies Readonly<Record<OpenRepairRow['repair_status'], WorkOrderState>>;

const stateOf = (repair: OpenRepairRow): WorkOrderState => STATE_OF[repair.repair_status];

const reasonOf = (repair: OpenRepairRow): string =>
  repair.repair_status === 'end of life' ? repair.repair_barrier_if_end_of_life : '';

const orderRow = (ctx: CommandContext) => (order: Order) => {
  const { repair, at } = order;
  const state = stateOf(repair);
  const isCompleted = state === 'closed' || state === 'unrepairable';
  return {
    ...UNTOUCHED,
    id: order.id,
    unitId: ctx.station.unitId,
    number: order.number,
    customerId: null,
    deviceId: order.deviceId,
    storeId: order.storeId,
    originKey: originKey(repair),
    mode: 'carry-in',
    kind: 'repair',
    channel: 'counter',
    urgency: 'normal',
    warrantyClass: 'out',
    // Many groups write down only what was brought.
    symptom: repair.problem || repair.partner_product_category,
    appearance: '',
    accessories: '',
    visitAddress: '',
    estimate: 0,
    promisedAt: null,
    state,
    stateReason: reasonOf(repair),
    receivedOn: repair.event_date,
    receivedAt: at,
    receivedById: ctx.actor.employeeId,
    completedAt: isCompleted ? at : null,
    completedOn: isCompleted ? repair.event_date : null,
    pickedUpAt: state === 'closed' ? at : null,
    version: 1,
    createdAt: ctx.now,
  };
};

const stateRows = (ctx: CommandContext) => (order: Order) => {
  const { repair } = order;
  const step = (step: number, fromState: string, toState: WorkOrderState, reason: string) => ({
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    workOrderId: order.id,
    step,
    fromState,
    toState,
    reason,
    employeeId: ctx.actor.employeeId,
    at: order.at,
  });
  const registered = step(1, '', 'registered', '');
  const state = stateOf(repair);
  return state === 'registered' ? [registered] : [registered, step(2, 'registered', state, reasonOf(repair))];
};

/** How often each comes, in order. */
function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values.toSorted()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
