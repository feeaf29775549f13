import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { owedChange } from '#domain/stock/old-parts.ts';
import { id, optionalText, quantity } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { enter, requireDebt, requireOpen } from './debts.ts';
import { takeFromDeposit } from './deposit.ts';

/**
 * Who did not bring an old part back pays for it: what was agreed when it was issued, and never more than is still owed. It is
 * taken from his deposit, where he has one.
 */
export const chargeOldPart = defineCommand({
  name: 'oldParts.charge',
  right: 'old-parts.decide',
  input: z.object({ id: id(), quantity: quantity(), reason: optionalText(500) }),

  async run(ctx, { id, quantity, reason }) {
    const debt = await requireDebt(ctx, id);
    const { number, part, unitAmount, open } = debt;
    requireOpen(debt, quantity);
    const amount = 0 - owedChange(unitAmount, open, 0 - quantity);
    if (amount === 0) throw new DomainError('old-parts.no-amount', { number, part });
    const { id: entryId } = await enter(ctx, debt, { kind: 'charged', change: 0 - quantity, reason });
    const isFromDeposit = await takeFromDeposit(ctx, debt, { entryId, amount, reason });
    ctx.audit('charged', 'old-part', id, { after: { number, quantity, amount, isFromDeposit, reason } });
    return { id, number, amount, isFromDeposit };
  },
});
