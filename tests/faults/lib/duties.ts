import type { Random } from '#server/sample/random.ts';

/** What people of a station do all day, one command after the other, until the power is cut. */

export type Person = 'clerk' | 'keeper' | 'accountant';
export type Answer = Readonly<Record<string, unknown>>;

export type Stock = Readonly<{
  warehouseId: string;
  otherWarehouseId: string;
  /** Whose stock nobody but a count moves. */
  countedWarehouseId: string;
  /** Goes on all day. */
  countId: string;
  partIds: readonly string[];
}>;

export type Hands = Readonly<{
  stock: Stock;
  random: Random;
  /** A command: sent again after a cut that left it without an answer. */
  tell(person: Person, path: string, input: object): Promise<Answer>;
  ask(person: Person, path: string, input: object): Promise<Answer>;
}>;

type Duty = (hands: Hands, name: string) => Promise<void>;

const register: Duty = async ({ tell }, name) => {
  const customer = { name, phone: '13800000000' };
  const deposit = { amount: 100, method: 'cash' };
  const device = { category: '空调', serial: name };
  const input = { customer, device, mode: 'carry-in', symptom: '不制冷', deposit };
  await tell('clerk', 'work-orders/register-intake', input);
};

const store: Duty = async ({ stock, random, tell }) => {
  const { warehouseId, otherWarehouseId, countId, partIds } = stock;
  if (random.chance(0.2)) {
    // One piece more of a part, for the count that goes on all day.
    const scan = { id: countId, partId: random.pick(partIds), way: 'add', quantity: 1000 };
    return void (await tell('keeper', 'stock-counts/count', scan));
  }
  const lines = partIds.map((partId) => ({ partId, quantity: random.between(1, 5000) }));
  if (random.chance(0.25)) {
    const input = { fromWarehouseId: warehouseId, toWarehouseId: otherWarehouseId, lines };
    return void (await tell('keeper', 'transfers/ship', input));
  }
  const priced = lines.map((line) => ({ ...line, price: random.between(1, 900) }));
  if (random.chance(0.5)) await tell('keeper', 'stock/receive', { warehouseId, lines: priced });
  else await tell('keeper', 'stock/issue', { kind: 'counter-sale', warehouseId, lines: priced });
};

/** Asked for, approved by somebody else, ordered, and received in two parts; or gone on with where the power was cut. */
const buy: Duty = async ({ stock, random, tell, ask }) => {
  const orders = rowsOf((await ask('keeper', 'purchases/list', { limit: 500 }))['rows']);
  const lines = stock.partIds.map((partId) => {
    return { partId, quantity: random.between(2, 5000), price: random.between(1, 900) };
  });
  const wanted = { existing: null, warehouseId: stock.warehouseId, newSupplier: { name: '华东配件' }, lines };
  const { id } = orders.find(({ state }) => state !== 'closed') ?? (await tell('keeper', 'purchases/save', wanted));
  const look = () => ask('keeper', 'purchases/get', { id });
  let { state, version } = await look();
  if (state === 'requested') ({ state, version } = await tell('accountant', 'purchases/approve', { id, version }));
  if (state === 'approved') ({ state, version } = await tell('keeper', 'purchases/order', { id, version }));
  while (state === 'ordered') {
    const outstanding = rowsOf((await look())['lines']).filter((line) => Number(line['outstanding']) > 0);
    const delivered = outstanding.map((line) => {
      const quantity = Math.ceil(Number(line['outstanding']) * (random.chance(0.5) ? 1 : 0.5));
      return { lineId: line['id'], quantity, price: line['price'] };
    });
    ({ state, version } = await tell('keeper', 'purchases/receive', { id, version, lines: delivered }));
  }
};

/** Begun, or gone on with where the power was cut; two parts are counted, of the third there is nothing; closed, confirmed. */
const count: Duty = async ({ stock, random, tell, ask }) => {
  const { countedWarehouseId: warehouseId, countId: other, partIds } = stock;
  const counts = rowsOf((await ask('keeper', 'stock-counts/list', { limit: 500 }))['rows']);
  const open = counts.find(({ id, state }) => id !== other && state !== 'posted');
  const { id } = open ?? (await tell('keeper', 'stock-counts/start', { warehouseId, scopeKind: 'warehouse' }));
  const left = random.pick(partIds);
  if (open?.['state'] !== 'counted') {
    for (const partId of partIds.filter((one) => one !== left)) {
      const quantity = random.between(1, 90_000);
      await tell('keeper', 'stock-counts/count', { id, partId, lot: '', way: 'set', quantity });
    }
    const { version } = await ask('keeper', 'stock-counts/get', { id });
    await tell('keeper', 'stock-counts/close', { id, version, uncounted: 'zero' });
  }
  const { version } = await ask('keeper', 'stock-counts/get', { id });
  const lines = rowsOf((await ask('accountant', 'stock-counts/lines', { id, limit: 100 }))['rows']);
  const reasons = lines.map((line) => ({ lineId: line['id'], reason: 'x' }));
  await tell('accountant', 'stock-counts/confirm', { id, version, reasons });
};

/** An outlet's plan is granted, and shipped at once; or one that had been granted before the power was cut. */
const supply: Duty = async ({ stock, tell, ask }) => {
  const plans = rowsOf((await ask('keeper', 'requisitions/list', { box: 'in', limit: 500 }))['rows']);
  const plan = plans.find(({ state }) => state === 'accepted') ?? plans.find(({ state }) => state === 'waiting');
  if (!plan) return;
  const { id } = plan;
  const lines = rowsOf((await ask('keeper', 'requisitions/get', { id }))['lines']).map(({ quantity }, index) => ({
    line: index + 1,
    quantity,
  }));
  if (plan['state'] === 'waiting') await tell('keeper', 'requisitions/approve', { id, lines });
  await tell('keeper', 'requisitions/ship', { id, fromWarehouseId: stock.warehouseId, lines });
};

/** Each of them is somebody's all day long. */
export const DUTIES: readonly Duty[] = [register, register, store, store, buy, count, supply];

const rowsOf = (value: unknown): readonly Answer[] => (Array.isArray(value) ? (value as Answer[]) : []);
