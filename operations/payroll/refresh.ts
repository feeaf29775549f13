import type { OtherExplanation } from '#domain/payroll/explanation.ts';
import { ownAwardOf, type OwnAward } from '#db/repositories/pay-awards.ts';
import { insertPayEntries, standingOf, standingOfAward, type PayEntryRow } from '#db/repositories/pay-entries.ts';
import { auditedOnOf, withReworks } from '#db/repositories/pay-orders.ts';
import {
  calculatedPeriods,
  closedUntil,
  markStale,
  markStaleByOrders,
  type PayPeriod,
} from '#db/repositories/payslips.ts';
import type { CommandContext } from '../operation.ts';
import { deriverOf, type Deriver, type Earned } from './derive.ts';
import { noteLateChanges } from './late-changes.ts';
import { takePayTurn } from './pay-turn.ts';

export type Refreshed = Readonly<{ made: number; reversed: number; standing: readonly PayEntryRow[] }>;

/** Orders looked at together: enough that a statement is worth its while, few enough that memory is soon free again. */
export const ORDERS_AT_ONCE = 500;

/** Why pay is made right, where that matters. */
type Occasion = Readonly<{
  /** An audit is taken back: the dates of orders that were audited until now. */
  auditedBefore?: ReadonlyMap<string, string>;
  /** The period whose payslips are made next, from orders as they are then. */
  calculating?: string;
}>;

/**
 * Makes the entries of orders what they should be now: whatever changes what an order pays ends here. What is no longer right
 * is taken back by a counter-entry and what is missing is added, dated as the audit; in a period that takes in nothing more
 * both are dated today, and so fall into the next. An order that isn't audited pays nothing. Orders in which the work is
 * done again are looked at, too: what is given back for them is part of what was earned here. Of orders that count to the month
 * of a period that was calculated it is noted whose month is to be worked out again.
 * @throws DomainError `pay.shares-not-100-percent`
 */
export async function refreshPay(
  ctx: CommandContext,
  workOrderIds: readonly string[],
  { auditedBefore = new Map(), calculating }: Occasion = {},
): Promise<Refreshed> {
  await takePayTurn(ctx);
  const periods = await calculatedPeriods(ctx.trx, ctx.station.unitId);
  const closed = closedUntil(periods);
  const made = periods.filter(({ id }) => id !== calculating);
  await noteLateChanges(ctx, made, auditedBefore);
  const derive = deriverOf(ctx.trx, { unitId: ctx.station.unitId, today: ctx.today });
  const counts = { made: 0, reversed: 0 };
  const standing: PayEntryRow[] = [];
  const seen = new Set<string>();
  for (let from = 0; from < workOrderIds.length; from += ORDERS_AT_ONCE) {
    if (from > 0) await ctx.tell(from / workOrderIds.length);
    const lot = await withReworks(ctx.trx, workOrderIds.slice(from, from + ORDERS_AT_ONCE));
    const ids = lot.filter((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    const some = await refreshSome(ctx, derive, ids, { closed, made });
    counts.made += some.made;
    counts.reversed += some.reversed;
    if (workOrderIds.length <= ORDERS_AT_ONCE) standing.push(...some.standing);
  }
  return { ...counts, standing };
}

async function refreshSome(
  ctx: CommandContext,
  derive: Deriver,
  ids: readonly string[],
  { closed, made }: Readonly<{ closed: string; made: readonly PayPeriod[] }>,
): Promise<Refreshed> {
  const audited = await auditedOnOf(ctx.trx, ids);
  const wanted = await derive([...audited.keys()]);
  const before = Map.groupBy(await standingOf(ctx.trx, ids), ({ workOrderId }) => workOrderId);
  const changes: PayEntryRow[] = [];
  const standing: PayEntryRow[] = [];
  for (const id of ids) {
    const { kept, wrong, missing } = compared(before.get(id) ?? [], wanted.get(id) ?? []);
    const auditedOn = audited.get(id) ?? ctx.today;
    // Taken back first: so they stand in that sequence on the payslip, too.
    changes.push(...wrong.map((entry) => counterOf(ctx, entry, entry.earnedOn > closed ? entry.earnedOn : ctx.today)));
    const added = missing.map((earned) => entryOf(ctx, id, earned, auditedOn > closed ? auditedOn : ctx.today));
    changes.push(...added);
    standing.push(...kept, ...added);
  }
  await insertPayEntries(ctx.trx, changes);
  await markStaleByOrders(ctx.trx, ctx.station.unitId, ids);
  await noteLateChanges(ctx, made, audited);
  const reversed = changes.filter(({ reversesId }) => reversesId !== null).length;
  return { made: changes.length - reversed, reversed, standing };
}

/**
 * The same for a reward or penalty that is no order's: it pays as long as it stands, dated as it was given or, in a period that
 * takes in nothing more, today.
 */
export async function refreshAward(ctx: CommandContext, awardId: string): Promise<void> {
  await takePayTurn(ctx);
  const award = await ownAwardOf(ctx.trx, awardId);
  if (!award) return;
  const closed = closedUntil(await calculatedPeriods(ctx.trx, ctx.station.unitId));
  const dated = (day: string): string => (day > closed ? day : ctx.today);
  const wanted = award.state === 'standing' ? [earnedBy(award)] : [];
  const { wrong, missing } = compared(await standingOfAward(ctx.trx, awardId), wanted);
  await insertPayEntries(ctx.trx, [
    ...wrong.map((entry) => counterOf(ctx, entry, dated(entry.earnedOn))),
    ...missing.map((earned) => entryOf(ctx, null, earned, dated(award.givenOn))),
  ]);
  await markStale(ctx.trx, ctx.station.unitId, award.employeeId);
}

function earnedBy({ id: awardId, employeeId, kind, code, name, reason, amount }: OwnAward): Earned {
  const signed = kind === 'penalty' ? 0 - amount : amount;
  const explanation: OtherExplanation = {
    component: kind,
    rule: code,
    subject: name,
    reason,
    base: signed,
    shareBp: null,
    share: signed,
    rateBp: null,
    capAmount: null,
    delay: null,
    tiers: null,
  };
  const entry = { kind, employeeId, family: null, ruleId: null, workTypeId: null, awardId, amount: signed };
  return { ...entry, explain: () => explanation };
}

type Compared = Readonly<{ kept: PayEntryRow[]; wrong: PayEntryRow[]; missing: Earned[] }>;

/** Equal entries are paired, as many as there are of each. */
export function compared(before: readonly PayEntryRow[], wanted: readonly Earned[]): Compared {
  const missing = Map.groupBy(wanted, signature);
  const kept: PayEntryRow[] = [];
  const wrong: PayEntryRow[] = [];
  for (const entry of before) (missing.get(signature(entry))?.pop() ? kept : wrong).push(entry);
  return { kept, wrong, missing: [...missing.values()].flat() };
}

function signature({ kind, employeeId, family, ruleId, awardId, amount }: Omit<Earned, 'explain'>): string {
  return [kind, employeeId, family, ruleId, awardId, amount].join(' ');
}

function entryOf(
  ctx: CommandContext,
  workOrderId: string | null,
  { explain, ...earned }: Earned,
  earnedOn: string,
): PayEntryRow {
  const head = { id: ctx.newId(), unitId: ctx.station.unitId, workOrderId };
  return { ...head, ...earned, explanation: JSON.stringify(explain()), earnedOn, at: ctx.now, reversesId: null };
}

function counterOf(ctx: CommandContext, entry: PayEntryRow, earnedOn: string): PayEntryRow {
  return { ...entry, id: ctx.newId(), amount: 0 - entry.amount, earnedOn, at: ctx.now, reversesId: entry.id };
}
