import { orderPay, type OrderPay, type PayBasis } from '#domain/payroll/calculate.ts';
import { explain, type AnyExplanation, type DelayExplained } from '#domain/payroll/explanation.ts';
import { rankDeadlines, rankRules } from '#domain/payroll/matching.ts';
import type { AnyPayEntry, OtherEntry, PayEntry } from '#domain/payroll/types.ts';
import { workingCalendar, type WorkingCalendar } from '#domain/payroll/working-time.ts';
import { grantedAppeals } from '#db/repositories/pay-appeals.ts';
import type { PayEntryRow, PersonPaid } from '#db/repositories/pay-entries.ts';
import {
  emptyCatalogue,
  paidOrders,
  type PaidAward,
  type PaidOrder,
  type PayCatalogue,
} from '#db/repositories/pay-orders.ts';
import { rulesWithin, type CodedRule } from '#db/repositories/pay-rules.ts';
import {
  deadlineRulesWithin,
  termsOn,
  type CodedDeadlineRule,
  type PayTerms,
  type Switch,
} from '#db/repositories/pay-terms.ts';
import { timeZoneOf } from '#db/repositories/units.ts';
import type { Sql } from '#db/store.ts';

/** What orders pay and take by the rules, terms, rewards, penalties and appeals as they are now. */

export type Earned = Pick<
  PayEntryRow,
  'kind' | 'employeeId' | 'family' | 'ruleId' | 'awardId' | 'workTypeId' | 'amount'
> &
  /** Made when it is wanted: most entries are only compared with those that stand already. */
  Readonly<{ explain: () => AnyExplanation }>;

/**
 * By order; an order that pays nothing has none.
 * @throws DomainError `pay.shares-not-100-percent`
 */
export type Deriver = (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly Earned[]>>;

/**
 * To be kept for many orders, one lot after the other: rules, terms, people and names are read when the first order needs them.
 * @param unit whose orders they all are; today stands for a completion or audit that has no date of its own
 * @param changed the rules as they would be, to see what they would pay
 */
export function deriverOf(
  sql: Sql,
  { unitId, today }: Readonly<{ unitId: string; today: string }>,
  changed: (rules: readonly CodedRule[]) => readonly CodedRule[] = (rules) => rules,
): Deriver {
  const ground: Ground = { unitId, known: emptyCatalogue(), employees: new Map(), terms: new Map(), rules: NO_RULES };
  return async (ids) => {
    const lot = await lotOf(sql, ids, today, ground.known);
    ground.rules = await rulesFor(sql, lot, ground.rules, changed);
    await learn(sql, lot, ground);
    const earned = new Map<string, readonly Earned[]>();
    for (const order of lot.orders) {
      const own = earnedBy(ground, lot, order);
      if (own.length > 0) earned.set(order.id, own);
    }
    return earned;
  };
}

/** What is the same for many orders. */
type Ground = {
  readonly unitId: string;
  readonly known: PayCatalogue;
  /** By number. */
  readonly employees: Map<string, PersonPaid>;
  /** By the day of the audit. */
  readonly terms: Map<string, Terms>;
  rules: Rules;
};

/** With the working hours as the unit's clocks show them. */
type Terms = PayTerms & Readonly<{ calendar: WorkingCalendar | null }>;

/** Those in force on a day at least of the time. */
type Rules = Pick<PayBasis, 'rules' | 'deadlineRules'> &
  Readonly<{
    from: string;
    to: string;
    byId: ReadonlyMap<string, CodedRule>;
    deadlinesById: ReadonlyMap<string, CodedDeadlineRule>;
  }>;

const NO_RULES: Rules = {
  rules: rankRules([]),
  deadlineRules: rankDeadlines([]),
  from: '9999-12-31',
  to: '',
  byId: new Map(),
  deadlinesById: new Map(),
};

/** Orders that are looked at together. */
type Lot = Readonly<{
  orders: readonly PaidOrder[];
  /** With those that are looked up: whose work was done again, on whatever day they were audited themselves. */
  byId: ReadonlyMap<string, PaidOrder>;
  awards: ReadonlyMap<string, PaidAward>;
  /** `<order> <kind> <employee number> <award>` of deductions that an appeal did away with. */
  granted: ReadonlySet<string>;
}>;

async function lotOf(sql: Sql, ids: readonly string[], today: string, known: PayCatalogue): Promise<Lot> {
  const { orders, awards } = await paidOrders(sql, ids, today, known);
  const byId = new Map(orders.map((order) => [order.id, order]));
  const again = new Set<string>();
  for (const { reworkOf } of orders) if (reworkOf !== null && !byId.has(reworkOf)) again.add(reworkOf);
  for (const other of (await paidOrders(sql, [...again], today, known)).orders) byId.set(other.id, other);
  const granted = await grantedAppeals(sql, ids);
  return { orders, byId, awards: new Map(awards.map((award) => [award.id, award])), granted };
}

/** The rules that are known, or those of a longer time where orders were completed before or after it. */
async function rulesFor(
  sql: Sql,
  { byId }: Lot,
  known: Rules,
  changed: (rules: readonly CodedRule[]) => readonly CodedRule[],
): Promise<Rules> {
  let { from, to } = known;
  for (const { completedOn } of byId.values()) {
    if (completedOn < from) from = completedOn;
    if (completedOn > to) to = completedOn;
  }
  if (from === known.from && to === known.to) return known;
  const rules = changed((await rulesWithin(sql, from, to)).rules);
  const deadlineRules = await deadlineRulesWithin(sql, from, to);
  return {
    rules: rankRules(rules),
    deadlineRules: rankDeadlines(deadlineRules),
    from,
    to,
    byId: new Map(rules.map((rule) => [rule.id, rule])),
    deadlinesById: new Map(deadlineRules.map((rule) => [rule.id, rule])),
  };
}

async function learn(sql: Sql, { orders }: Lot, { unitId, known, employees, terms }: Ground): Promise<void> {
  if (employees.size < known.people.size)
    for (const person of known.people.values()) employees.set(person.number, person);
  for (const { auditedOn } of orders) {
    if (terms.has(auditedOn)) continue;
    const published = await termsOn(sql, auditedOn);
    const { workingHours } = published;
    const calendar = workingHours && workingCalendar({ ...workingHours, timeZone: await timeZoneOf(sql, unitId) });
    terms.set(auditedOn, { ...published, calendar });
  }
}

function earnedBy(ground: Ground, lot: Lot, order: PaidOrder): Earned[] {
  const terms = ground.terms.get(order.auditedOn);
  if (!terms) return [];
  const { rules, deadlineRules } = ground.rules;
  const { calendar, satisfaction, rework } = terms;
  const { employees } = ground;
  const pay = orderPay(
    { employees, rules, deadlineRules, calendar, items: lot.awards, satisfaction, rework, orders: lot.byId },
    order,
  );
  const earned: Earned[] = [];
  for (const entry of pay.entries) {
    const person = employees.get(entry.employee);
    if (person && stands(lot, terms, order, entry)) earned.push(earnedAs(ground, lot, { order, pay, entry }, person));
  }
  return earned;
}

const SWITCH_OF: Readonly<Partial<Record<AnyPayEntry['kind'], Switch>>> = {
  deadline: 'deadline',
  satisfaction: 'dissatisfied',
  clawback: 'clawback',
};

/** A deduction that this company does without, or that an appeal did away with, is none. */
function stands({ granted }: Lot, { off }: PayTerms, order: PaidOrder, entry: AnyPayEntry): boolean {
  if (entry.amount >= 0) return true;
  const ofKind = SWITCH_OF[entry.kind];
  if (ofKind !== undefined && off.includes(ofKind)) return false;
  const award = entry.kind === 'penalty' ? entry.ruleId : '';
  return granted.size === 0 || !granted.has(`${order.id} ${entry.kind} ${entry.employee} ${award ?? ''}`);
}

/** An entry of an order, with all that the order pays. */
type OfOrder = Readonly<{ order: PaidOrder; pay: OrderPay; entry: AnyPayEntry }>;

function earnedAs({ known, rules }: Ground, lot: Lot, of: OfOrder, { id: employeeId }: PersonPaid): Earned {
  const { entry, order } = of;
  const isAward = entry.kind === 'reward' || entry.kind === 'penalty';
  return {
    kind: entry.kind as Earned['kind'],
    employeeId,
    family: entry.kind === 'commission' ? entry.family : null,
    ruleId: entry.kind === 'commission' ? entry.ruleId : null,
    awardId: isAward ? entry.ruleId : null,
    workTypeId: isOfLabour(entry) ? (order.labour[entry.line ?? -1]?.workType ?? null) : null,
    amount: entry.amount,
    explain: () => explained(known, rules, lot, of),
  };
}

const isOfLabour = (entry: AnyPayEntry): entry is PayEntry => entry.kind === 'commission' && entry.family === 'labour';

/** @throws RangeError where what it was made by isn't there, which it is */
function explained(known: PayCatalogue, rules: Rules, lot: Lot, { order, pay, entry }: OfOrder): AnyExplanation {
  switch (entry.kind) {
    case 'commission': {
      return explain(entry, order, there(rules.byId.get(entry.ruleId)), subjectOf(known, order, entry));
    }
    case 'deadline': {
      const rule = there(rules.deadlinesById.get(entry.ruleId ?? ''));
      return other(entry, { rule: rule.code, capAmount: rule.capAmount, delay: delayOf(order, pay, rule) });
    }
    case 'satisfaction':
      return other(entry, { subject: order.followUp ?? '' });
    case 'clawback':
      return other(entry, { rule: lot.byId.get(order.reworkOf ?? '')?.number ?? '' });
    default: {
      const { code: rule, name: subject, reason } = there(lot.awards.get(entry.ruleId ?? ''));
      return other(entry, { rule, subject, reason });
    }
  }
}

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new RangeError('paid by nothing');
  return found;
}

/** Name of the work type or the part; empty for the job as a whole. */
function subjectOf({ workTypes, parts }: PayCatalogue, order: PaidOrder, { family, line }: PayEntry): string {
  if (line === null) return '';
  const [id, names] =
    family === 'labour' ? [order.labour[line]?.workType, workTypes] : [order.parts[line]?.part, parts];
  return names.get(id ?? '')?.name ?? '';
}

const NOTHING = { rule: '', subject: '', reason: '', capAmount: null, delay: null } as const;

type Said = Readonly<{
  rule: string;
  subject: string;
  reason: string;
  capAmount: number | null;
  delay: DelayExplained | null;
}>;

function other({ kind, base, shareBp, share, rateBp }: OtherEntry, said: Partial<Said>): AnyExplanation {
  return { component: kind as 'reward', ...NOTHING, ...said, base, shareBp, share, rateBp, tiers: null };
}

const MINUTE = 60_000;

function delayOf({ doneAt }: PaidOrder, { dueAt, delay }: OrderPay, rule: CodedDeadlineRule): DelayExplained {
  const { limitMinutes, graceMinutes, unitMinutes, amountPerUnit } = rule;
  const lateMinutes = Math.ceil(delay / MINUTE);
  return {
    dueAt: dueAt ?? 0,
    doneAt: doneAt ?? 0,
    lateMinutes,
    limitMinutes,
    graceMinutes,
    unitMinutes,
    amountPerUnit,
  };
}
