import { z } from 'zod';
import { fieldOf, FIELDS, overlaps, vainRules, type Field, type World } from '#domain/payroll/contest.ts';
import { COMMISSION_WEIGHTS, DEADLINE_WEIGHTS, ranked, type Rule, type Weights } from '#domain/payroll/matching.ts';
import { rulePeople, rulesWithin } from '#db/repositories/pay-rules.ts';
import { deadlineRulesWithin } from '#db/repositories/pay-terms.ts';
import { defineQuery } from '../operation.ts';
import { SERVICE_MODES, WARRANTY_CLASSES } from './rule-input.ts';

const EVER = '9999-12-31';
const URGENCIES = ['normal', 'urgent'];
/** Of monthly tiers nothing of the kind is a condition. */
const OF_WORK = { warrantyClass: WARRANTY_CLASSES, serviceMode: SERVICE_MODES };
const OF_DEADLINES = { urgency: URGENCIES, serviceMode: SERVICE_MODES };

/**
 * What is odd about the rules in force today or later: two that are equally specific and pay for the same work, and such as
 * never pay. Neither is an error: the later of two wins, and which of them does is named.
 */
export const checkRules = defineQuery({
  name: 'payroll.checkRules',
  right: 'payroll.view',
  input: z.object({}),

  async run(ctx) {
    const { rules, tierRules } = await rulesWithin(ctx.sql, ctx.today, EVER);
    const deadlineRules = await deadlineRulesWithin(ctx.sql, ctx.today, EVER);
    const employees = await rulePeople(ctx.sql);
    const byField = Map.groupBy([...rules, ...tierRules], fieldOf);
    const found = FIELDS.map((field) => {
      const closed = field.startsWith('tier-') ? {} : OF_WORK;
      return oddities(field, byField.get(field) ?? [], COMMISSION_WEIGHTS, { employees, closed }, ctx.today);
    });
    return {
      commission: { overlaps: found.flatMap((one) => one.overlaps), vain: found.flatMap((one) => one.vain) },
      deadlines: oddities('deadline', deadlineRules, DEADLINE_WEIGHTS, { employees, closed: OF_DEADLINES }, ctx.today),
    };
  },
});

type Coded = Rule & Readonly<{ code: string }>;

function oddities(field: Field | 'deadline', rules: readonly Coded[], weights: Weights, world: World, today: string) {
  const inTurn = ranked(rules, weights);
  return {
    overlaps: overlaps(inTurn).map(({ winner, loser, from, to }) => ({
      winner: named(winner),
      loser: named(loser),
      from,
      to,
    })),
    vain: vainRules(field, inTurn, world, today).map(({ rule, why, by }) => ({
      rule: named(rule),
      why,
      by: by.map(named),
    })),
  };
}

const named = ({ id, code }: Coded) => ({ id, code });
