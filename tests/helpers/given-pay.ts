import { v7 as uuidv7 } from 'uuid';
import type { PayTerms } from '#db/repositories/pay-terms.ts';
import { NO_TERMS } from '#db/repositories/pay-terms.ts';
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
