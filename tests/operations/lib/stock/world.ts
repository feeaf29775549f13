import type { TestDialect } from '#tests/helpers/databases.ts';
import { givenStarted } from '#tests/helpers/given-work.ts';
import type { TestStation } from '#tests/helpers/station.ts';
import { givenPart, givenWarehouse } from '#tests/helpers/stock.ts';
import { exchange, openTwoUnits } from '#tests/helpers/two-units.ts';

/** Two units of a company, two warehouses and an order at each, plain parts and such with batch and serial numbers. */
export type World = Readonly<{
  stations: readonly [TestStation, TestStation];
  close(): Promise<void>;
  /** By the place of their station. */
  warehouses: readonly (readonly [string, string])[];
  orders: readonly string[];
  plain: readonly string[];
  batch: string;
  serial: string;
}>;

export async function openWorld(dialect: TestDialect): Promise<World> {
  const { a, b, close } = await openTwoUnits(dialect);
  const warehouses: [string, string][] = [];
  for (const station of [a, b])
    warehouses.push([await givenWarehouse(station, 'W1'), await givenWarehouse(station, 'W2', '备仓')]);
  const plain = [await givenPart(a, 'P-1'), await givenPart(a, 'P-2')];
  const [batch, serial] = [await givenPart(a, 'T-batch'), await givenPart(a, 'T-serial')];
  await a.store.write(async (trx) => {
    await trx.run("UPDATE parts SET tracking = 'batch' WHERE id = ?", [batch]);
    await trx.run("UPDATE parts SET tracking = 'serial' WHERE id = ?", [serial]);
  });
  await exchange(a, b);
  const orders: string[] = [];
  // Before two of them are asked for at once.
  for (const station of [a, b]) for (const role of ['keeper', 'accountant'] as const) await station.actorFor([role]);
  for (const station of [a, b]) orders.push((await givenStarted(station, await station.actorFor(['technician']))).id);
  return { stations: [a, b], close, warehouses, orders, plain, batch, serial };
}

/** One place of the world, which an action is about. */
export type Place = Readonly<{ side: number; warehouse: number; part: number }>;

export function placeIn(world: World, { side, warehouse, part }: Place) {
  const station = world.stations[side === 0 ? 0 : 1];
  const other = world.stations[side === 0 ? 1 : 0];
  const [first = '', second = ''] = world.warehouses[side] ?? [];
  const [warehouseId, otherWarehouseId] = warehouse === 0 ? [first, second] : [second, first];
  const partId = world.plain[part % world.plain.length] ?? '';
  return { station, other, warehouseId, otherWarehouseId, partId };
}

/** The `draw`-th of what there is. */
export const drawn = <T>(among: readonly T[], draw: number): T | undefined => among[draw % Math.max(1, among.length)];
