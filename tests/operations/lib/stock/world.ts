import type { Actor } from '#domain/access/actor.ts';
import { drawFromBatches, type Lot } from '#domain/stock/lots.ts';
import type { TestDialect } from '#tests/helpers/databases.ts';
import { givenStarted } from '#tests/helpers/given-work.ts';
import { givenOldReturned, givenTracked } from '#tests/helpers/old-parts.ts';
import type { TestStation } from '#tests/helpers/station.ts';
import { givenPart, givenWarehouse } from '#tests/helpers/stock.ts';
import { exchange, openOutletAndCentre } from '#tests/helpers/two-units.ts';

/** What each of the units has. */
type Unit = Readonly<{
  station: TestStation;
  /** From which people draw. */
  warehouses: readonly [string, string];
  /** For old parts. */
  recovered: string;
  technician: Actor;
  /** Being worked on by the technician. */
  orderId: string;
}>;

/**
 * An outlet and the centre above it. Parts: two plain ones, the second of which must come back when it is old; one with batch
 * numbers, which must, too; and one with serial numbers.
 */
export type World = Readonly<{
  stations: readonly [outlet: TestStation, centre: TestStation];
  units: readonly [outlet: Unit, centre: Unit];
  parts: readonly string[];
  batch: string;
  serial: string;
  /** What people were told: fen that came onto deposits, less what left them. */
  book: { deposits: number };
  close(): Promise<void>;
}>;

export async function openWorld(dialect: TestDialect): Promise<World> {
  const { outlet, centre, close } = await openOutletAndCentre(dialect);
  const plain = [await givenPart(outlet, 'P-1'), await givenPart(outlet, 'P-2')] as const;
  const [batch, serial] = [await givenPart(outlet, 'T-batch'), await givenPart(outlet, 'T-serial')];
  await givenTracked(outlet, batch, 'batch');
  await givenTracked(outlet, serial, 'serial');
  for (const partId of [plain[1], batch]) await givenOldReturned(outlet, partId, 30, 333);
  const houses = [await warehousesOf(outlet), await warehousesOf(centre)] as const;
  await exchange(outlet, centre);
  const units = [await unitOf(outlet, houses[0]), await unitOf(centre, houses[1])] as const;
  const parts = [...plain, batch, serial];
  const world: World = { stations: [outlet, centre], units, parts, batch, serial, book: { deposits: 0 }, close };
  for (const [side, { station, warehouses }] of units.entries())
    for (const [n, warehouseId] of warehouses.entries())
      await station.run('stock.receive', { warehouseId, lines: firstLines(world, 50 + side * 20 + n * 10) });
  return world;
}

/** So that there is something to do with from the beginning. */
const firstLines = (world: World, n: number) =>
  world.parts.map((partId, index) => ({ ...lineIn(world, partId, 20_000 + n + index, n), price: 331 + n }));

type Houses = Pick<Unit, 'warehouses' | 'recovered'>;

async function warehousesOf(station: TestStation): Promise<Houses> {
  const fields = { code: 'OLD', name: '旧件仓', kind: 'recovered-parts' } as const;
  return {
    warehouses: [await givenWarehouse(station, 'W1'), await givenWarehouse(station, 'W2', '备仓')],
    recovered: (await station.run('setup.saveWarehouse', { fields })).id,
  };
}

async function unitOf(station: TestStation, houses: Houses): Promise<Unit> {
  // Before two of them are asked for at once.
  for (const role of ['keeper', 'accountant', 'manager'] as const) await station.actorFor([role]);
  const technician = await station.actorFor(['technician']);
  return { station, ...houses, technician, orderId: (await givenStarted(station, technician)).id };
}

/** One place of the world, which an action is about. */
export type Place = Readonly<{ side: number; warehouse: number; part: number }>;

export function placeIn(world: World, { side, warehouse, part }: Place) {
  const unit = world.units[side === 0 ? 0 : 1];
  const other = world.units[side === 0 ? 1 : 0];
  const [first, second] = unit.warehouses;
  const [warehouseId, otherWarehouseId] = warehouse === 0 ? [first, second] : [second, first];
  const partId = world.parts[part % world.parts.length] ?? '';
  return { ...unit, unit, other, warehouseId, otherWarehouseId, partId };
}

/** Of the side that was drawn, or else of the other one: what there is to do something with. */
export async function onEitherSide<T>(
  world: World,
  place: Place,
  find: (at: ReturnType<typeof placeIn>) => Promise<T | undefined>,
): Promise<Readonly<{ at: ReturnType<typeof placeIn>; found: T }> | undefined> {
  for (const side of [place.side, 1 - place.side]) {
    const at = placeIn(world, { ...place, side });
    const found = await find(at);
    if (found !== undefined) return { at, found };
  }
  return undefined;
}

/** The `draw`-th of what there is. */
export const drawn = <T>(among: readonly T[], draw: number): T | undefined => among[draw % Math.max(1, among.length)];

export type Line = Readonly<{ partId: string; quantity: number; lots: Lot[] }>;

/** Of a part that comes from outside: pieces with serial numbers from the `n`-th on, or of a batch. */
export function lineIn({ batch, serial }: World, partId: string, quantity: number, n: number): Line {
  if (partId === batch) return { partId, quantity, lots: [{ lot: `B${n % 3}`, quantity }] };
  if (partId !== serial) return { partId, quantity, lots: [] };
  const lots = Array.from({ length: 1 + (quantity % 3) }, (_, i) => ({ lot: `S${n + i}`, quantity: 1000 }));
  return { partId, quantity: lots.length * 1000, lots };
}

/** Of what lies in a warehouse, or has left with a document: mostly no more than there is. */
export async function lineOut(world: World, at: Readonly<{ station: TestStation; warehouseId: string }>, of: Wanted) {
  if (of.partId !== world.serial) return { partId: of.partId, quantity: of.quantity, lots: [] };
  const there = await at.station.rows<Lot>(
    `SELECT lot, SUM(quantity) AS quantity FROM lot_moves WHERE warehouse_id = ? AND part_id = ? GROUP BY lot
     HAVING SUM(quantity) > 0 ORDER BY lot`,
    [at.warehouseId, of.partId],
  );
  return { partId: of.partId, ...piecesOf(there, of.quantity) };
}

type Wanted = Readonly<{ partId: string; quantity: number }>;

/** As many of these pieces as a quantity asks for, at least one, even where there is none. */
export function piecesOf(lots: readonly Lot[], quantity: number): Readonly<{ quantity: number; lots: Lot[] }> {
  const count = 1 + (quantity % 3);
  const taken = lots.length === 0 ? [{ lot: 'S-none', quantity: 1000 }] : lots.slice(0, count);
  return { quantity: taken.length * 1000, lots: taken.map(({ lot }) => ({ lot, quantity: 1000 })) };
}

/** Of some lots, those that make a quantity; none of what isn't tracked. */
export const lotsMaking = (lots: readonly Lot[], quantity: number): Lot[] =>
  lots.length === 0 ? [] : drawFromBatches(lots, quantity);
