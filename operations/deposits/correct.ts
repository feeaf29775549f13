import { z } from 'zod';
import { depositOf, requireFree } from '#domain/stock/deposits.ts';
import { DomainError } from '#domain/errors.ts';
import { correctionOf, type DepositEntry } from '#db/repositories/deposits.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { id, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { book } from './charging.ts';
import { depositToChange } from './standing.ts';

/** A payment that was booked by mistake is undone by an entry of today, once. What goods were charged is undone with the goods. */
export const correctDeposit = defineCommand({
  name: 'deposits.correct',
  right: 'deposit.manage',
  input: z.object({ entryId: id(), reason: text(200) }),

  async run(ctx, { entryId, reason }) {
    const entry = await requireRow<DepositEntry>(ctx.trx, 'deposit_entries', entryId, 'depositEntry');
    if (entry.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
    const { unitId, toUnitId, technicianId } = entry;
    const account = { unitId, toUnitId, technicianId };
    const deposit = (await depositToChange(ctx, account)) ?? depositOf(0, 0);
    const isPayment = entry.kind === 'pay-in' || entry.kind === 'pay-out';
    if (!isPayment || (await correctionOf(ctx.trx, entryId)) !== undefined)
      throw new DomainError('deposit.cannot-be-corrected', { number: entry.number });
    if (entry.amount > 0) requireFree(deposit, entry.amount);
    const amount = 0 - entry.amount;
    const { id, number } = await book(ctx, account, { kind: 'correction', amount, reversesId: entryId, reason });
    return { id, number };
  },
});
