import fc from 'fast-check';
import { ISSUE_KINDS, type IssueKind } from '#domain/stock/issues.ts';
import { COUNTING } from './counting.ts';
import { action, draw, NOTHING_TO_DO, place, quantity, type Step } from './define.ts';
import { LEVELS } from './levels.ts';
import { OLD_PARTS } from './old-parts.ts';
import { RETURNING } from './returning.ts';
import { TRANSIT } from './transit.ts';
import { drawn, lineIn, lineOut, placeIn } from './world.ts';

/** What people do with stock. Another action is one more line of a table; all of them stand at the end. */

/** More comes in than goes out at a time, so that not all that is asked for is refused. */
const delivery = fc.integer({ min: 1, max: 40_000 });

const receive = action(
  'receive',
  9,
  fc.record({ place, quantity: delivery, price: fc.nat(9999), n: fc.nat(40) }),
  async (world, { quantity, price, n, ...args }) => {
    const { station, warehouseId, partId } = placeIn(world, args.place);
    const lines = [{ ...lineIn(world, partId, quantity, n), price }];
    await station.run('stock.receive', { warehouseId, lines }, { as: 'keeper' });
  },
);

const issue = action(
  'issue',
  8,
  fc.record({ place, quantity, kind: fc.constantFrom(...ISSUE_KINDS) }),
  async (world, args) => {
    const at = placeIn(world, args.place);
    const { kind } = args;
    const lines = [await lineOut(world, at, { partId: at.partId, quantity: args.quantity })];
    const recipientId = recipientOf(kind, at.technician.employeeId, at.other.station.station.unitId);
    const input = { kind, warehouseId: at.warehouseId, recipient: '王', recipientId, lines };
    await at.station.run('stock.issue', input, { as: 'keeper' });
  },
);

/** Who owes the old part for it. */
function recipientOf(kind: IssueKind, technicianId: string, outletId: string): string | null {
  if (kind === 'counter-sale') return null;
  return kind === 'to-outlet' ? outletId : technicianId;
}

const wanted = fc.array(fc.record({ isKept: fc.boolean(), warehouse: fc.nat(1), part: fc.nat(1), quantity }), {
  maxLength: 3,
});

const material = action('material', 4, fc.record({ side: fc.nat(1), wanted }), async (world, { side, wanted }) => {
  const { station, technician, orderId: workOrderId } = placeIn(world, { side, warehouse: 0, part: 0 });
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
  await station.run(
    'jobs.saveMaterial',
    { workOrderId, version: order?.version ?? 1, lines: saved },
    { as: technician },
  );
});

const reverse = action('reverse', 3, fc.record({ place, draw }), async (world, args) => {
  const { station } = placeIn(world, args.place);
  // Now and then one of which something has gone back, or that came of something else.
  const fresh = `kind IN ('receipt', 'issue') AND request_id IS NULL AND id NOT IN (
    SELECT COALESCE(returns_id, reverses_id, '') FROM stock_documents)`;
  const among = args.draw % 5 === 0 ? '' : `WHERE ${fresh}`;
  const documents = await station.rows<{ id: string }>(`SELECT id FROM stock_documents ${among} ORDER BY number`);
  const document = drawn(documents, args.draw);
  if (!document) return NOTHING_TO_DO;
  return station.run('stock.reverse', { documentId: document.id }, { as: 'accountant' });
});

const ACTIONS = [receive, issue, material, reverse, ...RETURNING, ...TRANSIT, ...LEVELS, ...OLD_PARTS, ...COUNTING];

/** What one person does next. */
export const step: fc.Arbitrary<Step> = fc.oneof(...ACTIONS);
