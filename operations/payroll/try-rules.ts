import { z } from 'zod';
import { asTried } from '#domain/payroll/contest.ts';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { rankTiers, tierEntries } from '#domain/payroll/monthly.ts';
import type { EntryKind } from '#db/repositories/pay-entries.ts';
import { auditedWithin } from '#db/repositories/pay-orders.ts';
import {
  codedRule,
  ruleChoices,
  rulesWithin,
  sorted,
  type CodedRule,
  type CodedTierRule,
  type RuleChoices,
  type RulesWithin,
} from '#db/repositories/pay-rules.ts';
import { namesOf, paidByRule, paidPeople, paidTiers, type NamedPerson } from '#db/repositories/pay-trials.ts';
import { requirePeriod, type PayPeriod } from '#db/repositories/payslips.ts';
import type { Sql } from '#db/store.ts';
import { id } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { deriverOf } from './derive.ts';
import { monthsOfOrders } from './months.ts';
import { requirePeriodState } from './period-state.ts';
import { ORDERS_AT_ONCE } from './refresh.ts';
import { ruleFaults, ruleFields, ruleRow, type RuleInput } from './rule-input.ts';

const trial = z.object({
  periodId: id(),
  /** Published or not: as if they had been in force all the time. */
  add: z.array(ruleFields).max(20).default([]),
  /** Ids of rules that are left out. */
  end: z.array(id()).max(200).default([]),
});

type Kind = EntryKind | 'tier';
/** Fen. `draft`: place in `add`; of a deduction, a reward or what a customer said, the rule is null. */
type Amount = Readonly<{ employeeId: string; kind: Kind; ruleId: string | null; amount: number }>;

/**
 * What other rules would have paid for the orders of a calculated period, beside what was paid for them, by person and by rule.
 * The sums of both are the same. Base pay, satisfaction by the month and rewards of no order don't depend on rules and are left
 * out. Changes nothing.
 * @throws DomainError `pay-period.wrong-state`, `not-found`, `input.invalid`, `pay.shares-not-100-percent`
 */
export const tryRules = defineQuery({
  name: 'payroll.tryRules',
  right: 'payroll.rules',
  input: trial,

  async run(ctx, { periodId, add, end }) {
    const period = await requirePeriod(ctx.sql, periodId);
    requirePeriodState(period, ['calculated', 'reviewed', 'locked', 'paid']);
    const known = await ruleChoices(ctx.sql);
    requireSound(add, known);
    const drafts = sorted(add.map((rule, place) => draftOf(rule, place, known)));
    const ended = new Set(end);
    const wanted = [
      ...(await fromOrders(ctx, period, (rules) => asTried(rules, ended, drafts.rules))),
      ...(await fromMonth(ctx.sql, period, ended, drafts)),
    ];
    const paid = await paidFor(ctx.sql, period);
    const people = await namesOf(ctx.sql, [...new Set([...paid, ...wanted].map(({ employeeId }) => employeeId))]);
    return {
      period,
      people: byPerson(paid, wanted, people),
      rules: byRule(paid, wanted),
      paid: sumOf(paid),
      tried: sumOf(wanted),
    };
  },
});

function requireSound(add: readonly RuleInput[], known: RuleChoices): void {
  const faults: FieldFault[] = add.flatMap((rule, place) =>
    ruleFaults(rule, known).map((fault) => ({ ...fault, path: `add.${place}.${fault.path}` })),
  );
  if (faults.length > 0) throw new DomainError('input.invalid', { faults });
}

const DRAFT = 'draft-';

function draftOf(input: RuleInput, place: number, known: RuleChoices): CodedRule | CodedTierRule {
  const row = { ...ruleRow(input), id: `${DRAFT}${place}`, unitId: '', version: 1, createdAt: 0 };
  const employee = known.employees.find(({ id: employeeId }) => employeeId === row.whenEmployee);
  return { ...codedRule(row, employee?.number ?? null), validFrom: null, validTo: null };
}

async function fromOrders(
  ctx: QueryContext,
  { unitId, fromOn, toOn }: PayPeriod,
  changed: (rules: readonly CodedRule[]) => readonly CodedRule[],
): Promise<Amount[]> {
  const ids = await auditedWithin(ctx.sql, unitId, { from: fromOn, to: toOn });
  const derive = deriverOf(ctx.sql, { unitId, today: ctx.today }, changed);
  const sums = new Map<string, Amount>();
  for (let from = 0; from < ids.length; from += ORDERS_AT_ONCE) {
    const earned = await derive(ids.slice(from, from + ORDERS_AT_ONCE));
    for (const entries of earned.values())
      for (const { employeeId, kind, ruleId, amount } of entries) {
        const key = `${employeeId} ${kind} ${ruleId}`;
        sums.set(key, { employeeId, kind, ruleId, amount: (sums.get(key)?.amount ?? 0) + amount });
      }
  }
  return [...sums.values()];
}

async function fromMonth(
  sql: Sql,
  { id: periodId, unitId, fromOn, toOn }: PayPeriod,
  ended: ReadonlySet<string>,
  drafts: RulesWithin,
): Promise<Amount[]> {
  const { tierRules } = await rulesWithin(sql, toOn, toOn);
  const tiers = rankTiers(asTried(tierRules, ended, drafts.tierRules));
  const months = await monthsOfOrders(sql, await auditedWithin(sql, unitId, { from: fromOn, to: toOn }));
  return (await paidPeople(sql, periodId)).flatMap((person) =>
    tierEntries(person, months.get(person.number), tiers, toOn).map(({ ruleId, amount }) => ({
      employeeId: person.id,
      kind: 'tier' as const,
      ruleId,
      amount,
    })),
  );
}

async function paidFor(sql: Sql, { id: periodId, unitId, fromOn, toOn }: PayPeriod): Promise<Amount[]> {
  const { tierRules } = await rulesWithin(sql, toOn, toOn);
  const ofCode = new Map(tierRules.map((rule) => [rule.code, rule.id]));
  const tiers = (await paidTiers(sql, periodId)).map(({ employeeId, amount, explanation }) => {
    const { why } = JSON.parse(explanation) as { why: { rule: string } };
    return { employeeId, kind: 'tier' as const, ruleId: ofCode.get(why.rule) ?? null, amount };
  });
  return [...(await paidByRule(sql, unitId, fromOn, toOn)), ...tiers];
}

const sumOf = (amounts: readonly Amount[]): number => amounts.reduce((sum, { amount }) => sum + amount, 0);

function byPerson(paid: readonly Amount[], tried: readonly Amount[], people: ReadonlyMap<string, NamedPerson>) {
  const before = Map.groupBy(paid, ({ employeeId }) => employeeId);
  const after = Map.groupBy(tried, ({ employeeId }) => employeeId);
  return [...people.values()]
    .map((person) => ({
      ...person,
      paid: sumOf(before.get(person.id) ?? []),
      tried: sumOf(after.get(person.id) ?? []),
    }))
    .toSorted((a, b) => (a.number < b.number ? -1 : 1));
}

/** Rules first, by what they pay; drafts by their place in what was asked; what isn't paid by a rule is one row of its kind. */
function byRule(paid: readonly Amount[], tried: readonly Amount[]) {
  const keyOf = ({ kind, ruleId }: Amount) => `${ruleId ?? ''} ${kind}`;
  const [before, after] = [Map.groupBy(paid, keyOf), Map.groupBy(tried, keyOf)];
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((key) => {
    const [was, would] = [before.get(key) ?? [], after.get(key) ?? []];
    const first = was[0] ?? would[0];
    if (first === undefined) return [];
    const { kind, ruleId } = first;
    const isDraft = ruleId?.startsWith(DRAFT) === true;
    const draft = isDraft ? Number(ruleId.slice(DRAFT.length)) : null;
    return [{ kind, ruleId: isDraft ? null : ruleId, draft, paid: sumOf(was), tried: sumOf(would) }];
  });
}
