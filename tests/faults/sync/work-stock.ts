import { doWithRequisitions } from './work-requisitions.ts';
import type { Shop } from './work.ts';

/** What the storekeeper does. */

export async function doInTheStore(shop: Shop): Promise<void> {
  const dice = shop.random.between(0, 99);
  if (dice < 18) return receive(shop);
  if (dice < 30) return issue(shop);
  if (dice < 42) return giveOut(shop);
  if (dice < 52) return ship(shop);
  if (dice < 65) return answerTransfer(shop);
  if (dice < 70) return takeBack(shop);
  return doWithRequisitions(shop);
}

function someLines({ random, company }: Shop, most: number) {
  const parts = company.partIds.filter(() => random.chance(0.6));
  return (parts.length > 0 ? parts : company.partIds.slice(0, 1)).map((partId) => ({
    partId,
    quantity: random.between(1, most),
  }));
}

async function receive(shop: Shop): Promise<void> {
  const { desk, random, book, warehouseId } = shop;
  const lines = someLines(shop, 20_000).map((line) => ({ ...line, price: random.between(1, 9000) }));
  const receipt = await desk.ask('store', 'stock.receive', { warehouseId, lines });
  if (!receipt) return;
  book.document('stock_documents', desk.outlet.unitId, receipt.number);
  book.stock(
    lines.reduce((sum, { quantity }) => sum + quantity, 0),
    receipt.total,
  );
}

async function issue(shop: Shop): Promise<void> {
  const { desk, book, warehouseId } = shop;
  const lines = someLines(shop, 9000);
  const issued = await desk.ask('store', 'stock.issue', { kind: 'counter-sale', warehouseId, lines });
  if (!issued) return;
  book.document('stock_documents', desk.outlet.unitId, issued.number);
  book.stock(-lines.reduce((sum, { quantity }) => sum + quantity, 0), -issued.cost);
}

/** Parts for an order that is being worked on; once, so that what it costs is what leaves the stock. */
async function giveOut(shop: Shop): Promise<void> {
  const { desk, random, book, cases, warehouseId } = shop;
  const waiting = cases.filter((one) => one.state === 'in-progress' && !one.hasParts);
  if (waiting.length === 0) return;
  const one = random.pick(waiting);
  cases.splice(cases.indexOf(one), 1);
  const lines = someLines(shop, 2000).map((line) => ({ ...line, warehouseId }));
  const saved = await desk.ask('store', 'jobs.saveMaterial', { workOrderId: one.id, version: one.version, lines });
  if (!saved) return;
  book.stock(
    -saved.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    -saved.lines.reduce((sum, { cost }) => sum + cost, 0),
  );
  cases.push({ ...one, version: saved.version, hasParts: true });
}

async function ship(shop: Shop): Promise<void> {
  const { desk, desks, random, book, warehouseId, warehouses } = shop;
  const to = random.pick(desks.filter((other) => other !== desk)).outlet.unitId;
  const toWarehouseId = warehouses.get(to);
  if (!toWarehouseId) return;
  const input = { fromWarehouseId: warehouseId, toWarehouseId, lines: someLines(shop, 6000) };
  const shipped = await desk.ask('store', 'transfers.ship', input);
  if (!shipped) return;
  book.document('requests', desk.outlet.unitId, shipped.number);
  book.document('stock_documents', desk.outlet.unitId, shipped.documentNumber);
}

async function answerTransfer({ desk, random, book }: Shop): Promise<void> {
  const { rows } = (await desk.ask('store', 'transfers.list', { box: 'in', limit: 50 })) ?? { rows: [] };
  const [transfer] = rows.filter(({ state }) => state === 'waiting');
  if (!transfer) return;
  if (random.chance(0.2)) {
    await desk.ask('store', 'transfers.refuse', { id: transfer.id, reason: '少了一件' });
    return;
  }
  const counted = random.chance(0.4) ? await miscount({ desk, random }, transfer.id) : [];
  const received = await desk.ask('store', 'transfers.receive', { id: transfer.id, counted });
  if (received) book.document('stock_documents', desk.outlet.unitId, received.documentNumber);
}

/** Too few, too many, or damaged. */
async function miscount({ desk, random }: Pick<Shop, 'desk' | 'random'>, id: string) {
  const { lines } = (await desk.ask('store', 'transfers.get', { id })) ?? { lines: [] };
  return lines.map(({ quantity }, index) => ({
    line: index + 1,
    received: random.between(0, quantity + 300),
    damaged: random.between(0, 300),
  }));
}

async function takeBack({ desk, book }: Shop): Promise<void> {
  const { rows } = (await desk.ask('store', 'transfers.list', { box: 'out', limit: 50 })) ?? { rows: [] };
  const [refused] = rows.filter(({ state }) => state === 'refused');
  if (!refused) return;
  const back = await desk.ask('store', 'transfers.takeBack', { id: refused.id });
  if (!back) return;
  book.document('stock_documents', desk.outlet.unitId, back.documentNumber);
  book.deposit(back.credit);
}
