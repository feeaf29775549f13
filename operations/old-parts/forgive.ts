import { z } from 'zod';
import { id, quantity, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { enter, requireDebt, requireOpen } from './debts.ts';

/** An old part need not come back after all; why, stands with it. */
export const forgiveOldPart = defineCommand({
  name: 'oldParts.forgive',
  right: 'old-parts.decide',
  input: z.object({ id: id(), quantity: quantity(), reason: text(500) }),

  async run(ctx, { id, quantity, reason }) {
    const debt = await requireDebt(ctx, id);
    requireOpen(debt, quantity);
    await enter(ctx, debt, { kind: 'forgiven', change: 0 - quantity, reason });
    ctx.audit('forgiven', 'old-part', id, { after: { number: debt.number, quantity, reason } });
    return { id, number: debt.number };
  },
});
