import fc from 'fast-check';
import { withoutLots, type Lot } from '#domain/stock/lots.ts';
import { DECISIONS_ON, DIFFERENCES } from '#domain/stock/transit.ts';
import type { InputOf, OutputOf } from '#operations/index.ts';
import type { TestStation } from '#tests/helpers/station.ts';
import { carry, exchange } from '#tests/helpers/two-units.ts';
import { action, draw, NOTHING_TO_DO, place, quantity } from './define.ts';
import { drawn, lineOut, lotsMaking, onEitherSide, placeIn, type Place, type World } from './world.ts';

/** Between warehouses and units: what leaves, arrives, arrives otherwise than it left, or comes back. */

const move = action('move', 4, fc.record({ place, quantity }), async (world, args) => {
  const at = placeIn(world, args.place);
  const lines = [await lineOut(world, at, { partId: at.partId, quantity: args.quantity })];
  const shipment = { fromWarehouseId: at.warehouseId, toWarehouseId: at.otherWarehouseId, lines };
  await at.station.run('transfers.ship', shipment, { as: 'keeper' });
});

const ship = action('ship', 4, fc.record({ place, quantity }), async (world, args) => {
  const at = placeIn(world, args.place);
  const { warehouseId: toWarehouseId } = placeIn(world, { ...args.place, side: 1 - args.place.side });
  const lines = [await lineOut(world, at, { partId: at.partId, quantity: args.quantity })];
  await at.station.run('transfers.ship', { fromWarehouseId: at.warehouseId, toWarehouseId, lines }, { as: 'keeper' });
});

type Box = OutputOf<'transfers.inTransit'>['rows'];

type Fits = (row: Box[number]) => boolean;

/** A transfer that waits for an answer, or was refused, at either unit; now and then any of which the unit knows. */
const transferIn = (world: World, place: Place, fits: Fits, draw: number) =>
  onEitherSide(world, place, async ({ station }) => {
    if (draw % 9 > 0) {
      const { rows } = await station.run('transfers.inTransit', { limit: 500 });
      return drawn(rows.filter(fits), draw)?.id;
    }
    const all = await station.rows<{ id: string }>("SELECT id FROM requests WHERE kind = 'transfer' ORDER BY number");
    return drawn(all, draw)?.id;
  });

const isToAnswer = ({ isIncoming, state }: Box[number]): boolean => isIncoming && state === 'waiting';

const receive = action('receive transfer', 8, fc.record({ place, draw }), async (world, { place, draw }) => {
  const one = await transferIn(world, place, isToAnswer, draw);
  if (!one) return NOTHING_TO_DO;
  const { found: id } = one;
  const { station } = one.at;
  const counted = draw % 2 === 0 ? [] : await miscount(world, station, id, draw);
  return station.run('transfers.receive', { id, counted }, { as: 'keeper' });
});

type Sheet = OutputOf<'transfers.get'>;

/** Too few, too many, or damaged: whole pieces of what has serial numbers. */
async function miscount(world: World, station: TestStation, id: string, draw: number) {
  const { lines } = await station.run('transfers.get', { id });
  return lines.map((line, index) => ({ line: index + 1, ...countOf(world, line, draw + index) }));
}

function countOf({ serial }: World, { partId, quantity, lots }: Sheet['lines'][number], draw: number) {
  const step = partId === serial ? 1000 : Math.max(1, quantity >> 2);
  const received = Math.max(0, quantity + step * ((draw % 5) - 3));
  const damaged = step * (draw % 3);
  return { received, damaged, lots: lotsMaking(lots, Math.min(received, quantity)) };
}

const refuse = action('refuse transfer', 2, fc.record({ place, draw }), async (world, { place, draw }) => {
  const one = await transferIn(world, place, isToAnswer, draw);
  if (!one) return NOTHING_TO_DO;
  return one.at.station.run('transfers.refuse', { id: one.found, reason: 'x' }, { as: 'keeper' });
});

const isToTakeBack = ({ isIncoming, state }: Box[number]): boolean => !isIncoming && state === 'refused';

const takeBack = action('take back', 4, fc.record({ place, draw }), async (world, { place, draw }) => {
  const one = await transferIn(world, place, isToTakeBack, draw);
  if (!one) return NOTHING_TO_DO;
  const { found: id } = one;
  const { station } = one.at;
  const [own] = await station.rows<{ unitId: string }>('SELECT unit_id FROM requests WHERE id = ?', [id]);
  // Only what one has sent oneself can be asked to be taken back.
  if (own?.unitId !== station.station.unitId) return NOTHING_TO_DO;
  const back = await station.run('transfers.takeBack', { id }, { as: 'keeper' });
  world.book.deposits += back.credit;
  return back;
});

const isToDecide = ({ isIncoming, outcome }: Box[number]): boolean => !isIncoming && outcome === 'differing';

/** Whatever differs of one transfer, all of it or some. */
const decide = action('decide', 8, fc.record({ place, draw, isWhole: fc.boolean() }), async (world, args) => {
  const one = await onEitherSide(world, args.place, async ({ station }) => {
    const { rows } = await station.run('transfers.inTransit', { limit: 500 });
    return drawn(rows.filter(isToDecide), args.draw);
  });
  if (!one) return NOTHING_TO_DO;
  const { station, warehouseId } = one.at;
  const sheet = await station.run('transfers.get', { id: one.found.id });
  const decisions: Decisions = [];
  for (const index of sheet.lines.keys())
    decisions.push(...(await decisionsOn(world, sheet, index, { ...args, station, warehouseId })));
  const decided = await station.run('transfers.decide', { id: sheet.id, decisions }, { as: 'keeper' });
  world.book.deposits += decided.credit;
  return decided;
});

type Decisions = InputOf<'transfers.decide'>['decisions'];
type Drawn = Readonly<{ station: TestStation; warehouseId: string; draw: number; isWhole: boolean }>;

/** Of one line. */
async function decisionsOn(world: World, { lines, isCharged }: Sheet, index: number, drawing: Drawn) {
  const decisions: Decisions = [];
  const line = lines[index];
  if (!line) return decisions;
  const { warehouseId } = drawing;
  let left: readonly Lot[] = line.openLots;
  for (const kind of DIFFERENCES.filter((one) => line.open[one] > 0)) {
    const fitting = DECISIONS_ON[kind].filter((one) => one !== 'charged' || isCharged);
    const decision = drawn(fitting, drawing.draw + index) ?? 'returned';
    const isAll = drawing.isWhole || line.partId === world.serial;
    const quantity = isAll ? line.open[kind] : (line.open[kind] >> 1) + 1;
    const isOurs = kind === 'surplus' && decision === 'sent-after';
    const ours = isOurs ? (await lineOut(world, drawing, { partId: line.partId, quantity })).lots : [];
    const lots = kind === 'surplus' ? ours : lotsMaking(left, quantity);
    if (kind !== 'surplus') left = withoutLots(left, lots) ?? [];
    decisions.push({ line: index + 1, kind, decision, quantity, warehouseId, lots, reason: 'x' });
  }
  return decisions;
}

const carried = action('carry', 8, fc.record({ place, isBothWays: fc.boolean() }), async (world, args) => {
  const { station, other } = placeIn(world, args.place);
  if (args.isBothWays) await exchange(station, other.station);
  else await carry(station, other.station);
});

export const TRANSIT = [move, ship, receive, refuse, takeBack, decide, carried];
