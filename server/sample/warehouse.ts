import { addDays, businessDate } from '#domain/dates.ts';
import { whenOpen } from './agenda.ts';
import type { Sample } from './sample.ts';
import type { SetUp } from './set-up.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** What goes on in the warehouse in so many days from `start` (ms UTC), beside what work takes. */
export function planWarehouse(sample: Sample, base: SetUp, start: number, days: number): void {
  const { agenda, random } = sample;
  const on = (day: number, act: () => Promise<void>) =>
    agenda.plan(whenOpen(start + day * DAY + random.between(0, 8) * HOUR), act);
  on(0, () => payDeposit(sample, base));
  for (let day = 1; day <= days; day++) {
    if (day % 7 === 3) on(day, () => buy(sample, base));
    if (day % 7 === 4) on(day, () => equip(sample, base));
    if (day % 7 === 5) on(day, () => takeBackOldParts(sample, base));
    if (day % 3 === 1) on(day, () => sell(sample, base));
    if (day === 20 || day === days - 5) on(day, () => countBin(sample, base, `A-${day === 20 ? 1 : 2}`));
  }
  on(days - 1, () => keepBack(sample, base));
  on(days - 1, () => beginCount(sample, base));
}

/** What a technician carries is covered by it. */
async function payDeposit(sample: Sample, base: SetUp): Promise<void> {
  const { unitId } = sample.environment.station;
  const technicianId = base.employeeIds.get('T01') ?? '';
  await sample.run('F01', 'deposits.payIn', { unitId, technicianId, amount: 300_000, reason: '随车配件押金' });
}

/** What runs short is asked for, approved by another one, ordered, and comes in, some of it later. */
async function buy(sample: Sample, base: SetUp): Promise<void> {
  const { random, agenda, clock } = sample;
  const lines = [...base.parts.values()]
    .filter(() => random.chance(0.5))
    .map((part) => ({
      partId: part.id,
      quantity: random.between(3, 12) * 1000,
      price: Math.round((part.cost * random.between(95, 108)) / 100),
    }));
  if (random.chance(0.5)) lines.push({ partId: base.tracked.id, quantity: 3000, price: base.tracked.cost });
  if (lines.length === 0) return;
  const { id, version } = await sample.run('K01', 'purchases.save', {
    existing: null,
    warehouseId: base.warehouseId,
    supplierId: random.pick(base.supplierIds),
    wishedOn: addDays(businessDate(clock.now, sample.environment.station.timeZone), 4),
    lines,
  });
  agenda.plan(whenOpen(clock.now + HOUR), async () => {
    const approved = await sample.run('F01', 'purchases.approve', { id, version });
    await sample.run('K01', 'purchases.order', { id, version: approved.version });
    agenda.plan(whenOpen(clock.now + random.between(20, 70) * HOUR), () =>
      delivery(sample, base, id, random.chance(0.3)),
    );
  });
}

/** @param isPart the rest of it comes later */
async function delivery(sample: Sample, base: SetUp, id: string, isPart: boolean): Promise<void> {
  const { version, lines } = await sample.run('K01', 'purchases.get', { id });
  const outstanding = lines.filter((line) => line.outstanding > 0);
  const coming = isPart ? outstanding.slice(0, Math.ceil(outstanding.length / 2)) : outstanding;
  const received = await sample.run('K01', 'purchases.receive', {
    id,
    version,
    lines: coming.map(({ id: lineId, partId, outstanding: quantity, price }) => ({
      lineId,
      quantity,
      price,
      lots: partId === base.tracked.id ? serialNumbers(sample, quantity / 1000) : [],
    })),
  });
  if (coming.length < outstanding.length) {
    const rest = whenOpen(sample.clock.now + sample.random.between(3, 9) * DAY);
    return sample.agenda.plan(rest, () => delivery(sample, base, id, false));
  }
  if (sample.random.chance(0.25)) await sendBack(sample, received.id);
}

const serialNumbers = ({ random }: Sample, pieces: number) =>
  Array.from({ length: pieces }, () => ({
    lot: `INV${random.between(100_000, 999_999)}${random.between(1000, 9999)}`,
    quantity: 1000,
  }));

/** One of the delivery is no good. */
async function sendBack(sample: Sample, documentId: string): Promise<void> {
  const lines = [{ lineNo: 1, quantity: 1000 }];
  await sample.run('K01', 'stock.returnToSupplier', { documentId, reason: '到货即损', lines });
}

/** A technician gets what he mostly needs into his own stock, as far as there is enough. */
async function equip(sample: Sample, base: SetUp): Promise<void> {
  const lines = [];
  for (const [number, pieces] of [
    ['FUSE-10', 5],
    ['CAP-35', 2],
    ['CAP-50', 1],
  ] as const) {
    const partId = base.parts.get(number)?.id ?? '';
    if ((await piecesOf(sample, base, partId)) > pieces * 2) lines.push({ partId, quantity: pieces * 1000 });
  }
  if (lines.length === 0) return;
  const recipientId = base.employeeIds.get('T01') ?? '';
  const issue = { kind: 'to-technician', warehouseId: base.warehouseId, recipientId, lines } as const;
  await sample.run('K01', 'stock.issue', issue);
}

/** Over the counter; now and then it is brought back. */
async function sell(sample: Sample, base: SetUp): Promise<void> {
  const { random, agenda, clock } = sample;
  const part = random.pick([...base.parts.values()]);
  if ((await piecesOf(sample, base, part.id)) < part.least) return;
  const { id } = await sample.run('C02', 'stock.issue', {
    kind: 'counter-sale',
    warehouseId: base.warehouseId,
    lines: [{ partId: part.id, quantity: 1000 }],
  });
  const bringBack = async () =>
    void (await sample.run('C02', 'stock.returnIssue', {
      documentId: id,
      lines: [{ lineNo: 1, quantity: 1000 }],
      note: '型号不符',
    }));
  if (random.chance(0.15)) agenda.plan(whenOpen(clock.now + DAY), bringBack);
}

/** Most of what is owed is brought; what is good is kept until there is enough to be sent to the maker or scrapped. */
async function takeBackOldParts(sample: Sample, base: SetUp): Promise<void> {
  const warehouseId = base.oldPartsId;
  const { rows: owed } = await sample.run('K01', 'oldParts.list', { view: 'open', limit: 50 });
  for (const { id, employeeId, partId, open: quantity } of owed) {
    if (!sample.random.chance(0.7)) continue;
    await sample.run('K01', 'oldParts.receive', { warehouseId, employeeId, lines: [{ partId, quantity }] });
    await inspect(sample, id);
  }
  const { rows: held } = await sample.run('K01', 'oldParts.list', { view: 'held', limit: 50 });
  if (held.length < 4) return;
  const how = sample.random.chance(0.5) ? 'scrap' : 'to-maker';
  const lines = held.map(({ id, held: quantity }) => ({ id, quantity }));
  await sample.run('K01', 'oldParts.dispose', { how, warehouseId, recipient: '华东制冷配件', lines });
}

/** Of the oldest of such debts, which is the first that is settled; another one may have been. */
async function inspect(sample: Sample, id: string): Promise<void> {
  const { rows } = await sample.run('K01', 'oldParts.list', { view: 'uninspected', limit: 50 });
  const debt = rows.find((row) => row.id === id) ?? rows[0];
  if (debt === undefined || sample.random.chance(0.1)) return;
  await sample.run('K01', 'oldParts.inspect', { id: debt.id, decision: 'accepted', quantity: debt.uninspected });
}

/** One of the parts is counted one short, twice; the accountant says why and posts it. */
async function countBin(sample: Sample, base: SetUp, shelf: string): Promise<void> {
  const bin = `${shelf}-1`;
  const { id } = await sample.run('K01', 'stockCounts.start', {
    warehouseId: base.warehouseId,
    scopeKind: 'bin',
    scopeText: bin,
    thresholdValue: 0,
  });
  const part = [...base.parts.values()].find((one) => one.bin === bin);
  const partId = part?.id ?? '';
  const quantity = Math.max(0, (await piecesOf(sample, base, partId)) - 1) * 1000;
  for (;;) {
    await sample.run('K01', 'stockCounts.count', { id, partId, way: 'set', quantity });
    const { version } = await sample.run('K01', 'stockCounts.get', { id });
    const { state } = await sample.run('K01', 'stockCounts.close', { id, version, uncounted: 'zero' });
    if (state === 'counted') break;
  }
  const { version } = await sample.run('F01', 'stockCounts.get', { id });
  const { rows } = await sample.run('F01', 'stockCounts.lines', { id, which: 'all', limit: 50 });
  const reasons = rows.map((line) => ({ lineId: line.id, reason: '发料漏登记' }));
  await sample.run('F01', 'stockCounts.confirm', { id, version, reasons });
}

/** Left for whoever opens the sample to go on with. */
async function beginCount(sample: Sample, base: SetUp): Promise<void> {
  const { warehouseId } = base;
  await sample.run('K01', 'stockCounts.start', {
    warehouseId,
    scopeKind: 'class',
    scopeText: '空调',
    thresholdValue: 0,
  });
}

async function keepBack(sample: Sample, base: SetUp): Promise<void> {
  const today = businessDate(sample.clock.now, sample.environment.station.timeZone);
  for (const [number, reservedFor] of [
    ['COMP-BX', '陈女士 预订'],
    ['BACK-TV', '刘先生 预订'],
  ] as const) {
    const partId = base.parts.get(number)?.id ?? '';
    if ((await piecesOf(sample, base, partId)) < 1) continue;
    const untilOn = addDays(today, 7);
    const reservation = { warehouseId: base.warehouseId, partId, quantity: 1000, reservedFor, untilOn };
    await sample.run('C01', 'stock.reserve', reservation);
  }
}

/** Whole pieces in the main warehouse. */
async function piecesOf(sample: Sample, { warehouseId }: SetUp, partId: string): Promise<number> {
  const filters = [{ column: 'partId', op: 'equals', value: partId } as const];
  const { rows } = await sample.run('K01', 'stock.onHand', { filters, limit: 10 });
  const row = rows.find((one) => one.warehouseId === warehouseId);
  return Math.floor((row?.quantity ?? 0) / 1000);
}
