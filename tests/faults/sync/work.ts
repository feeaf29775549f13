import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#server/sample/random.ts';
import type { Book } from './book.ts';
import type { Company, Person } from './company.ts';
import type { Desk } from './outlet.ts';
import { doAtTheBench, doAtTheDesk } from './work-orders.ts';
import { doInTheStore } from './work-stock.ts';

/** Work at random at one outlet: each of its people does one thing after the other, whatever happens to the machines. */

/** Of an order: `hasParts` once its material list was saved. */
export type Case = { id: string; version: number; state: string; hasParts?: boolean };

export type Shop = Readonly<{
  desk: Desk;
  desks: readonly Desk[];
  company: Company;
  random: Random;
  book: Book;
  /** Orders nobody has in hand at the moment. */
  cases: Case[];
  /** Of all outlets, by the unit that took them in. */
  customers: ReadonlyMap<string, string[]>;
  warehouseId: string;
  /** The warehouses of all outlets, by unit. */
  warehouses: ReadonlyMap<string, string>;
}>;

/** The warehouse of an outlet with something in it. */
export async function openWarehouse(desk: Desk, company: Company, book: Book): Promise<string> {
  const fields = { code: `W-${desk.outlet.code}`, name: `${desk.outlet.code} 配件库` };
  const warehouse = await desk.ask('office', 'setup.saveWarehouse', { existing: null, fields });
  if (!warehouse) throw new Error(`no warehouse at ${desk.outlet.code}`);
  const lines = company.partIds.map((partId) => ({ partId, quantity: 40_000, price: 4_321 }));
  const receipt = await desk.ask('store', 'stock.receive', { warehouseId: warehouse.id, lines });
  if (receipt) {
    book.document('stock_documents', desk.outlet.unitId, receipt.number);
    book.stock(lines.length * 40_000, receipt.total);
  }
  return warehouse.id;
}

const WORK: Readonly<Record<Person, (shop: Shop) => Promise<void>>> = {
  desk: doAtTheDesk,
  bench: doAtTheBench,
  store: doInTheStore,
  office: calculatePay,
};

/** How long each thinks before the next thing, ms at most. */
const THINKS: Readonly<Record<Person, number>> = { desk: 250, bench: 300, store: 500, office: 12_000 };

/** Until told to stop; what is begun is brought to its end. */
export async function workOn(shop: Shop, stop: AbortSignal): Promise<void> {
  const people = Object.entries(WORK) as [Person, (shop: Shop) => Promise<void>][];
  await Promise.all(
    people.map(async ([person, work]) => {
      while (!stop.aborted) {
        await pause(shop.random.between(20, THINKS[person]), stop);
        if (!stop.aborted) await work(shop);
      }
    }),
  );
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);

/** Calculated again and again: payslips are deleted and made anew. */
async function calculatePay({ desk }: Shop): Promise<void> {
  const { rows } = (await desk.ask('office', 'payroll.listPeriods', {})) ?? { rows: [] };
  const own = rows.find(({ unitId }) => unitId === desk.outlet.unitId); // a region's centre sees all of its region's
  if (!own) {
    await desk.ask('office', 'payroll.openPeriod', { from: '2020-01-01', to: '2035-12-31' });
    return;
  }
  await desk.ask('office', 'payroll.calculate', { periodId: own.id, version: own.version });
}
