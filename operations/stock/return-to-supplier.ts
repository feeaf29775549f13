import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { valueReceived } from '#domain/stock/costing.ts';
import { drawFromBatches, type Lot } from '#domain/stock/lots.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { postStock, reversalOf, type StockDocument, type StockPosting } from '#db/repositories/stock.ts';
import { returnableLines, type ReturnableLine } from '#db/repositories/supplier-returns.ts';
import { id, lots, quantity, text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { MAX_LINES, totalOf } from './lines.ts';

const supplierReturn = z.object({
  /** The receipt. */
  documentId: id(),
  reason: text(500),
  lines: z
    .array(
      z.object({
        /** Of the receipt. */
        lineNo: z.int().min(1).max(100_000),
        quantity: quantity(),
        /** Of a batch, left out: the numbers that came with the receipt, one after the other. */
        lots: lots(),
      }),
    )
    .min(1)
    .max(MAX_LINES),
});

type Input = z.output<typeof supplierReturn>;

/** Parts of a receipt go back to whom they came from, at what they came in with, and never more than came. */
export const returnToSupplier = defineCommand({
  name: 'stock.returnToSupplier',
  right: 'stock.return-to-supplier',
  input: supplierReturn,

  async run(ctx, input) {
    const receipt = await lockReceipt(ctx, input.documentId);
    const postings = postingsOf(await returnableLines(ctx.trx, receipt.id), input);
    const document: StockDocument = {
      ...receipt,
      id: ctx.newId(),
      number: await ctx.nextNumber('SR'),
      kind: 'supplier-return',
      note: input.reason,
      movedOn: ctx.today,
      at: ctx.now,
      employeeId: ctx.actor.employeeId,
      returnsId: receipt.id,
    };
    const values = await postStock(ctx.trx, ctx.newId, document, postings);
    const { id, number } = document;
    const total = totalOf(postings);
    const value = values.reduce((sum, one) => sum + one, 0);
    ctx.audit('returned', 'stock-document', id, { after: { number, receipt: receipt.number, total, value } });
    return { id, number, total, value };
  },
});

/** Locked: who returns or reverses the same receipt waits. @throws DomainError `stock.cannot-be-returned` */
async function lockReceipt(ctx: CommandContext, documentId: string): Promise<StockDocument> {
  const { trx } = ctx;
  const receipt = await requireRow<StockDocument>(trx, 'stock_documents', documentId, 'stockDocument', trx.forUpdate);
  const isBought = receipt.kind === 'receipt' && receipt.requestId === null;
  if (!isBought || (await reversalOf(trx, documentId)) !== undefined)
    throw new DomainError('stock.cannot-be-returned', { number: receipt.number });
  return receipt;
}

/** A line of the receipt that is named twice counts on. */
function postingsOf(received: readonly ReturnableLine[], { lines }: Input): StockPosting[] {
  const left = new Map(received.map((line) => [line.lineNo, line]));
  return lines.map((wanted, index) => {
    const line = index + 1;
    const from = left.get(wanted.lineNo);
    if (!from) throw new DomainError('not-found', { entity: 'stockMove', id: String(wanted.lineNo), line });
    const { quantity } = wanted;
    const rest = from.quantity - from.returned;
    if (quantity > rest)
      throw new DomainError('stock.return-beyond-receipt', { line, part: from.partNumber, received: rest, quantity });
    const named = lotsOf(from, wanted, line);
    left.set(wanted.lineNo, { ...from, returned: from.returned + quantity, lots: without(from.lots, named) });
    const { id: returnsMoveId, warehouseId, partId, price } = from;
    const value = valueReceived(from, from.returned, quantity);
    return { way: 'withdraw', warehouseId, partId, quantity, price, value, line, returnsMoveId, lots: named };
  });
}

/** @throws DomainError `stock.lot-not-received` */
function lotsOf(
  { partNumber, tracking, lots: left }: ReturnableLine,
  wanted: Input['lines'][number],
  line: number,
): readonly Lot[] {
  if (tracking === 'batch' && wanted.lots.length === 0) return drawFromBatches(left, wanted.quantity);
  if (tracking === 'none') return wanted.lots;
  for (const { lot, quantity } of wanted.lots)
    if (quantity > (left.find((one) => one.lot === lot)?.quantity ?? 0))
      throw new DomainError('stock.lot-not-received', { line, part: partNumber, lot });
  return wanted.lots;
}

function without(lots: readonly Lot[], taken: readonly Lot[]): Lot[] {
  return lots
    .map(({ lot, quantity }) => ({ lot, quantity: quantity - (taken.find((one) => one.lot === lot)?.quantity ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}
