import { orderPay, type OrderPay } from '#domain/payroll/calculate.ts';
import { explain, type AnyExplanation, type DelayExplained } from '#domain/payroll/explanation.ts';
import type { AnyPayEntry, OtherEntry, PayEntry } from '#domain/payroll/types.ts';
import { grantedAppeals } from '#db/repositories/pay-appeals.ts';
import { payPeople, type PayEntryRow, type PersonPaid } from '#db/repositories/pay-entries.ts';
import { paidOrders, type PaidAward, type PaidOrder } from '#db/repositories/pay-orders.ts';
import { rulesWithin, type CodedRule } from '#db/repositories/pay-rules.ts';
import {
  deadlineRulesWithin,
  NO_TERMS,
  termsOn,
  type CodedDeadlineRule,
  type PayTerms,
  type Switch,
} from '#db/repositories/pay-terms.ts';
import type { Sql } from '#db/store.ts';

/** What orders pay and take by the rules, terms, rewards, penalties and appeals as they are now. */

export type Earned = Pick<
  PayEntryRow,
  'kind' | 'employeeId' | 'family' | 'ruleId' | 'awardId' | 'workTypeId' | 'amount' | 'explanation'
>;

/** Everything that decides what orders pay, but the orders: read once for many. */
export type PayBasis = Readonly<{
  rules: readonly CodedRule[];
  deadlineRules: readonly CodedDeadlineRule[];
  people: ReadonlyMap<string, PersonPaid>;
  awards: readonly PaidAward[];
  /** `<order> <kind> <employee number> <award>` of deductions that an appeal did away with. */
  granted: ReadonlySet<string>;
  /** Orders that are only looked up: whose work was done again. */
  others: readonly PaidOrder[];
}>;

/**
 * By order; an order that pays nothing has none.
 * @param today stands for a completion or audit that has no date of its own
 * @param changed the rules as they would be, to see what they would pay
 * @throws DomainError `pay.shares-not-100-percent`
 */
export async function deriveEarned(
  sql: Sql,
  ids: readonly string[],
  today: string,
  changed: (rules: readonly CodedRule[]) => readonly CodedRule[] = (rules) => rules,
): Promise<ReadonlyMap<string, readonly Earned[]>> {
  const { orders, awards } = await paidOrders(sql, ids, today);
  const published = await basisOf(sql, orders, awards, today);
  const basis = { ...published, rules: changed(published.rules) };
  const earned = new Map<string, readonly Earned[]>();
  const terms = new Map<string, PayTerms>();
  for (const { auditedOn } of orders) if (!terms.has(auditedOn)) terms.set(auditedOn, await termsOn(sql, auditedOn));
  for (const [auditedOn, some] of Map.groupBy(orders, (order) => order.auditedOn))
    for (const [id, entries] of earnedUnder(basis, terms.get(auditedOn) ?? NO_TERMS, some)) earned.set(id, entries);
  return earned;
}

async function basisOf(
  sql: Sql,
  orders: readonly PaidOrder[],
  awards: readonly PaidAward[],
  today: string,
): Promise<PayBasis> {
  const known = new Set(orders.map(({ id }) => id));
  const again = orders.flatMap(({ reworkOf }) => (reworkOf !== null && !known.has(reworkOf) ? [reworkOf] : []));
  const { orders: others } = await paidOrders(sql, [...new Set(again)], today);
  const all = [...orders, ...others];
  const days = all.map(({ completedOn }) => completedOn).toSorted();
  const [from, to] = [days[0] ?? today, days.at(-1) ?? today];
  const numbers = new Set<string>();
  for (const { technicians, items } of all) {
    for (const { employee } of technicians) numbers.add(employee);
    for (const { employee } of items) if (employee !== null) numbers.add(employee);
  }
  return {
    rules: (await rulesWithin(sql, from, to)).rules,
    deadlineRules: await deadlineRulesWithin(sql, from, to),
    people: await payPeople(sql, [...numbers]),
    awards,
    granted: await grantedAppeals(
      sql,
      orders.map(({ id }) => id),
    ),
    others,
  };
}

/** The orders under the same terms. */
function earnedUnder(
  basis: PayBasis,
  terms: PayTerms,
  orders: readonly PaidOrder[],
): ReadonlyMap<string, readonly Earned[]> {
  const { rules, deadlineRules, people, awards, others } = basis;
  const payOf = orderPay({
    employees: [...people.values()].map((person) => ({ ...person, carriedIn: 0 })),
    rules,
    orders: [...orders, ...others],
    workingHours: terms.workingHours,
    deadlineRules,
    items: awards,
    satisfaction: terms.satisfaction,
    rework: terms.rework,
  });
  const explained = explainer(basis, [...orders, ...others]);
  const earned = new Map<string, readonly Earned[]>();
  for (const order of orders) {
    const pay = payOf(order);
    const standing = pay.entries.filter((entry) => stands(basis, terms, order, entry));
    if (standing.length > 0)
      earned.set(
        order.id,
        standing.flatMap((entry) => earnedOf(basis, order, entry, explained(order, pay, entry))),
      );
  }
  return earned;
}

const SWITCH_OF: Readonly<Partial<Record<AnyPayEntry['kind'], Switch>>> = {
  deadline: 'deadline',
  satisfaction: 'dissatisfied',
  clawback: 'clawback',
};

/** A deduction that this company does without, or that an appeal did away with, is none. */
function stands({ granted }: PayBasis, { off }: PayTerms, order: PaidOrder, entry: AnyPayEntry): boolean {
  if (entry.amount >= 0) return true;
  const ofKind = SWITCH_OF[entry.kind];
  if (ofKind !== undefined && off.includes(ofKind)) return false;
  const award = entry.kind === 'penalty' ? entry.ruleId : '';
  return !granted.has(`${order.id} ${entry.kind} ${entry.employee} ${award ?? ''}`);
}

function earnedOf(
  { people }: PayBasis,
  order: PaidOrder,
  entry: AnyPayEntry,
  explanation: AnyExplanation | undefined,
): Earned[] {
  const person = people.get(entry.employee);
  if (!person || !explanation) return [];
  const isAward = entry.kind === 'reward' || entry.kind === 'penalty';
  return [
    {
      kind: entry.kind as Earned['kind'],
      employeeId: person.id,
      family: entry.kind === 'commission' ? entry.family : null,
      ruleId: entry.kind === 'commission' ? entry.ruleId : null,
      awardId: isAward ? entry.ruleId : null,
      workTypeId: isOfLabour(entry) ? (order.labour[entry.line ?? -1]?.workType ?? null) : null,
      amount: entry.amount,
      explanation: JSON.stringify(explanation),
    },
  ];
}

const isOfLabour = (entry: AnyPayEntry): entry is PayEntry => entry.kind === 'commission' && entry.family === 'labour';

type Explainer = (order: PaidOrder, pay: OrderPay, entry: AnyPayEntry) => AnyExplanation | undefined;

function explainer({ rules, deadlineRules, awards }: PayBasis, orders: readonly PaidOrder[]): Explainer {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const items = new Map(awards.map((award) => [award.id, award]));
  const deadlines = new Map(deadlineRules.map((rule) => [rule.id, rule]));
  const numbers = new Map(orders.map(({ id, number }) => [id, number]));
  const explainDeadline: Explainer = (order, pay, entry) => {
    const rule = deadlines.get(entry.ruleId ?? '');
    if (!rule || entry.kind === 'commission') return undefined;
    return other(entry, { ...NOTHING, rule: rule.code, capAmount: rule.capAmount, delay: delayOf(order, pay, rule) });
  };
  return (order, pay, entry) => {
    switch (entry.kind) {
      case 'commission': {
        const rule = byId.get(entry.ruleId);
        return rule && explain(entry, order, rule, order.subjects);
      }
      case 'deadline':
        return explainDeadline(order, pay, entry);
      case 'satisfaction':
        return other(entry, { ...NOTHING, subject: order.followUp ?? '' });
      case 'clawback':
        return other(entry, { ...NOTHING, rule: numbers.get(order.reworkOf ?? '') ?? '' });
      default: {
        const award = items.get(entry.ruleId ?? '');
        return award && other(entry, { ...NOTHING, rule: award.code, subject: award.name, reason: award.reason });
      }
    }
  };
}

const NOTHING = { rule: '', subject: '', reason: '', capAmount: null, delay: null } as const;

type Said = Readonly<{
  rule: string;
  subject: string;
  reason: string;
  capAmount: number | null;
  delay: DelayExplained | null;
}>;

function other({ kind, base, shareBp, share, rateBp }: OtherEntry, said: Said): AnyExplanation {
  return { component: kind as 'reward', ...said, base, shareBp, share, rateBp, tiers: null };
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
