import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isUndone, oldPartEntryById } from '#db/repositories/old-parts.ts';
import { id, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { enter, requireDebt } from './debts.ts';
import { giveBackToDeposit } from './deposit.ts';

/** A forgiven or charged old part is owed again: a decision is not edited, but taken back by an entry of today. What it took from a deposit goes back. */
export const undoOldPartDecision = defineCommand({
  name: 'oldParts.undo',
  right: 'old-parts.decide',
  input: z.object({ entryId: id(), reason: text(500) }),

  async run(ctx, { entryId, reason }) {
    const entry = await oldPartEntryById(ctx.trx, entryId);
    if (!entry) throw new DomainError('not-found', { entity: 'oldPart', id: entryId });
    const debt = await requireDebt(ctx, entry.oldPartId);
    const { id, number } = debt;
    const isDecision = entry.kind === 'forgiven' || entry.kind === 'charged';
    if (!isDecision || (await isUndone(ctx.trx, entryId)))
      throw new DomainError('old-parts.cannot-be-undone', { number });
    await enter(ctx, debt, { kind: 'undone', change: 0 - entry.quantity, reason, undoesId: entryId });
    if (entry.kind === 'charged') await giveBackToDeposit(ctx, debt, { entryId, reason });
    ctx.audit('undone', 'old-part', id, { after: { number, quantity: 0 - entry.quantity, reason } });
    return { id, number };
  },
});
