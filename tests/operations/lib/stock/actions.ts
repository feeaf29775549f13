import fc from 'fast-check';
import { ISSUE_KINDS } from '#domain/stock/issues.ts';
import { postStock, type StockDocument, type StockPosting } from '#db/repositories/stock.ts';
import type { TestStation } from '#tests/helpers/station.ts';
import { carry } from '#tests/helpers/two-units.ts';
import { COUNTING } from './counting.ts';
import { action, place, quantity, type Step } from './define.ts';
import { drawn, placeIn } from './world.ts';

/** What people do with stock. Another action is one more line of the table at the end. */

const draw = fc.nat(50);

/** More comes in than goes out at a time, so that not all that is asked for is refused. */
const delivery = fc.integer({ min: 1, max: 40_000 });

const receive = action(
  'receive',
  6,
  fc.record({ place, quantity: delivery, price: fc.nat(9999) }),
  async (world, { quantity, price, ...args }) => {
    const { station, warehouseId, partId } = placeIn(world, args.place);
    await station.run('stock.receive', { warehouseId, lines: [{ partId, quantity, price }] }, { as: 'keeper' });
  },
);

const issue = action(
  'issue',
  5,
  fc.record({ place, quantity, kind: fc.constantFrom(...ISSUE_KINDS) }),
  async (world, args) => {
    const { station, warehouseId, partId } = placeIn(world, args.place);
    const lines = [{ partId, quantity: args.quantity }];
    await station.run('stock.issue', { kind: args.kind, warehouseId, recipient: '王', lines }, { as: 'keeper' });
  },
);

const wanted = fc.array(fc.record({ isKept: fc.boolean(), warehouse: fc.nat(1), part: fc.nat(1), quantity }), {
  maxLength: 3,
});

const material = action('material', 4, fc.record({ side: fc.nat(1), wanted }), async (world, { side, wanted }) => {
  const { station } = placeIn(world, { side, warehouse: 0, part: 0 });
  const workOrderId = world.orders[side] ?? '';
  const [order] = await station.rows<{ version: number }>('SELECT version FROM work_orders WHERE id = ?', [
    workOrderId,
  ]);
  const lines = await station.rows<{ id: string }>(
    'SELECT id FROM work_order_parts WHERE work_order_id = ? ORDER BY line_no',
    [workOrderId],
  );
  const saved = wanted.map(({ isKept, quantity, ...where }, index) => {
    const { warehouseId, partId } = placeIn(world, { side, ...where });
    return { id: isKept ? (lines[index]?.id ?? null) : null, warehouseId, partId, quantity };
  });
  const technician = await station.actorFor(['technician']);
  await station.run(
    'jobs.saveMaterial',
    { workOrderId, version: order?.version ?? 1, lines: saved },
    { as: technician },
  );
});

const reverse = action('reverse', 3, fc.record({ place, draw }), async (world, args) => {
  const { station } = placeIn(world, args.place);
  const documents = await station.rows<{ id: string }>('SELECT id FROM stock_documents ORDER BY number');
  const document = drawn(documents, args.draw);
  if (document) await station.run('stock.reverse', { documentId: document.id }, { as: 'accountant' });
});

const move = action('move', 4, fc.record({ place, quantity }), async (world, args) => {
  const { station, warehouseId, otherWarehouseId, partId } = placeIn(world, args.place);
  const lines = [{ partId, quantity: args.quantity }];
  const shipment = { fromWarehouseId: warehouseId, toWarehouseId: otherWarehouseId, lines };
  await station.run('transfers.ship', shipment, { as: 'keeper' });
});

const ship = action('ship', 4, fc.record({ place, quantity }), async (world, args) => {
  const { station, warehouseId, partId } = placeIn(world, args.place);
  const { warehouseId: toWarehouseId } = placeIn(world, { ...args.place, side: 1 - args.place.side });
  const lines = [{ partId, quantity: args.quantity }];
  await station.run('transfers.ship', { fromWarehouseId: warehouseId, toWarehouseId, lines }, { as: 'keeper' });
});

const answerWith = ['receive', 'receive', 'refuse', 'takeBack'] as const;

const answer = action(
  'answer',
  5,
  fc.record({ place, draw, way: fc.constantFrom(...answerWith) }),
  async (world, { draw, way, ...args }) => {
    const { station } = placeIn(world, args.place);
    const open = await station.run('transfers.inTransit', { limit: 500 });
    const { unitId: own } = station.station;
    const all = await station.rows<{ id: string; unitId: string }>(
      "SELECT id, unit_id FROM requests WHERE kind = 'transfer' AND (unit_id = ? OR to_unit_id = ?) ORDER BY number",
      [own, own],
    );
    // Only what one has sent oneself can be asked to be taken back.
    const known = draw % 5 === 0 ? all : all.filter((one) => open.rows.some(({ id }) => id === one.id));
    const among = way === 'takeBack' ? known.filter(({ unitId }) => unitId === own) : known;
    const id = drawn(among, draw)?.id;
    if (id === undefined) return;
    if (way === 'refuse') await station.run('transfers.refuse', { id, reason: 'x' }, { as: 'keeper' });
    else await station.run(`transfers.${way}`, { id }, { as: 'keeper' });
  },
);

const exchanged = action('carry', 5, fc.record({ place }), async (world, args) => {
  const { station, other } = placeIn(world, args.place);
  await carry(station, other);
});

const lotsOf = (numbers: readonly number[], isSerial: boolean) =>
  [...new Set(numbers)].map((n) => ({ lot: isSerial ? `S${n}` : `B${n % 3}`, quantity: isSerial ? 1000 : 500 + n }));

/** What has serial or batch numbers comes and goes through the ledger itself. */
const lots = action(
  'lots',
  7,
  fc.record({
    place,
    isSerial: fc.boolean(),
    isIn: fc.boolean(),
    numbers: fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }),
    price: fc.nat(900),
  }),
  async (world, { isSerial, isIn, numbers, price, ...args }) => {
    const { station, warehouseId } = placeIn(world, args.place);
    const named = lotsOf(numbers, isSerial).filter(({ lot }, i, all) => all.findIndex((one) => one.lot === lot) === i);
    const quantity = named.reduce((sum, one) => sum + one.quantity, 0);
    const line = { warehouseId, partId: isSerial ? world.serial : world.batch, quantity, line: 1, lots: named };
    // Pieces come in at a whole number of fen for one, as a receipt prices them.
    if (isIn)
      await post(station, 'receipt', {
        ...line,
        way: 'in',
        price: price * 2,
        value: Math.round((quantity * price * 2) / 1000),
      });
    else await post(station, 'issue', { ...line, way: 'out', price: 0 });
  },
);

async function post(station: TestStation, kind: 'receipt' | 'issue', posting: StockPosting): Promise<void> {
  const id = station.env.newId();
  const document: StockDocument = {
    id,
    unitId: station.station.unitId,
    number: `${kind}-${id}`,
    kind,
    issueKind: kind === 'issue' ? 'to-outlet' : null,
    warehouseId: posting.warehouseId,
    supplierId: null,
    workOrderId: null,
    recipient: '',
    note: '',
    movedOn: '2026-03-15',
    at: station.clock.now,
    employeeId: 'e-1',
    reversesId: null,
  };
  await station.store.write((trx) => postStock(trx, station.env.newId, document, [posting]));
}

const ACTIONS = [receive, issue, material, reverse, move, ship, answer, exchanged, lots, ...COUNTING];

/** What one person does next. */
export const step: fc.Arbitrary<Step> = fc.oneof(...ACTIONS);
