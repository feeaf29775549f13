import fc from 'fast-check';
import { OLD_PART_SUMS } from '#db/repositories/old-parts.ts';
import type { TestStation } from '#tests/helpers/station.ts';
import { action, draw, NOTHING_TO_DO, place, quantity } from './define.ts';
import { drawn, onEitherSide, placeIn, type Place, type World } from './world.ts';

/** Old parts that must come back: taken back, looked at, scrapped or sent to their maker, forgiven, charged. */

type Debt = Readonly<{
  id: string;
  partId: string;
  employeeId: string | null;
  toUnitId: string;
  open: number;
  uninspected: number;
  held: number;
  uncredited: number;
}>;
type Sum = 'open' | 'uninspected' | 'held' | 'uncredited';

/** One of which there is something, at either unit; now and then any. */
const debtWith = (world: World, place: Place, sum: Sum, draw: number) =>
  onEitherSide(world, place, ({ station }) => debtAt(station, sum, draw));

async function debtAt(station: TestStation, sum: Sum, draw: number): Promise<Debt | undefined> {
  const all = await station.rows<Debt>(
    `SELECT o.id, o.part_id, o.employee_id, o.to_unit_id, s.open, s.uninspected, s.held, s.uncredited
     FROM old_parts o JOIN ${OLD_PART_SUMS} s ON s.old_part_id = o.id ORDER BY o.number`,
  );
  const fitting = all.filter((debt) => debt[sum] > 0);
  return drawn(draw % 9 === 0 ? all : fitting, draw);
}

/** Mostly no more than there is. */
const some = (there: number, wanted: number): number =>
  wanted % 3 === 0 ? Math.max(1, there) : Math.min(wanted, there + 1);

const lotsOf = ({ batch }: World, partId: string, quantity: number, n: number) =>
  partId === batch ? [{ lot: `B${n % 3}`, quantity }] : [];

const args = fc.record({ place, draw, quantity });

const receive = action('receive old parts', 5, args, async (world, { draw, ...args }) => {
  const one = await debtWith(world, args.place, 'open', draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: debt,
    at: { station, recovered },
  } = one;
  const { partId, employeeId, toUnitId } = debt;
  const quantity = some(debt.open, args.quantity);
  const lines = [{ partId, quantity, lots: lotsOf(world, partId, quantity, draw) }];
  const whose = employeeId === null ? { unitId: toUnitId } : { employeeId };
  return station.run('oldParts.receive', { warehouseId: recovered, ...whose, lines }, { as: 'keeper' });
});

const inspect = action('inspect old parts', 5, args, async (world, { draw, ...args }) => {
  const one = await debtWith(world, args.place, 'uninspected', draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: debt,
    at: { station },
  } = one;
  const quantity = some(debt.uninspected, args.quantity);
  const decision = draw % 4 === 1 ? 'rejected' : 'accepted';
  const lots = decision === 'rejected' ? lotsOf(world, debt.partId, quantity, draw >> 2) : [];
  return station.run('oldParts.inspect', { id: debt.id, decision, quantity, reason: 'x', lots }, { as: 'keeper' });
});

const dispose = action('dispose of old parts', 5, args, async (world, { draw, ...args }) => {
  const one = await debtWith(world, args.place, 'held', draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: debt,
    at: { station, recovered },
  } = one;
  const lines = [{ id: debt.id, quantity: some(debt.held, args.quantity) }];
  const how = draw % 2 === 0 ? 'scrap' : 'to-maker';
  return station.run('oldParts.dispose', { how, warehouseId: recovered, recipient: 'x', lines }, { as: 'keeper' });
});

const credit = action('credit old parts', 3, args, async (world, { draw, ...args }) => {
  const one = await debtWith(world, args.place, 'uncredited', draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: debt,
    at: { station },
  } = one;
  const input = { id: debt.id, quantity: some(debt.uncredited, args.quantity), amount: draw };
  return station.run('oldParts.credit', input, { as: 'accountant' });
});

const decide = action('charge or forgive', 4, args, async (world, { draw, ...args }) => {
  const one = await debtWith(world, args.place, 'open', draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: debt,
    at: { station },
  } = one;
  const input = { id: debt.id, quantity: some(debt.open, args.quantity), reason: 'x' };
  return station.run(draw % 3 === 0 ? 'oldParts.forgive' : 'oldParts.charge', input, { as: 'accountant' });
});

const undo = action('undo a decision', 2, args, async (world, { draw, ...args }) => {
  const { station } = placeIn(world, args.place);
  const kinds = draw % 7 === 0 ? '' : "WHERE kind IN ('forgiven', 'charged')";
  const entries = await station.rows<{ id: string }>(`SELECT id FROM old_part_entries ${kinds} ORDER BY id`);
  const entry = drawn(entries, draw);
  if (!entry) return NOTHING_TO_DO;
  return station.run('oldParts.undo', { entryId: entry.id, reason: 'x' }, { as: 'accountant' });
});

export const OLD_PARTS = [receive, inspect, dispose, credit, decide, undo];
