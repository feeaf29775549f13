import { v7 as uuidv7 } from 'uuid';
import type { PayTerms } from '#db/repositories/pay-terms.ts';
import { NO_TERMS } from '#db/repositories/pay-terms.ts';
import { insertRows } from '#db/bulk.ts';
import type { Store } from '#db/store.ts';
import type { TestStation } from './station.ts';

/** What pay follows beside commission rules, put straight into the database. */

type Item = Readonly<{
  code: string;
  kind: 'reward' | 'penalty';
  amount?: number;
  rateBp?: number;
  isActive?: boolean;
}>;

/** An item of rewards and penalties; gives its id. */
export async function givenItem(station: TestStation, item: Item): Promise<string> {
  const id = uuidv7();
  const { unitId } = station.station;
  const row = { amount: null, rateBp: null, isActive: true, name: `${item.code} 项目`, category: 'attitude', ...item };
  await station.store.write((trx) => trx.insert('pay_items', { id, unitId, ...row, version: 1, createdAt: 0 }));
  return id;
}

/** Terms in force from the beginning of 2026. */
export async function givenTerms(station: TestStation, terms: Partial<PayTerms>): Promise<void> {
  const { unitId } = station.station;
  const body = JSON.stringify({ ...NO_TERMS, ...terms });
  const row = { id: uuidv7(), unitId, validFrom: '2026-01-01', body, employeeId: 'x', createdAt: station.clock.now };
  await station.store.write((trx) => trx.insert('pay_terms', row));
}

/** Audited orders of March, each a technician's own with one line of labour, by the thousand. */
export async function givenAuditedWork(
  store: Store,
  { unitId, employeeIds, orders }: Readonly<{ unitId: string; employeeIds: readonly string[]; orders: number }>,
): Promise<void> {
  const made = { unitId, version: 1, createdAt: 0 };
  const workTypeId = uuidv7();
  const deviceId = uuidv7();
  const nothing = { searchText: '', model: '', serial: '', placeOfPurchase: '', note: '' };
  const type = { code: workTypeId, name: '保养', standardFee: 0, standardMinutes: 60, isActive: true };
  const ids = Array.from({ length: orders }, () => uuidv7());
  await store.write(async (trx) => {
    await trx.insert('work_types', { ...made, id: workTypeId, ...type });
    await trx.insert('devices', { ...made, ...nothing, id: deviceId, category: '空调', brand: '格力', clocks: '{}' });
    await insertRows(
      trx,
      'work_orders',
      ids.map((id) => ({ ...made, ...AUDITED, id, number: id, deviceId })),
    );
    await insertRows(
      trx,
      'work_order_technicians',
      ids.map((workOrderId, n) => ({
        id: uuidv7(),
        unitId,
        workOrderId,
        employeeId: employeeIds[n % employeeIds.length] ?? '',
        shareBp: 10_000,
      })),
    );
    const line = { lineNo: 1, workTypeId, fee: 10_000, labourCost: 0, units: 1000 };
    await insertRows(
      trx,
      'work_order_labour',
      ids.map((workOrderId) => ({ id: uuidv7(), unitId, workOrderId, ...line })),
    );
  });
}

const AUDITED = {
  mode: 'carry-in',
  kind: 'repair',
  channel: 'counter',
  urgency: 'normal',
  warrantyClass: 'out',
  symptom: '',
  appearance: '',
  accessories: '',
  visitAddress: '',
  stateReason: '',
  fault: '',
  cause: '',
  action: '',
  auditNote: '',
  estimate: 0,
  state: 'audited',
  receivedOn: '2026-03-10',
  receivedAt: 0,
  receivedById: 'x',
  completedAt: 0,
  completedOn: '2026-03-10',
  travelFee: 0,
  discount: 0,
  auditedOn: '2026-03-10',
};
