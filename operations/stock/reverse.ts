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
import { lockOldParts } from '#db/repositories/old-parts.ts';
import { undoDebts } from '../old-parts/debts.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { reopenPurchase } from '../purchases/step.ts';

/** Undoes a receipt, an issue or a return to a supplier by moves of today: a ledger is not edited. */
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
    // Whoever sends more of the same receipt back waits, too: what goes back follows from what has gone before.
    if (original.kind === 'supplier-return') await lockReturned(ctx, original);
    await requireReversible(ctx, original);
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
    if (reversal.purchaseId && original.kind === 'receipt') await reopenPurchase(ctx, reversal.purchaseId, reversal.id);
    const moves = await movesOfDocument(ctx.trx, documentId);
    await lockOldParts(ctx.trx, original.unitId);
    await postStock(ctx.trx, ctx.newId, reversal, moves.map(undoing));
    const { id, number } = reversal;
    await undoDebts(ctx, { cause: 'document_id', id: documentId, quantity: Number.MAX_SAFE_INTEGER, documentId: id });
    ctx.audit('reversed', 'stock-document', documentId, { before: { number: original.number }, after: { id, number } });
    return { id, number };
  },
});

async function lockReturned({ trx }: CommandContext, { returnsId }: StockDocument): Promise<void> {
  await requireRow(trx, 'stock_documents', returnsId ?? '', 'stockDocument', trx.forUpdate);
}

const REVERSIBLE: ReadonlySet<StockDocument['kind']> = new Set(['receipt', 'issue', 'supplier-return'] as const);
const OF_OLD_PARTS: ReadonlySet<StockDocument['issueKind']> = new Set(['scrap', 'to-maker', 'handed-back'] as const);

/** @throws DomainError `stock.cannot-be-reversed`, `stock.already-reversed`, `stock.went-back-in-part` */
async function requireReversible(ctx: CommandContext, original: StockDocument): Promise<void> {
  const { id, number, kind, issueKind, requestId } = original;
  const isOfTransfer = requestId !== null;
  if (!REVERSIBLE.has(kind) || isOfTransfer || OF_OLD_PARTS.has(issueKind))
    throw new DomainError('stock.cannot-be-reversed', { number });
  const by = await reversalOf(ctx.trx, id);
  if (by !== undefined) throw new DomainError('stock.already-reversed', { number, by });
  const returned = await returnOf(ctx.trx, id);
  if (returned !== undefined) throw new DomainError('stock.went-back-in-part', { number, by: returned });
}

/**
 * What was issued, or went back to its supplier, comes back with the value it left with; what was received leaves with the
 * value it came in with.
 */
function undoing({ lineNo, quantity, value, lots, ...move }: StockMoveWithLots): StockPosting {
  const { warehouseId, partId, price, purchaseLineId, returnsMoveId } = move;
  // Of an order, it is outstanding again.
  const ordered = purchaseLineId === null ? {} : { purchaseLineId };
  // Of a receipt, it can go back once more.
  const returned = returnsMoveId === null ? {} : { returnsMoveId };
  const line = { warehouseId, partId, price, line: lineNo, lots, ...ordered, ...returned };
  if (quantity > 0) return { ...line, way: 'withdraw', quantity, value };
  return { ...line, way: 'in', quantity: 0 - quantity, value: 0 - value };
}
