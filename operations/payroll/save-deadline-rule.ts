import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { deadlineRuleByCode, insertDeadlineRule } from '#db/repositories/pay-terms.ts';
import { businessDay, money, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { SERVICE_MODES } from './rule-input.ts';

/** Working minutes, up to some twenty years. */
const minutes = () => z.int().min(0).max(10_000_000);

const rule = z
  .object({
    code: text(40),
    urgency: z.enum(['normal', 'urgent']).nullable().default(null),
    serviceMode: z.enum(SERVICE_MODES).nullable().default(null),
    limitMinutes: minutes(),
    graceMinutes: minutes().default(0),
    /** Of delay: each one begun costs the amount. */
    unitMinutes: minutes().min(1),
    /** Fen. */
    amountPerUnit: money().min(1).max(1_000_000_000),
    capAmount: money().min(1).nullable().default(null),
    validFrom: businessDay(),
    validTo: businessDay().nullable().default(null),
  })
  .refine(({ validFrom, validTo }) => validTo === null || validFrom <= validTo, {
    path: ['validTo'],
    params: { rule: 'beforeFrom' },
  });

/** Publishes how long work may take and what delay costs. It never changes afterwards but for its last day. */
export const saveDeadlineRule = defineCommand({
  name: 'payroll.saveDeadlineRule',
  right: 'payroll.rules',
  input: rule,

  async run(ctx, { urgency, serviceMode, ...input }) {
    const { code } = input;
    if (await deadlineRuleByCode(ctx.trx, code)) throw new DomainError('pay-rule.code-taken', { code });
    const saved = {
      id: ctx.newId(),
      unitId: ctx.station.unitId,
      ...input,
      whenUrgency: urgency,
      whenServiceMode: serviceMode,
      version: 1,
      createdAt: ctx.now,
    };
    await insertDeadlineRule(ctx.trx, saved);
    ctx.audit('rule-published', 'deadline-rule', saved.id, { after: saved });
    return { id: saved.id, code, version: 1 };
  },
});
