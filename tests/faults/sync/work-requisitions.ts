import { DECISIONS_ON, DIFFERENCES } from '#domain/stock/transit.ts';
import type { OutputOf } from '#operations/index.ts';
import type { Shop } from './work.ts';

/** Requisitions from an outlet to its centre and what follows of them: grants, shipments, deposits, decisions about differences. */

/** Outlets ask, their centre answers and ships; whoever shipped decides. */
export async function doWithRequisitions(shop: Shop): Promise<void> {
  const { desk, random, company } = shop;
  const dice = random.between(0, 99);
  if (!company.places.centres.includes(desk.outlet.unitId)) return dice < 70 ? plan(shop) : decideDifferences(shop);
  if (dice < 15) return payDeposit(shop);
  if (dice < 45) return answerPlan(shop);
  if (dice < 80) return shipPlan(shop);
  return decideDifferences(shop);
}

async function plan({ desk, random, company, book, warehouseId }: Shop): Promise<void> {
  const partIds = company.partIds.filter(() => random.chance(0.6));
  const lines = partIds.map((partId) => ({ partId, quantity: random.between(1, 5000) }));
  if (lines.length === 0) return;
  const sent = await desk.ask('store', 'requisitions.send', { warehouseId, lines });
  if (sent) book.document('requests', desk.outlet.unitId, sent.number);
}

async function payDeposit({ desk, random, book }: Shop): Promise<void> {
  const { units = [] } = (await desk.ask('office', 'deposits.choices', {})) ?? {};
  if (units.length === 0) return;
  const { id: unitId } = random.pick(units);
  const amount = random.between(1, 200_000);
  const isIn = random.chance(0.8);
  const paid = await desk.ask('office', isIn ? 'deposits.payIn' : 'deposits.payOut', { unitId, amount, reason: 'x' });
  if (paid) book.deposit(isIn ? amount : 0 - amount);
}

type Row = OutputOf<'requisitions.list'>['rows'][number];

async function oneAsked({ desk, random }: Shop, state: Row['state']): Promise<Row | undefined> {
  const { rows } = (await desk.ask('store', 'requisitions.list', { box: 'in', limit: 50 })) ?? { rows: [] };
  const found = rows.filter((row) => row.state === state);
  return found.length === 0 ? undefined : random.pick(found);
}

async function answerPlan(shop: Shop): Promise<void> {
  const { desk, random } = shop;
  const asked = await oneAsked(shop, 'waiting');
  if (!asked) return;
  const { id } = asked;
  if (random.chance(0.1)) return void (await desk.ask('store', 'requisitions.refuse', { id, reason: 'x' }));
  const sheet = await desk.ask('store', 'requisitions.get', { id });
  if (!sheet) return;
  const lines = sheet.lines.map(({ quantity }, index) => ({
    line: index + 1,
    quantity: index === 0 ? quantity : random.between(0, quantity + 500),
    price: random.between(0, 9000),
  }));
  await desk.ask('store', 'requisitions.approve', { id, lines });
}

async function shipPlan(shop: Shop): Promise<void> {
  const { desk, random, book, warehouseId } = shop;
  const granted = await oneAsked(shop, 'accepted');
  const sheet = granted && (await desk.ask('store', 'requisitions.get', { id: granted.id }));
  if (!sheet) return;
  const { id } = sheet;
  if (random.chance(0.15)) return void (await desk.ask('store', 'requisitions.closeRest', { id, reason: 'x' }));
  const lines = sheet.lines.flatMap(({ rest: { quantity } }, index) =>
    quantity > 0 && random.chance(0.8) ? [{ line: index + 1, quantity: random.between(1, quantity) }] : [],
  );
  if (lines.length === 0) return;
  const shipped = await desk.ask('store', 'requisitions.ship', { id, fromWarehouseId: warehouseId, lines });
  if (!shipped) return;
  book.document('requests', desk.outlet.unitId, shipped.number);
  book.document('stock_documents', desk.outlet.unitId, shipped.documentNumber);
  book.deposit(0 - shipped.charge);
}

/** Whatever differs of one transfer, all at once or some of it. */
async function decideDifferences({ desk, random, book }: Shop): Promise<void> {
  const { rows } = (await desk.ask('store', 'transfers.inTransit', { limit: 50 })) ?? { rows: [] };
  const differing = rows.find(({ isIncoming, outcome }) => !isIncoming && outcome === 'differing');
  const sheet = differing && (await desk.ask('store', 'transfers.get', { id: differing.id }));
  if (!sheet) return;
  const decisions = sheet.lines.flatMap(({ open }, index) =>
    DIFFERENCES.filter((kind) => open[kind] > 0).map((kind) => {
      const fitting = DECISIONS_ON[kind].filter(
        (one) => one !== 'sent-after' && (one !== 'charged' || sheet.isCharged),
      );
      const quantity = random.between(1, open[kind]);
      return { line: index + 1, kind, decision: random.pick(fitting), quantity, reason: 'x' };
    }),
  );
  const [first, ...others] = decisions;
  if (!first) return;
  const some = [first, ...others.filter(() => random.chance(0.7))];
  const decided = await desk.ask('store', 'transfers.decide', { id: sheet.id, decisions: some });
  if (!decided) return;
  book.deposit(decided.credit);
  const lost = decided.closed.filter(({ decision }) => decision === 'written-off' || decision === 'charged');
  for (const { quantity, value } of lost) book.stock(0 - quantity, 0 - value);
  for (const { documentNumber } of decided.closed)
    if (documentNumber !== null) book.document('stock_documents', desk.outlet.unitId, documentNumber);
}
