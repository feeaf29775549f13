import fc from 'fast-check';
import type { OutputOf } from '#operations/index.ts';
import { action, draw, NOTHING_TO_DO, place, quantity } from './define.ts';
import { drawn, lineOut, placeIn, type World } from './world.ts';

/** Between the levels: an outlet's plan, its deposit, what is granted and shipped of it. */

const centreOf = ({ units: [, centre] }: World) => centre;

const send = action(
  'send plan',
  5,
  fc.record({ place, quantities: fc.array(quantity, { minLength: 1, maxLength: 3 }) }),
  async (world, args) => {
    const { station, warehouseId } = placeIn(world, { ...args.place, side: 0 });
    const lines = args.quantities.map((quantity, index) => {
      const partId = world.parts[(args.place.part + index) % world.parts.length] ?? '';
      return { partId, quantity: partId === world.serial ? 1000 * (1 + (quantity % 3)) : quantity };
    });
    return station.run('requisitions.send', { warehouseId, lines }, { as: 'keeper' });
  },
);

const withdraw = action('withdraw plan', 1, fc.record({ draw }), async (world, args) => {
  const [outlet] = world.stations;
  const { rows } = await outlet.run('requisitions.list', { box: 'out', limit: 500 });
  const plan = drawn(rows, args.draw);
  const [found] = await outlet.rows<{ version: number }>('SELECT version FROM requests WHERE id = ?', [plan?.id ?? '']);
  if (!plan || !found) return NOTHING_TO_DO;
  const input = { id: plan.id, version: found.version, reason: 'x' };
  return outlet.run('requisitions.withdraw', input, { as: 'keeper' });
});

type Row = OutputOf<'requisitions.list'>['rows'][number];

/** A plan at the centre in this state, now and then any. */
async function planIn(world: World, state: Row['state'], draw: number): Promise<Row | undefined> {
  const { rows } = await centreOf(world).station.run('requisitions.list', { box: 'in', limit: 500 });
  const fitting = rows.filter((row) => row.state === state);
  return drawn(draw % 9 === 0 || fitting.length === 0 ? rows : fitting, draw);
}

const approve = action(
  'approve plan',
  5,
  fc.record({ draw, price: fc.constantFrom(null, 0, 7, 199), exceed: fc.constantFrom('', 'x') }),
  async (world, { draw, price, exceed }) => {
    const { station } = centreOf(world);
    const plan = await planIn(world, 'waiting', draw);
    if (!plan) return NOTHING_TO_DO;
    const { lines } = await station.run('requisitions.get', { id: plan.id });
    const granted = lines.map(({ quantity, partId }, index) => {
      const whole = draw % 3 === 0 || partId === world.serial;
      return { line: index + 1, quantity: whole ? quantity : (quantity >> 1) + 1, price };
    });
    return station.run('requisitions.approve', { id: plan.id, lines: granted, exceed }, { as: 'manager' });
  },
);

const refuse = action('refuse plan', 1, fc.record({ draw }), async (world, { draw }) => {
  const plan = await planIn(world, 'waiting', draw);
  if (!plan) return NOTHING_TO_DO;
  return centreOf(world).station.run('requisitions.refuse', { id: plan.id, reason: 'x' }, { as: 'keeper' });
});

const ship = action('ship plan', 8, fc.record({ place, draw }), async (world, args) => {
  const at = placeIn(world, { ...args.place, side: 1 });
  const { station, warehouseId: fromWarehouseId } = at;
  const plan = await planIn(world, 'accepted', args.draw);
  if (!plan) return NOTHING_TO_DO;
  const { lines } = await station.run('requisitions.get', { id: plan.id });
  const goods = [];
  for (const [index, { partId, rest }] of lines.entries()) {
    const quantity = args.draw % 2 === 0 ? rest.quantity : (rest.quantity >> 1) + 1;
    if (rest.quantity > 0 && (index + args.draw) % 5 < 4)
      goods.push({ ...(await lineOut(world, at, { partId, quantity })), line: index + 1 });
  }
  if (goods.length === 0) return NOTHING_TO_DO;
  const sent = goods.map(({ line, quantity, lots }) => ({ line, quantity, lots }));
  const shipped = await station.run(
    'requisitions.ship',
    { id: plan.id, fromWarehouseId, lines: sent },
    { as: 'keeper' },
  );
  world.book.deposits -= shipped.charge;
  return shipped;
});

const closeRest = action('close rest of plan', 1, fc.record({ draw }), async (world, { draw }) => {
  const plan = await planIn(world, 'accepted', draw);
  if (!plan) return NOTHING_TO_DO;
  return centreOf(world).station.run('requisitions.closeRest', { id: plan.id, reason: 'x' }, { as: 'keeper' });
});

const amount = fc.integer({ min: 1, max: 5000 });

const pay = action('pay deposit', 4, fc.record({ amount, isIn: fc.nat(3) }), async (world, { amount, isIn }) => {
  const [outlet, centre] = world.stations;
  const input = { unitId: outlet.station.unitId, amount, reason: 'x' };
  const [name, change] = isIn > 0 ? (['deposits.payIn', amount] as const) : (['deposits.payOut', 0 - amount] as const);
  const paid = await centre.run(name, input, { as: 'accountant' });
  world.book.deposits += change;
  return paid;
});

const correct = action('correct deposit', 1, fc.record({ draw }), async (world, { draw }) => {
  const { station } = centreOf(world);
  const entries = await station.rows<{ id: string; amount: number }>(
    'SELECT id, amount FROM deposit_entries ORDER BY number',
  );
  const entry = drawn(entries, draw);
  if (!entry) return NOTHING_TO_DO;
  const corrected = await station.run('deposits.correct', { entryId: entry.id, reason: 'x' }, { as: 'accountant' });
  world.book.deposits -= entry.amount;
  return corrected;
});

export const LEVELS = [send, withdraw, approve, refuse, ship, closeRest, pay, correct];
