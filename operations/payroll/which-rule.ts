import { z } from 'zod';
import { contest, fieldOf, FIELDS } from '#domain/payroll/contest.ts';
import { COMMISSION_WEIGHTS, ranked } from '#domain/payroll/matching.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { Employee } from '#db/repositories/organisation.ts';
import { rulesWithin } from '#db/repositories/pay-rules.ts';
import { businessDay, id, text } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { SERVICE_MODES, WARRANTY_CLASSES } from './rule-input.ts';

/** Of all times: whoever asks may think of a rule that has ended. */
const EVER = ['0001-01-01', '9999-12-31'] as const;
/** Others that are named for each, at most. */
const MOST = 20;

const work = z.object({
  employeeId: id(),
  workTypeId: id().nullable().default(null),
  productCategory: text(100).nullable().default(null),
  warrantyClass: z.enum(WARRANTY_CLASSES).nullable().default(null),
  serviceMode: z.enum(SERVICE_MODES).nullable().default(null),
  /** Of completion; of monthly tiers the period's last day. */
  on: businessDay(),
});

/** Which rule pays somebody for a piece of work on a date, for each of what can be paid; and why the others don't. */
export const whichRule = defineQuery({
  name: 'payroll.whichRule',
  right: 'payroll.view',
  input: work,

  async run(ctx, input) {
    const { number, grade, unitId } = await requireRow<Employee>(ctx.sql, 'employees', input.employeeId, 'employee');
    const { rules, tierRules } = await rulesWithin(ctx.sql, ...EVER);
    const all = Map.groupBy([...rules, ...tierRules], fieldOf);
    const person = { employee: number, grade, unit: unitId };
    const { workTypeId, productCategory, warrantyClass, serviceMode } = input;
    const job = { ...person, workType: null, productCategory, warrantyClass, serviceMode };
    return {
      fields: FIELDS.map((field) => {
        const facts = field.startsWith('tier-') ? person : field === 'labour' ? { ...job, workType: workTypeId } : job;
        const inTurn = ranked(all.get(field) ?? [], COMMISSION_WEIGHTS);
        const { winner, others } = contest(inTurn, COMMISSION_WEIGHTS, facts, input.on);
        return {
          field,
          winner: winner === undefined ? null : { id: winner.id, code: winner.code },
          others: others.slice(0, MOST).map(({ rule, loss }) => ({ id: rule.id, code: rule.code, ...loss })),
        };
      }),
    };
  },
});
