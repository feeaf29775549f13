import type { Case, Shop } from './work.ts';

/** What the front desk, the dispatcher and the technician do. */

const SYMPTOMS = ['不制冷', '不启动', '漏水', '噪音大', '显示 E4'] as const;

/** An order in a state in which somebody goes on with it; nobody else has it meanwhile. */
async function withCase(shop: Shop, state: string, work: (one: Case) => Promise<boolean>): Promise<void> {
  const { cases } = shop;
  const waiting = cases.filter((one) => one.state === state);
  if (waiting.length === 0) return;
  const one = shop.random.pick(waiting);
  cases.splice(cases.indexOf(one), 1);
  if (await work(one)) cases.push(one);
}

export async function doAtTheDesk(shop: Shop): Promise<void> {
  const dice = shop.random.between(0, 99);
  if (dice < 32) return takeIn(shop);
  if (dice < 50) return dispatch(shop);
  if (dice < 58) return refer(shop);
  if (dice < 66) return answerReferral(shop);
  if (dice < 80) return editCustomer(shop);
  if (dice < 88) return approve(shop);
  if (dice < 94) return settle(shop);
  await shop.desk.ask('desk', 'sync.now', {});
}

/**
 * By unit, the customers an outlet may ever have seen: of its region, and of those it was in or whose units were in its own.
 * Some are not known to its station yet, some no longer.
 */
function customersEverSeen({ desk, company, customers }: Shop): (readonly string[])[] {
  const { regionUnits } = company.places.reach(desk.outlet.unitId, '');
  return regionUnits.map((unitId) => customers.get(unitId) ?? []);
}

async function takeIn(shop: Shop): Promise<void> {
  const { desk, random, book, cases } = shop;
  const customers = customersEverSeen(shop).flat();
  const name = `客户 ${random.between(1, 9999)}`;
  const knows = customers.length > 0 && random.chance(0.4);
  const customer = knows ? { id: random.pick(customers) } : { name, phone: `138${random.between(1e7, 9e7)}` };
  const device = { category: '空调', brand: '格力', serial: `SN${random.between(1, 1e6)}` };
  const amount = random.between(1, 300) * 100;
  const deposit = random.chance(0.3) ? ({ amount, method: 'cash' } as const) : null;
  const input = { customer, device, deposit, mode: 'carry-in', symptom: random.pick(SYMPTOMS) } as const;
  const order = await desk.ask('desk', 'workOrders.registerIntake', input);
  if (!order) return;
  book.document('work_orders', desk.outlet.unitId, order.number);
  if (deposit) book.money(amount);
  if (!knows && order.customerId) shop.customers.get(desk.outlet.unitId)?.push(order.customerId);
  cases.push({ id: order.id, version: order.version, state: 'registered' });
}

async function dispatch(shop: Shop): Promise<void> {
  const { desk } = shop;
  await withCase(shop, 'registered', async (one) => {
    const { technicianId } = desk.outlet;
    const moved = await desk.ask('desk', 'dispatch.assign', { id: one.id, version: one.version, technicianId });
    if (!moved) return false;
    Object.assign(one, { version: moved.version, state: 'dispatched' });
    return true;
  });
}

/** To any other outlet, of the same region or another. */
async function refer(shop: Shop): Promise<void> {
  const { desk, desks, random, book } = shop;
  await withCase(shop, 'registered', async ({ id: workOrderId, version }) => {
    const toUnitId = random.pick(desks.filter((other) => other !== desk)).outlet.unitId;
    const input = { workOrderId, version, toUnitId, reason: '本站修不了' };
    const request = await desk.ask('desk', 'referrals.request', input);
    if (request) book.document('requests', desk.outlet.unitId, request.number);
    return false; // it is the other's now, or nobody's
  });
}

async function answerReferral({ desk, random, book, cases }: Shop): Promise<void> {
  const { rows } = (await desk.ask('desk', 'referrals.inbox', { limit: 50 })) ?? { rows: [] };
  const [request] = rows.filter(({ state }) => state === 'waiting');
  if (!request) return;
  if (random.chance(0.25)) return void (await desk.ask('desk', 'referrals.refuse', { id: request.id, reason: '太忙' }));
  const order = await desk.ask('desk', 'referrals.accept', { id: request.id });
  if (!order) return;
  book.document('work_orders', desk.outlet.unitId, order.number);
  cases.push({ id: order.workOrderId, version: 1, state: 'registered' });
}

/** The same few customers from several outlets of the region, each time another field. */
async function editCustomer(shop: Shop): Promise<void> {
  const { desk, random } = shop;
  const customers = customersEverSeen(shop).flatMap((ofUnit) => ofUnit.slice(0, 3));
  if (customers.length === 0) return;
  const id = random.pick(customers);
  const found = await desk.ask('desk', 'customers.get', { id });
  if (!found) return;
  const { version, kind, name, phone, secondPhone, address, note } = found.customer;
  const words = `${desk.outlet.code} ${random.between(1, 99_999)}`;
  const changes = [{ note: words }, { address: words }, { name: `客户 ${words}` }, { note: words, address: words }];
  const fields = { kind, name, phone, secondPhone, address, note, ...random.pick(changes) };
  await desk.ask('desk', 'customers.save', { existing: { id, version }, fields });
}

async function approve(shop: Shop): Promise<void> {
  const { desk, book } = shop;
  await withCase(shop, 'done', async (one) => {
    const audited = await desk.ask('desk', 'audit.approve', { id: one.id, version: one.version });
    if (!audited) return false;
    book.pay(audited.entries, audited.commission);
    Object.assign(one, { version: audited.version, state: 'audited' });
    return true;
  });
}

async function settle(shop: Shop): Promise<void> {
  const { desk, book } = shop;
  await withCase(shop, 'audited', async ({ id, version }) => {
    const statement = await desk.ask('desk', 'billing.statement', { workOrderId: id });
    if (!statement) return false;
    const input = { id, version, method: 'cash', expectedDue: statement.due } as const;
    const settled = await desk.ask('desk', 'billing.settle', input);
    if (!settled) return false;
    book.document('settlements', desk.outlet.unitId, settled.settlementNumber);
    book.money(statement.due);
    await desk.ask('desk', 'workOrders.handOver', { id, version: settled.version });
    return false;
  });
}

/** Taken on, begun, and after a while completed. */
export async function doAtTheBench(shop: Shop): Promise<void> {
  const { desk, random } = shop;
  if (random.chance(0.5)) return complete(shop);
  await withCase(shop, 'dispatched', async (one) => {
    const accepted = await desk.ask('bench', 'workOrders.accept', { id: one.id, version: one.version });
    const begun = accepted && (await desk.ask('bench', 'workOrders.start', { id: one.id, version: accepted.version }));
    if (!begun) return false;
    Object.assign(one, { version: begun.version, state: 'in-progress' });
    return true;
  });
}

async function complete(shop: Shop): Promise<void> {
  const { desk, random, company } = shop;
  await withCase(shop, 'in-progress', async (one) => {
    const labour = [{ workTypeId: random.pick(company.workTypeIds), fee: random.between(1, 90) * 100, units: 1000 }];
    const technicians = [{ employeeId: desk.outlet.technicianId, shareBp: 10_000 }];
    const sheet = { fault: '电容坏', action: '换电容', technicians, labour };
    const done = await desk.ask('bench', 'jobs.complete', { id: one.id, version: one.version, ...sheet });
    if (!done) return false;
    Object.assign(one, { version: done.version, state: 'done' });
    return true;
  });
}
