import { z } from 'zod';
import { insertTerms, SWITCHES, type PayTerms } from '#db/repositories/pay-terms.ts';
import { basisPoints, businessDay } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Minutes after midnight, to the end of the day. */
const timeOfDay = () => z.int().min(0).max(1440);

const workingHours = z
  .object({
    /** 1 = Monday. */
    days: z
      .array(z.int().min(1).max(7))
      .min(1)
      .refine((days) => new Set(days).size === days.length, { params: { rule: 'duplicate' } }),
    from: timeOfDay(),
    to: timeOfDay(),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], params: { rule: 'beforeStart' } });

/** Fen, of either sign. */
const signedMoney = () => z.int().min(-1_000_000_000).max(1_000_000_000);

const satisfaction = z.object({
  perOrder: z
    .object({
      very_satisfied: signedMoney().optional(),
      satisfied: signedMoney().optional(),
      dissatisfied: signedMoney().optional(),
    })
    .prefault({}),
  /** Points of a hundred above the threshold, each worth so many fen. */
  monthly: z
    .object({ threshold: z.int().min(0).max(100), pointAmount: z.int().min(1).max(100_000_000) })
    .nullable()
    .default(null),
});

const terms = z.object({
  validFrom: businessDay(),
  /** On the clock of the unit whose work it is; null: every minute is a working minute. */
  workingHours: workingHours.nullable().default(null),
  satisfaction: satisfaction.nullable().default(null),
  rework: z
    .object({ days: z.int().min(0).max(10_000), clawbackBp: basisPoints() })
    .nullable()
    .default(null),
  /** Deductions of one person are at most so much of his gross. */
  deductionCapBp: basisPoints().nullable().default(null),
  /** Deductions made by the system that this company does without. */
  off: z.array(z.enum(SWITCHES)).max(SWITCHES.length).default([]),
});

/**
 * Publishes the terms of pay from a date on, in place of those before. They never change afterwards: of several from one date
 * on, those published last are in force.
 */
export const publishTerms = defineCommand({
  name: 'payroll.publishTerms',
  right: 'payroll.rules',
  input: terms,

  async run(ctx, { validFrom, ...input }) {
    const body: PayTerms = {
      ...input,
      workingHours: input.workingHours && {
        ...input.workingHours,
        days: input.workingHours.days.toSorted((a, b) => a - b),
      },
      off: SWITCHES.filter((one) => input.off.includes(one)),
    };
    const { unitId } = ctx.station;
    const id = ctx.newId();
    const { employeeId } = ctx.actor;
    await insertTerms(ctx.trx, { id, unitId, validFrom, body: JSON.stringify(body), employeeId, createdAt: ctx.now });
    ctx.audit('terms-published', 'pay-terms', id, { after: { validFrom, ...body } });
    return { id, validFrom };
  },
});
