import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import { whenOpen } from './agenda.ts';
import { DEVICES, FAMILY_NAMES, GIVEN_NAMES, STREETS } from './catalogue.ts';
import type { Random } from './random.ts';
import type { Sample } from './sample.ts';
import type { SetUp } from './set-up.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Device = (typeof DEVICES)[number];
type Repair = Device['repairs'][number];
type Job = Readonly<{ id: string; device: Device; repair: Repair; technician: string; isOnSite: boolean }>;

/** Plans the work of so many days from `start` (ms UTC); returns how many orders come in. */
export function planDays(sample: Sample, base: SetUp, start: number, days: number): number {
  const { random, agenda } = sample;
  let orders = 0;
  for (let day = 0; day <= days; day++) {
    const arrivals = random.between(5, 11);
    for (let n = 0; n < arrivals; n++) {
      agenda.plan(whenOpen(start + day * DAY + random.between(0, 9 * 60) * MINUTE), () => intake(sample, base));
      orders++;
    }
  }
  return orders;
}

async function intake(sample: Sample, base: SetUp): Promise<void> {
  const { random, clock, agenda } = sample;
  const device = random.pick(DEVICES);
  const isOnSite = device.isOnSite && random.chance(0.6);
  const street = `${random.pick(STREETS)} ${random.between(1, 900)} 号`;
  const { id } = await sample.run(random.pick(['C01', 'C02']), 'workOrders.registerIntake', {
    customer: await customerOf(sample, street),
    device: boughtDevice(random, device),
    storeId: random.chance(0.25) ? random.pick(base.storeIds) : null,
    warrantyClass: random.chance(0.7) ? 'out' : random.chance(0.8) ? 'in' : 'vendor',
    symptom: random.pick(device.symptoms),
    estimate: random.between(10, 60) * 1000,
    ...urgencyAndPromise(sample),
    ...(isOnSite ? onSite(street) : carriedIn(random, device)),
  });
  const technician = random.pick(['T01', 'T01', 'T02', 'T02', 'T03', 'T04']);
  const job = { id, device, repair: random.pick(device.repairs), technician, isOnSite };
  if (random.chance(0.04)) return agenda.plan(soon(sample, 20, 200), () => cancel(sample, job));
  // Some of the last day's work is left for whoever opens the sample to dispatch.
  const isLeft = clock.now > sample.until - DAY && random.chance(0.5);
  if (!isLeft) agenda.plan(soon(sample, 10, 240), () => dispatch(sample, base, job));
}

function boughtDevice(random: Random, device: Device) {
  return {
    category: device.category,
    brand: random.pick(device.brands),
    model: random.pick(device.models),
    serial: `SN${random.between(100_000, 999_999)}${random.between(1000, 9999)}`,
    placeOfPurchase: random.chance(0.5) ? '苏宁静安店' : '网上商城',
    boughtOn: `20${random.between(17, 25)}-0${random.between(1, 9)}-${random.between(10, 28)}`,
  };
}

function urgencyAndPromise({ random, clock }: Sample) {
  const isUrgent = random.chance(0.15);
  const promisedAt = whenOpen(clock.now + (isUrgent ? 6 * HOUR : random.between(1, 4) * DAY));
  return { urgency: isUrgent ? 'urgent' : 'normal', promisedAt } as const;
}

const onSite = (street: string) => ({ mode: 'on-site', channel: 'phone', visitAddress: street }) as const;

function carriedIn(random: Random, { accessories }: Device) {
  return {
    mode: 'carry-in',
    channel: 'counter',
    accessories: accessories.length === 0 ? '' : random.pick(accessories),
    appearance: random.pick(['良好', '有划痕', '外壳有裂']),
    deposit: random.chance(0.3) ? { amount: 5_000, method: random.pick(['cash', 'wechat', 'alipay'] as const) } : null,
  } as const;
}

/** Every sixth is somebody who came before. */
async function customerOf(sample: Sample, street: string) {
  const { random } = sample;
  const fresh = {
    name: random.pick(FAMILY_NAMES) + random.pick(GIVEN_NAMES),
    phone: `13${random.between(100_000_000, 999_999_999)}`,
    address: street,
  };
  if (!random.chance(0.17)) return fresh;
  const { hits } = await sample.run('C01', 'customers.search', { fragment: `13${random.between(1, 9)}`, limit: 5 });
  const known = hits.find((hit) => hit.customer !== null)?.customer;
  return known ? { id: known.id } : fresh;
}

function soon({ clock, random }: Sample, lowMinutes: number, highMinutes: number): number {
  return whenOpen(clock.now + random.between(lowMinutes, highMinutes) * MINUTE);
}

function orderOf(sample: Sample, job: Job): Promise<WorkOrder> {
  return sample.environment.store.read((sql) => requireRow<WorkOrder>(sql, 'work_orders', job.id, 'workOrder'));
}

async function versionOf(sample: Sample, job: Job): Promise<{ id: string; version: number }> {
  const { id, version } = await orderOf(sample, job);
  return { id, version };
}

async function cancel(sample: Sample, job: Job): Promise<void> {
  const { received } = await sample.run('C01', 'billing.statement', { workOrderId: job.id });
  if (received > 0) {
    await sample.run('C01', 'billing.refundDeposit', {
      workOrderId: job.id,
      method: 'cash',
      expectedReceived: received,
    });
  }
  const reason = sample.random.pick(['客户改期', '客户自行解决', '报价不接受']);
  await sample.run('C01', 'workOrders.cancel', { ...(await versionOf(sample, job)), reason });
}

async function dispatch(sample: Sample, base: SetUp, job: Job): Promise<void> {
  const technicianId = base.employeeIds.get(job.technician) ?? '';
  await sample.run('D01', 'dispatch.assign', { ...(await versionOf(sample, job)), technicianId });
  sample.agenda.plan(soon(sample, 5, 90), () => accept(sample, base, job));
}

async function accept(sample: Sample, base: SetUp, job: Job): Promise<void> {
  await sample.run(job.technician, 'workOrders.accept', await versionOf(sample, job));
  const startsAt = job.isOnSite ? soon(sample, 60, 30 * 60) : soon(sample, 10, 8 * 60);
  if (job.isOnSite)
    await sample.run(job.technician, 'workOrders.appoint', { ...(await versionOf(sample, job)), at: startsAt });
  sample.agenda.plan(startsAt, () => start(sample, base, job));
}

async function start(sample: Sample, base: SetUp, job: Job): Promise<void> {
  await sample.run(job.technician, 'workOrders.start', await versionOf(sample, job));
  const { random, agenda } = sample;
  if (random.chance(0.06)) return agenda.plan(soon(sample, 40, 120), () => giveUp(sample, job));
  if (random.chance(0.08)) return agenda.plan(soon(sample, 20, 60), () => waitForParts(sample, base, job));
  agenda.plan(soon(sample, 30, 200), () => finish(sample, base, job));
}

async function giveUp(sample: Sample, job: Job): Promise<void> {
  await sample.run(job.technician, 'workOrders.giveUp', {
    ...(await versionOf(sample, job)),
    reason: sample.random.pick(['配件停产', '维修价高于新机', '主体锈蚀']),
  });
  sample.agenda.plan(nextAudit(sample), () => audit(sample, job));
}

async function waitForParts(sample: Sample, base: SetUp, job: Job): Promise<void> {
  await sample.run(job.technician, 'workOrders.waitForParts', {
    ...(await versionOf(sample, job)),
    reason: '等配件到货',
  });
  sample.agenda.plan(soon(sample, 24 * 60, 96 * 60), async () => {
    await sample.run(job.technician, 'workOrders.resume', await versionOf(sample, job));
    sample.agenda.plan(soon(sample, 30, 120), () => finish(sample, base, job));
  });
}

async function finish(sample: Sample, base: SetUp, job: Job): Promise<void> {
  try {
    await drawParts(sample, base, job);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'stock.insufficient')) throw error;
    return waitForParts(sample, base, job); // as it would be at a real station
  }
  await complete(sample, base, job);
  sample.agenda.plan(nextAudit(sample), () => audit(sample, job));
}

async function drawParts(sample: Sample, base: SetUp, job: Job): Promise<void> {
  const [, , , partNumbers] = job.repair;
  if (partNumbers.length === 0) return;
  const order = await orderOf(sample, job);
  const charge = ({ out: 'customer', in: 'warranty', vendor: 'vendor' } as const)[order.warrantyClass];
  const lines = partNumbers.map((number) => {
    const part = base.parts.get(number);
    if (!part) throw new Error(`no part ${number}`);
    return { partId: part.id, warehouseId: base.warehouseId, quantity: 1000, price: part.salePrice, charge };
  });
  await sample.run(job.technician, 'jobs.saveMaterial', { workOrderId: job.id, version: order.version, lines });
}

async function complete(sample: Sample, base: SetUp, job: Job): Promise<void> {
  const { random } = sample;
  const workType = base.workTypes.get(random.pick(['minor', 'minor', 'medium', 'medium', 'major', 'clean']));
  const own = base.employeeIds.get(job.technician) ?? '';
  const helper = base.employeeIds.get('T04') ?? '';
  const isShared = job.technician !== 'T04' && random.chance(0.2);
  const technicians = isShared
    ? [
        { employeeId: own, shareBp: 7_000 },
        { employeeId: helper, shareBp: 3_000 },
      ]
    : [{ employeeId: own, shareBp: 10_000 }];
  const [fault, cause, action] = job.repair;
  const { version, warrantyClass } = await orderOf(sample, job);
  await sample.run(job.technician, 'jobs.complete', {
    id: job.id,
    version,
    fault,
    cause,
    action,
    technicians,
    labour: [{ workTypeId: workType?.id ?? '', fee: workType?.fee ?? 0 }],
    travelFee: job.isOnSite ? 3_000 : 0,
    discount: warrantyClass === 'out' && random.chance(0.1) ? 1_000 : 0,
  });
}

function nextAudit({ clock, random }: Sample): number {
  return whenOpen(clock.now + random.between(4, 30) * HOUR);
}

async function audit(sample: Sample, job: Job): Promise<void> {
  await sample.run('A01', 'audit.approve', await versionOf(sample, job));
  if (!job.isOnSite) await sample.run('C01', 'workOrders.notifyReady', await versionOf(sample, job));
  sample.agenda.plan(soon(sample, 60, 40 * 60), () => settle(sample, job));
}

async function settle(sample: Sample, job: Job): Promise<void> {
  const { due } = await sample.run('C01', 'billing.statement', { workOrderId: job.id });
  const method = sample.random.pick(['cash', 'wechat', 'wechat', 'alipay', 'card'] as const);
  await sample.run('C01', 'billing.settle', { ...(await versionOf(sample, job)), method, expectedDue: due });
  sample.agenda.plan(soon(sample, 1, 20), async () => {
    await sample.run('C01', 'workOrders.handOver', await versionOf(sample, job));
    if (sample.random.chance(0.7)) sample.agenda.plan(soon(sample, 24 * 60, 72 * 60), () => askBack(sample, job));
  });
}

/** What the customer says of it afterwards. */
async function askBack(sample: Sample, job: Job): Promise<void> {
  const { random } = sample;
  const result = random.chance(0.66) ? 'very_satisfied' : random.chance(0.8) ? 'satisfied' : 'dissatisfied';
  await sample.run('A01', 'workOrders.setFollowUp', { ...(await versionOf(sample, job)), result });
}
