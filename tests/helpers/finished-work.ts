import { v7 as uuidv7 } from 'uuid';
import type { InputOf } from '#operations/index.ts';
import type { TestStation } from './station.ts';

/** Finished work put straight into the database: thousands of orders for pay, without playing each through the bench. */

type Labour = Readonly<{ workTypeId: string; fee: number; labourCost?: number; units?: number }>;
type Part = Readonly<{
  partId: string;
  quantity: number;
  price: number;
  cost: number;
  charge: 'customer' | 'warranty' | 'vendor' | 'free';
}>;

export type FinishedWork = Readonly<{
  technicians: readonly Readonly<{ employeeId: string; shareBp: number }>[];
  labour?: readonly Labour[];
  parts?: readonly Part[];
  mode?: 'carry-in' | 'on-site';
  warrantyClass?: 'in' | 'out' | 'vendor';
  state?: 'done' | 'unrepairable';
  travelFee?: number;
  discount?: number;
  deposit?: number;
  category?: string;
}>;

export async function givenWorkType(station: TestStation, name = '大修'): Promise<string> {
  const id = uuidv7();
  const { unitId } = station.station;
  const row = {
    id,
    unitId,
    code: id,
    name,
    standardFee: 0,
    standardMinutes: 60,
    isActive: true,
    version: 1,
    createdAt: 0,
  };
  await station.store.write((trx) => trx.insert('work_types', row));
  return id;
}

export async function givenPart(station: TestStation, name = '压缩机'): Promise<string> {
  const id = uuidv7();
  const { unitId } = station.station;
  const words = { unitId, number: id.slice(-8), name, measure: '个', barcode: '', searchText: name };
  await station.store.write((trx) =>
    trx.insert('parts', { id, ...words, salePrice: 0, isActive: true, version: 1, createdAt: 0 }),
  );
  return id;
}

async function warehouseOf(station: TestStation): Promise<string> {
  const [known] = await station.rows<{ id: string }>('SELECT id FROM warehouses');
  if (known) return known.id;
  const id = uuidv7();
  const words = { code: 'W1', name: '配件库', kind: 'parts' };
  const { unitId } = station.station;
  await station.store.write((trx) => trx.insert('warehouses', { id, unitId, ...words, version: 1, createdAt: 0 }));
  return id;
}

/** An order in state `done` (or given up as `unrepairable`), completed now. */
export async function givenFinishedWork(
  station: TestStation,
  work: FinishedWork,
): Promise<{ id: string; number: string; version: number }> {
  const { mode = 'carry-in', warrantyClass = 'out', state = 'done', deposit = 0 } = work;
  const intake: InputOf<'workOrders.registerIntake'> = {
    customer: null,
    device: { category: work.category ?? '空调', brand: '格力' },
    mode,
    warrantyClass,
    symptom: '不制冷',
    visitAddress: mode === 'on-site' ? '南京路 1 号' : '',
    deposit: deposit === 0 ? null : { amount: deposit, method: 'cash' },
  };
  const order = await station.run('workOrders.registerIntake', intake, { as: 'clerk' });
  const warehouseId = await warehouseOf(station);
  const { today, now } = { today: '2026-03-15', now: station.clock.now };
  await station.store.write(async (trx) => {
    await trx.run(
      `UPDATE work_orders SET state = ?, completed_at = ?, completed_on = ?, travel_fee = ?, discount = ?, technician_id = ? WHERE id = ?`,
      [state, now, today, work.travelFee ?? 0, work.discount ?? 0, work.technicians[0]?.employeeId ?? null, order.id],
    );
    const step = { unitId: station.station.unitId, workOrderId: order.id, reason: '', employeeId: 'x', at: now };
    await trx.insert('work_order_states', { id: uuidv7(), step: 2, fromState: 'in-progress', toState: state, ...step });
    for (const technician of work.technicians)
      await trx.insert('work_order_technicians', {
        id: uuidv7(),
        unitId: station.station.unitId,
        workOrderId: order.id,
        ...technician,
      });
    for (const [index, line] of (work.labour ?? []).entries())
      await trx.insert('work_order_labour', {
        id: uuidv7(),
        unitId: station.station.unitId,
        workOrderId: order.id,
        lineNo: index + 1,
        labourCost: 0,
        units: 1000,
        ...line,
      });
    for (const [index, line] of (work.parts ?? []).entries())
      await trx.insert('work_order_parts', {
        id: uuidv7(),
        unitId: station.station.unitId,
        workOrderId: order.id,
        lineNo: index + 1,
        warehouseId,
        ...line,
      });
  });
  return { id: order.id, number: order.number, version: 1 };
}

let rulesMade = 0;

/** A published rule valid from the beginning of 2026. */
export async function givenRule(
  station: TestStation,
  rule: Partial<InputOf<'payroll.saveRule'>> & Pick<InputOf<'payroll.saveRule'>, 'component'>,
): Promise<{ id: string; version: number }> {
  const code = `R${++rulesMade}`;
  return station.run('payroll.saveRule', { code, validFrom: '2026-01-01', ...rule }, { as: 'accountant' });
}
