import { commissionEntries } from '#domain/payroll/commission.ts';
import { rankRules } from '#domain/payroll/matching.ts';
import { explain } from '#domain/payroll/explanation.ts';
import type { PayEntry, PayOrder } from '#domain/payroll/types.ts';
import { insertPayEntries, payPeople, standingEntries, type PayEntryRow } from '#db/repositories/pay-entries.ts';
import { rulesInForce } from '#db/repositories/pay-rules.ts';
import { workDoneOf, type OrderSheet, type WorkDone } from '#db/repositories/work-done.ts';
import type { Sql } from '#db/store.ts';
import type { CommandContext } from '../operation.ts';

/** What an order earns its technicians: worked out for a look beforehand, written at the audit, taken back with it. */

type EarningOrder = Pick<
  OrderSheet,
  'id' | 'kind' | 'warrantyClass' | 'category' | 'completedOn' | 'auditedOn' | 'discount'
>;

export type Earned = Pick<PayEntryRow, 'employeeId' | 'family' | 'ruleId' | 'amount' | 'explanation'>;

/**
 * @param today stands for a completion or audit that has no date of its own
 * @throws DomainError `pay.shares-not-100-percent`
 */
export async function earningsOf(sql: Sql, order: EarningOrder, done: WorkDone, today: string): Promise<Earned[]> {
  const payOrder = payOrderOf(order, done, today);
  const rules = await rulesInForce(sql, payOrder.completedOn);
  const people = await payPeople(
    sql,
    done.technicians.map((technician) => technician.employeeId),
  );
  const subjects = { labour: done.labour.map((line) => line.workType), parts: done.parts.map((line) => line.part) };
  return commissionEntries(payOrder, rankRules(rules), people).flatMap((entry) => {
    const rule = rules.find((candidate) => candidate.id === entry.ruleId);
    const person = people.get(entry.employee);
    if (!rule || !person) return [];
    const explanation = JSON.stringify(explain(entry, payOrder, rule, subjects));
    return [{ ...pick(entry), employeeId: person.id, explanation }];
  });
}

function pick({ family, ruleId, amount }: PayEntry) {
  return { family, ruleId, amount };
}

/** The kind of work (repair, installation, …) is what rules call the service mode. */
function payOrderOf(order: EarningOrder, done: WorkDone, today: string): PayOrder {
  return {
    id: order.id,
    serviceMode: order.kind,
    warrantyClass: order.warrantyClass,
    productCategory: order.category,
    completedOn: order.completedOn ?? today,
    auditedOn: order.auditedOn ?? today,
    technicians: done.technicians.map(({ number, shareBp }) => ({ employee: number, shareBp })),
    discount: order.discount,
    labour: done.labour.map(({ workTypeId, fee, labourCost, units }) => ({
      workType: workTypeId,
      fee,
      labourCost,
      units,
      technicians: [],
    })),
    parts: done.parts.map(({ partId, quantity, price, cost, charge }) => ({
      part: partId,
      quantity,
      price,
      cost,
      charge,
      soldBy: null,
    })),
  };
}

/** Writes what the order earns, dated today. @throws DomainError `pay.shares-not-100-percent` */
export async function makePayEntries(ctx: CommandContext, order: EarningOrder): Promise<Earned[]> {
  const earned = await earningsOf(ctx.trx, order, await workDoneOf(ctx.trx, order.id), ctx.today);
  await writeEarned(ctx, order.id, earned);
  return earned;
}

/**
 * Takes back what stands of the order's entries by counter-entries dated today: an entry of a locked period stays where
 * it was paid, and its counter-entry falls into the next one.
 */
export async function reversePayEntries(ctx: CommandContext, workOrderId: string): Promise<number> {
  const standing = await standingEntries(ctx.trx, workOrderId);
  const counters = standing.map((entry) => ({
    ...entry,
    id: ctx.newId(),
    amount: 0 - entry.amount,
    earnedOn: ctx.today,
    at: ctx.now,
    reversesId: entry.id,
  }));
  await insertPayEntries(ctx.trx, counters);
  return counters.length;
}

/** After the discount was changed at the counter: a percentage taken after discount is another one now. */
export async function correctPayEntries(ctx: CommandContext, order: EarningOrder): Promise<void> {
  const standing = await standingEntries(ctx.trx, order.id);
  const earned = await earningsOf(ctx.trx, order, await workDoneOf(ctx.trx, order.id), ctx.today);
  if (signature(standing) === signature(earned)) return;
  await reversePayEntries(ctx, order.id);
  await writeEarned(ctx, order.id, earned);
}

function signature(entries: readonly Earned[]): string {
  const lines = entries.map(({ employeeId, ruleId, family, amount }) => `${employeeId} ${ruleId} ${family} ${amount}`);
  return lines.toSorted().join('\n');
}

async function writeEarned(ctx: CommandContext, workOrderId: string, earned: readonly Earned[]): Promise<void> {
  const entries = earned.map((one) => ({
    ...one,
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    workOrderId,
    earnedOn: ctx.today,
    at: ctx.now,
    reversesId: null,
  }));
  await insertPayEntries(ctx.trx, entries);
}
