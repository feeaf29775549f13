import type { InputOf } from '#operations/index.ts';
import type { TestStation } from './station.ts';

/** A warehouse to draw from. */
export async function givenWarehouse(station: TestStation, code = 'W1', name = '主仓'): Promise<string> {
  return (await station.run('setup.saveWarehouse', { fields: { code, name } })).id;
}

export async function givenPart(
  station: TestStation,
  number: string,
  fields: Partial<InputOf<'setup.savePart'>['fields']> = {},
): Promise<string> {
  return (await station.run('setup.savePart', { fields: { number, name: number, ...fields } })).id;
}

/** @param quantity thousandths @param price fen for one */
export async function givenReceipt(
  station: TestStation,
  warehouseId: string,
  partId: string,
  quantity: number,
  price: number,
): Promise<{ id: string; number: string }> {
  return station.run('stock.receive', { warehouseId, lines: [{ partId, quantity, price }] });
}
