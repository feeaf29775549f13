import fc from 'fast-check';
import type { TestStation } from '#tests/helpers/station.ts';
import { drawn, onEitherSide, placeIn, type Place, type World } from './world.ts';
import { action, draw, NOTHING_TO_DO, place, quantity } from './define.ts';

/** Stock counts, from their start to the posting of the differences, by whoever comes along. */

type Count = Readonly<{ id: string; version: number; warehouseId: string }>;

/** One of the counts in these states, at either unit; now and then of any. */
const countIn = (world: World, place: Place, states: readonly string[], draw: number) =>
  onEitherSide(world, place, ({ station }) => countAt(station, states, draw));

async function countAt(station: TestStation, states: readonly string[], draw: number): Promise<Count | undefined> {
  const all = await station.rows<Count & { state: string }>(
    'SELECT id, version, warehouse_id, state FROM stock_counts ORDER BY number',
  );
  const fitting = all.filter(({ state }) => states.includes(state));
  return drawn(draw % 9 === 0 ? all : fitting, draw);
}

const scopeText = fc.constantFrom('', '', 'P-', 'T-', 'P-1');

const start = action(
  'start count',
  3,
  fc.record({ place, scopeText, share: fc.constantFrom(null, 0, 5000) }),
  async (world, args) => {
    const { station, warehouseId } = placeIn(world, args.place);
    const scopeKind = args.scopeText === '' ? 'warehouse' : 'class';
    const input = { warehouseId, scopeKind, scopeText: args.scopeText, thresholdShareBp: args.share } as const;
    await station.run('stockCounts.start', input, { as: 'keeper' });
  },
);

const counted = fc.record({
  place,
  draw,
  quantity,
  way: fc.constantFrom('add', 'set', 'near', 'none'),
  part: fc.nat(3),
  lot: fc.nat(8),
});

/** Mostly about what there is: scanned one by one, or typed; and then it is nearly right. */
const count = action('count', 12, counted, async (world, args) => {
  const one = await countIn(world, args.place, ['counting', 'recounting'], args.draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: open,
    at: { station },
  } = one;
  const { partId, lot } = thingCounted(world, args.part, args.lot);
  const isSerial = partId === world.serial;
  const [there] = await station.rows<{ quantity: number }>(
    lot === ''
      ? 'SELECT quantity FROM stock_balances WHERE warehouse_id = ? AND part_id = ?'
      : 'SELECT COALESCE(SUM(quantity), 0) AS quantity FROM lot_moves WHERE warehouse_id = ? AND part_id = ? AND lot = ?',
    [open.warehouseId, partId, ...(lot === '' ? [] : [lot])],
  );
  const near = Math.max(0, (there?.quantity ?? 0) + (args.quantity % 3) - 1);
  const amount =
    { add: 1000, set: args.quantity, near: isSerial ? (there?.quantity ?? 0) : near, none: 0 }[args.way] ?? 0;
  const way = args.way === 'add' ? 'add' : 'set';
  return station.run('stockCounts.count', { id: open.id, partId, lot, way, quantity: amount }, { as: 'keeper' });
});

function thingCounted(world: World, part: number, lot: number): Readonly<{ partId: string; lot: string }> {
  if (part < 2) return { partId: world.parts[part] ?? '', lot: '' };
  return part === 2 ? { partId: world.batch, lot: `B${lot % 3}` } : { partId: world.serial, lot: `S${lot}` };
}

const close = action(
  'close count',
  5,
  fc.record({ place, draw, uncounted: fc.constantFrom('zero', 'leave', null) }),
  async (world, args) => {
    const one = await countIn(world, args.place, ['counting', 'recounting'], args.draw);
    if (!one) return NOTHING_TO_DO;
    const {
      found: open,
      at: { station },
    } = one;
    const { id, version } = open;
    return station.run('stockCounts.close', { id, version, uncounted: args.uncounted }, { as: 'keeper' });
  },
);

const confirm = action('confirm count', 5, fc.record({ place, draw }), async (world, args) => {
  const one = await countIn(world, args.place, ['counted'], args.draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: open,
    at: { station },
  } = one;
  const lines = await station.rows<{ id: string }>('SELECT id FROM stock_count_lines WHERE count_id = ?', [open.id]);
  const reasons = lines.map(({ id }) => ({ lineId: id, reason: 'x' }));
  return station.run('stockCounts.confirm', { id: open.id, version: open.version, reasons }, { as: 'accountant' });
});

const sendBack = action('send count back', 2, fc.record({ place, draw }), async (world, args) => {
  const one = await countIn(world, args.place, ['counted'], args.draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: open,
    at: { station },
  } = one;
  const lines = await station.rows<{ id: string }>('SELECT id FROM stock_count_lines WHERE count_id = ?', [open.id]);
  const line = drawn(lines, args.draw);
  if (!line) return NOTHING_TO_DO;
  const input = { id: open.id, version: open.version, lineIds: [line.id] };
  return station.run('stockCounts.sendBack', input, { as: 'accountant' });
});

const cancel = action('cancel count', 1, fc.record({ place, draw }), async (world, args) => {
  const one = await countIn(world, args.place, ['counting', 'recounting', 'counted'], args.draw);
  if (!one) return NOTHING_TO_DO;
  const {
    found: open,
    at: { station },
  } = one;
  return station.run('stockCounts.cancel', { id: open.id, version: open.version, reason: 'x' }, { as: 'keeper' });
});

export const COUNTING = [start, count, close, confirm, sendBack, cancel];
