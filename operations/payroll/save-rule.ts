import { DomainError } from '#domain/errors.ts';
import { insertRule, ruleByCode, ruleChoices } from '#db/repositories/pay-rules.ts';
import { defineCommand } from '../operation.ts';
import { ruleFaults, ruleFields, ruleRow } from './rule-input.ts';

/**
 * Publishes a commission rule. It never changes afterwards, so that what was paid by it stays explained: another rate is
 * another rule, and the old one is ended.
 */
export const saveRule = defineCommand({
  name: 'payroll.saveRule',
  right: 'payroll.rules',
  input: ruleFields,

  async run(ctx, input) {
    const faults = ruleFaults(input, await ruleChoices(ctx.trx));
    if (faults.length > 0) throw new DomainError('input.invalid', { faults });
    const { code } = input;
    if (await ruleByCode(ctx.trx, code)) throw new DomainError('pay-rule.code-taken', { code });
    const saved = { id: ctx.newId(), unitId: ctx.station.unitId, ...ruleRow(input), version: 1, createdAt: ctx.now };
    await insertRule(ctx.trx, saved);
    ctx.audit('rule-published', 'commission-rule', saved.id, { after: saved });
    return { id: saved.id, code, version: 1 };
  },
});
