import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { id, money, optionalText, quantity } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { enter, requireDebt } from './debts.ts';

/** The maker has answered for old parts that were sent to him: with an amount, or with nothing. */
export const creditOldPart = defineCommand({
  name: 'oldParts.credit',
  right: 'old-parts.decide',
  input: z.object({
    id: id(),
    quantity: quantity(),
    /** Fen for all of them. */
    amount: money(),
    reason: optionalText(500),
  }),

  async run(ctx, { id, quantity, amount, reason }) {
    const debt = await requireDebt(ctx, id);
    const { number, part, uncredited } = debt;
    if (quantity > uncredited)
      throw new DomainError('old-parts.beyond-uncredited', { number, part, uncredited, quantity });
    await enter(ctx, debt, { kind: 'credited', change: 0, pieces: quantity, credit: amount, reason });
    ctx.audit('credited', 'old-part', id, { after: { number, quantity, amount, reason } });
    return { id, number };
  },
});
