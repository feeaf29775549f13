import type { InputOf, OutputOf } from '#operations/index.ts';
import type { TestStation } from './station.ts';

/** Orders to suppliers as far as a test needs them: asked for by the keeper, approved by the accountant. */

type Wanted = Readonly<{ warehouseId: string; lines: InputOf<'purchases.save'>['lines']; wishedOn?: string }>;
export type Requested = OutputOf<'purchases.save'>;
export type Ordered = Readonly<{ id: string; number: string; version: number; lineIds: readonly string[] }>;

export async function givenRequest(station: TestStation, { warehouseId, lines, wishedOn }: Wanted): Promise<Requested> {
  const input = { warehouseId, newSupplier: { name: '华东配件' }, lines, wishedOn: wishedOn ?? null };
  return station.run('purchases.save', input, { as: 'keeper' });
}

export async function givenOrdered(station: TestStation, wanted: Wanted): Promise<Ordered> {
  const { id, number } = await givenRequest(station, wanted);
  await station.run('purchases.approve', { id, version: 1 }, { as: 'accountant' });
  const { version } = await station.run('purchases.order', { id, version: 2 }, { as: 'keeper' });
  const { lines } = await station.run('purchases.get', { id }, { as: 'keeper' });
  return { id, number, version, lineIds: lines.map((line) => line.id) };
}
