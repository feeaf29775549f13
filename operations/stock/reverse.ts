import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import {
  movesOfDocument,
  postStock,
  returnOf,
  reversalOf,
  type StockDocument,
  type StockMoveWithLots,
  type StockPosting,
} from '#db/repositories/stock.ts';
import { id, optionalText } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { reopenPurchase } from '../purchases/step.ts';

/** Undoes a receipt or an issue by moves of today: a ledger is not edited. */
export const reverseStock = defineCommand({
  name: 'stock.reverse',
  right: 'stock.reverse',
  input: z.object({ documentId: id(), note: optionalText(500) }),

  async run(ctx, { documentId, note }) {
    // Locked, so that two who reverse at once come one after the other.
    const original = await requireRow<StockDocument>(
      ctx.trx,
      'stock_documents',
      documentId,
      'stockDocument',
      ctx.trx.forUpdate,
    );
    const isOfTransfer = original.requestId !== null;
    if ((original.kind !== 'receipt' && original.kind !== 'issue') || isOfTransfer)
      throw new DomainError('stock.cannot-be-reversed', { number: original.number });
    const by = await reversalOf(ctx.trx, documentId);
    if (by !== undefined) throw new DomainError('stock.already-reversed', { number: original.number, by });
    const returned = await returnOf(ctx.trx, documentId);
    if (returned !== undefined) throw new DomainError('stock.has-returns', { number: original.number, by: returned });
    const reversal: StockDocument = {
      ...original,
      id: ctx.newId(),
      number: await ctx.nextNumber('RV'),
      kind: 'reversal',
      note,
      movedOn: ctx.today,
      at: ctx.now,
      employeeId: ctx.actor.employeeId,
      reversesId: documentId,
    };
    if (reversal.purchaseId) await reopenPurchase(ctx, reversal.purchaseId, reversal.id);
    const moves = await movesOfDocument(ctx.trx, documentId);
    await postStock(ctx.trx, ctx.newId, reversal, moves.map(undoing));
    const { id, number } = reversal;
    ctx.audit('reversed', 'stock-document', documentId, { before: { number: original.number }, after: { id, number } });
    return { id, number };
  },
});

/** What was issued comes back with the value it left with; what was received leaves with the value it came in with. */
function undoing({ lineNo, quantity, value, lots, ...move }: StockMoveWithLots): StockPosting {
  const { warehouseId, partId, price, purchaseLineId } = move;
  // Of an order, it is outstanding again.
  const ordered = purchaseLineId === null ? {} : { purchaseLineId };
  const line = { warehouseId, partId, price, line: lineNo, lots, ...ordered };
  if (quantity > 0) return { ...line, way: 'withdraw', quantity, value };
  return { ...line, way: 'in', quantity: 0 - quantity, value: 0 - value };
}
