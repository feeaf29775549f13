import { v7 as uuidv7 } from 'uuid';
import { businessDate } from '#domain/dates.ts';
import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { insertDevice } from '#db/repositories/customers.ts';
import { UNTOUCHED } from '#db/repositories/work-orders.ts';
import type { SqlRow, Transaction } from '#db/store.ts';
import type { TestStation } from '../helpers/station.ts';

/** Rows as the operations leave them behind, of the tables that reports read. */

type Line = Readonly<{ part: string; quantity: number; price: number; cost: number; charge?: 'customer' | 'warranty' }>;

type Order = Readonly<{
  number?: string;
  category?: string;
  symptom?: string;
  receivedOn?: string;
  /** The states it went through, the last one the present. */
  states?: readonly WorkOrderState[];
  completedOn?: string;
  hours?: number;
  travelFee?: number;
  discount?: number;
  labour?: readonly number[];
  /** Employee id → share in basis points. */
  shares?: Readonly<Record<string, number>>;
  materials?: readonly Line[];
  values?: SqlRow;
}>;

const HOUR = 3_600_000;
let orders = 0;

export async function givenOrder(station: TestStation, order: Order = {}): Promise<string> {
  const id = uuidv7();
  await station.store.write(async (trx) => {
    const head = { id: uuidv7(), unitId: station.station.unitId, createdAt: station.clock.now, clock: '' };
    await insertDevice(trx, head, null, {
      category: order.category ?? '空调',
      brand: '格力',
      model: '',
      serial: '',
      madeYear: 2015,
      boughtOn: null,
      placeOfPurchase: '',
      warrantyEndOn: null,
      note: '',
    });
    await insertOrder(trx, station, { ...order, values: { ...order.values, id, deviceId: head.id } });
    await insertStates(trx, station, id, order.states ?? ['registered']);
    await insertWork(trx, station, id, order);
  });
  return id;
}

async function insertOrder(trx: Transaction, station: TestStation, order: Order): Promise<void> {
  const receivedOn = order.receivedOn ?? '2026-03-10';
  const receivedAt = Date.parse(`${receivedOn}T02:00:00Z`);
  const completedAt = order.completedOn === undefined ? null : receivedAt + (order.hours ?? 2) * HOUR;
  await trx.insert('work_orders', {
    ...UNTOUCHED,
    unitId: station.station.unitId,
    number: order.number ?? `WO-SH01-260310-${String(++orders).padStart(4, '0')}`,
    customerId: null,
    storeId: null,
    mode: 'carry-in',
    kind: 'repair',
    channel: 'counter',
    urgency: 'normal',
    warrantyClass: 'out',
    symptom: order.symptom ?? '不制冷',
    appearance: '',
    accessories: '',
    visitAddress: '',
    estimate: 0,
    promisedAt: null,
    state: order.states?.at(-1) ?? 'registered',
    stateReason: '',
    receivedOn,
    receivedAt,
    receivedById: 'command-line',
    completedAt,
    completedOn: completedAt === null ? null : businessDate(completedAt, station.station.timeZone),
    travelFee: order.travelFee ?? 0,
    discount: order.discount ?? 0,
    version: 1,
    createdAt: receivedAt,
    ...order.values,
  });
}

async function insertStates(trx: Transaction, station: TestStation, id: string, states: readonly WorkOrderState[]) {
  for (const [i, toState] of states.entries())
    await trx.insert('work_order_states', {
      id: uuidv7(),
      unitId: station.station.unitId,
      workOrderId: id,
      step: i + 1,
      fromState: states[i - 1] ?? '',
      toState,
      reason: '',
      employeeId: 'command-line',
      at: station.clock.now,
    });
}

async function insertWork(trx: Transaction, station: TestStation, workOrderId: string, order: Order): Promise<void> {
  for (const [employeeId, shareBp] of Object.entries(order.shares ?? {}))
    await trx.insert('work_order_technicians', {
      id: uuidv7(),
      unitId: station.station.unitId,
      workOrderId,
      employeeId,
      shareBp,
    });
  for (const [i, fee] of (order.labour ?? []).entries()) {
    const workTypeId = await anyWorkType(trx);
    const line = {
      id: uuidv7(),
      unitId: station.station.unitId,
      workOrderId,
      lineNo: i + 1,
      workTypeId,
      fee,
      labourCost: 0,
      units: 1000,
    };
    await trx.insert('work_order_labour', line);
  }
  for (const [i, line] of (order.materials ?? []).entries()) {
    const part = await partOf(trx, line.part);
    const row = {
      id: uuidv7(),
      unitId: station.station.unitId,
      workOrderId,
      lineNo: i + 1,
      warehouseId: part.warehouseId,
      partId: part.id,
    };
    const { quantity, price, cost, charge = 'customer' } = line;
    await trx.insert('work_order_parts', { ...row, quantity, price, cost, charge });
    await insertMove(trx, station, line.part, -quantity, -cost, { workOrderId });
  }
}

async function anyWorkType(trx: Transaction): Promise<string> {
  const known = await trx.first<{ id: string }>('SELECT id FROM work_types LIMIT 1');
  if (known) return known.id;
  const id = uuidv7();
  const type = { id, code: 'W1', name: '检修', standardFee: 0, standardMinutes: 60, isActive: true };
  await trx.insert('work_types', { ...type, version: 1, createdAt: 0 });
  return id;
}

async function partOf(trx: Transaction, number: string): Promise<{ id: string; warehouseId: string }> {
  const warehouse = await trx.first<{ id: string }>(`SELECT id FROM warehouses WHERE code = 'A'`);
  const part = await trx.first<{ id: string }>('SELECT id FROM parts WHERE number = ?', [number]);
  if (!warehouse || !part) throw new Error(`no part ${number}`);
  return { id: part.id, warehouseId: warehouse.id };
}

/** A part with what is on hand of it in warehouse A. */
export async function givenPart(station: TestStation, number: string, quantity = 0, value = 0): Promise<void> {
  await station.store.write(async (trx) => {
    const warehouse = await trx.first<{ id: string }>(`SELECT id FROM warehouses WHERE code = 'A'`);
    const warehouseId = warehouse?.id ?? uuidv7();
    const head = { unitId: station.station.unitId, version: 1, createdAt: 0 };
    if (!warehouse) await trx.insert('warehouses', { id: warehouseId, ...head, code: 'A', name: '主仓', kind: 'new' });
    const partId = uuidv7();
    const part = {
      id: partId,
      unitId: station.station.unitId,
      number,
      name: `配件${number}`,
      measure: '个',
      barcode: '',
      salePrice: 5000,
    };
    await trx.insert('parts', { ...part, isActive: true, searchText: number, version: 1, createdAt: 0 });
    if (quantity > 0) await trx.insert('stock_balances', { warehouseId, partId, quantity, value, moves: 1 });
  });
}

export async function givenMove(
  station: TestStation,
  part: string,
  quantity: number,
  value: number,
  of: { workOrderId?: string; movedOn?: string } = {},
): Promise<void> {
  await station.store.write((trx) => insertMove(trx, station, part, quantity, value, of));
}

let documents = 0;

async function insertMove(
  trx: Transaction,
  station: TestStation,
  number: string,
  quantity: number,
  value: number,
  { workOrderId, movedOn = '2026-03-11' }: { workOrderId?: string; movedOn?: string },
): Promise<void> {
  const { id: partId, warehouseId } = await partOf(trx, number);
  const documentId = uuidv7();
  const head = { unitId: station.station.unitId, warehouseId, movedOn, at: station.clock.now };
  await trx.insert('stock_documents', {
    ...head,
    id: documentId,
    number: `SD-${++documents}`,
    kind: workOrderId === undefined ? 'issue' : 'material',
    issueKind: null,
    supplierId: null,
    workOrderId: workOrderId ?? null,
    recipient: '',
    note: '',
    employeeId: 'command-line',
    reversesId: null,
  });
  const [before] = await trx.all<{ n: number }>('SELECT COUNT(*) AS n FROM stock_moves WHERE part_id = ?', [partId]);
  const moveNo = (before?.n ?? 0) + 1;
  const line = {
    id: uuidv7(),
    documentId,
    lineNo: 1,
    partId,
    moveNo,
    quantity,
    value,
    price: 0,
    workOrderPartId: null,
  };
  await trx.insert('stock_moves', { ...head, ...line });
}

export async function givenPayslip(
  station: TestStation,
  period: Readonly<{ fromOn: string; toOn: string }>,
  employeeId: string,
  pay: Readonly<{ basePay: number; commission: number }>,
): Promise<void> {
  const { unitId } = station.station;
  await station.store.write(async (trx) => {
    const known = await trx.first<{ id: string }>('SELECT id FROM pay_periods WHERE from_on = ?', [period.fromOn]);
    const periodId = known?.id ?? uuidv7();
    if (!known)
      await trx.insert('pay_periods', {
        id: periodId,
        unitId,
        ...period,
        state: 'calculated',
        version: 1,
        createdAt: 0,
      });
    const slip = { id: uuidv7(), unitId, periodId, employeeId, ...pay, net: pay.basePay + pay.commission };
    await trx.insert('payslips', { ...slip, calculatedAt: 0 });
  });
}
