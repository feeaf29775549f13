import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import type { CommissionRule } from '#db/repositories/pay-rules.ts';
import { businessDay, id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Sets (or, with null, takes away) the last day of a rule: the only thing of it that ever changes. */
export const endRule = defineCommand({
  name: 'payroll.endRule',
  right: 'payroll.rules',
  input: z.object({ id: id(), version: version(), validTo: businessDay().nullable() }),

  async run(ctx, input) {
    const rule = await requireRow<CommissionRule>(
      ctx.trx,
      'commission_rules',
      input.id,
      'commissionRule',
      ctx.trx.forUpdate,
    );
    if (input.validTo !== null && input.validTo < rule.validFrom)
      throw new DomainError('input.invalid', { faults: [{ path: 'validTo', rule: 'beforeFrom' }] });
    await updateVersioned(ctx.trx, 'commission_rules', rule.id, input.version, { validTo: input.validTo });
    ctx.audit('rule-ended', 'commission-rule', rule.id, {
      before: { validTo: rule.validTo },
      after: { validTo: input.validTo },
    });
    return { id: rule.id, version: input.version + 1 };
  },
});
