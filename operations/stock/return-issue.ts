import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { returnPart } from '#domain/stock/costing.ts';
import { drawFromBatches, type Lot } from '#domain/stock/lots.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { lockOldParts } from '#db/repositories/old-parts.ts';
import { issuedLines, lotsStillOut, type IssuedLine } from '#db/repositories/returns.ts';
import { postStock, reversalOf, type StockDocument, type StockPosting } from '#db/repositories/stock.ts';
import { id, lots, optionalText, quantity } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { undoDebts } from '../old-parts/debts.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { MAX_LINES, totalOf } from './lines.ts';

const returned = z.object({
  documentId: id(),
  lines: z
    .array(
      z.object({
        /** The line of the issue. */
        lineNo: z.int().min(1).max(MAX_LINES),
        quantity: quantity(),
        /** Which of the numbers that left; of a batch left out, or where all comes back: those that are still out. */
        lots: lots(),
      }),
    )
    .min(1)
    .max(MAX_LINES),
  note: optionalText(500),
});

type Returned = z.output<typeof returned>;
type Back = StockPosting & Readonly<{ way: 'in'; returnsMoveId: string }>;

/**
 * What was issued comes back into the warehouse it left, wholly or in parts, with the value it left with; refunded is what it
 * was sold for. Lines are those of the issue.
 */
export const returnIssue = defineCommand({
  name: 'stock.returnIssue',
  right: 'stock.return',
  input: returned,

  async run(ctx, input) {
    const issue = await requireReturnable(ctx, input.documentId);
    await lockOldParts(ctx.trx, issue.unitId);
    const postings = await postingsOf(ctx, issue, input);
    const document: StockDocument = {
      ...issue,
      id: ctx.newId(),
      number: await ctx.nextNumber('RT'),
      kind: 'return',
      note: input.note,
      movedOn: ctx.today,
      at: ctx.now,
      employeeId: ctx.actor.employeeId,
      returnsId: issue.id,
    };
    await postStock(ctx.trx, ctx.newId, document, postings);
    for (const { returnsMoveId, quantity } of postings)
      await undoDebts(ctx, { cause: 'move_id', id: returnsMoveId, quantity, documentId: document.id });
    const { id, number } = document;
    const total = totalOf(postings);
    ctx.audit('returned', 'stock-document', id, {
      after: { number, issue: issue.number, lines: postings.length, total },
    });
    return { id, number, total };
  },
});

/** @throws DomainError `not-found`, `stock.cannot-be-returned {number}`, `stock.already-reversed` */
async function requireReturnable(ctx: CommandContext, documentId: string): Promise<StockDocument> {
  // Locked, so that two who return at once come one after the other.
  const issue = await requireRow<StockDocument>(
    ctx.trx,
    'stock_documents',
    documentId,
    'stockDocument',
    ctx.trx.forUpdate,
  );
  const { number, kind, issueKind, requestId } = issue;
  const isOfOldParts = issueKind === 'scrap' || issueKind === 'to-maker' || issueKind === 'handed-back';
  if (kind !== 'issue' || requestId !== null || isOfOldParts)
    throw new DomainError('stock.cannot-be-returned', { number });
  if (issue.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  const by = await reversalOf(ctx.trx, documentId);
  if (by !== undefined) throw new DomainError('stock.already-reversed', { number, by });
  return issue;
}

async function postingsOf(ctx: CommandContext, issue: StockDocument, { lines }: Returned): Promise<Back[]> {
  const issued = new Map((await issuedLines(ctx.trx, issue.id)).map((line) => [line.lineNo, line]));
  const lots = await lotsStillOut(ctx.trx, issue.id);
  const seen = new Set<number>();
  return lines.map(({ lineNo, quantity, lots: named }, index) => {
    const line = issued.get(lineNo);
    if (!line) throw fieldFault(`lines.${index}.lineNo`, 'doesNotExist');
    if (seen.has(lineNo)) throw fieldFault(`lines.${index}.lineNo`, 'duplicate');
    seen.add(lineNo);
    const { moveId, partId, warehouseId, price } = line;
    const value = valueOf(line, quantity);
    const back = lotsBack(line, quantity, named, lots.get(moveId) ?? []);
    const place = { partId, warehouseId, price, line: lineNo, returnsMoveId: moveId };
    return { ...place, way: 'in', quantity, value, lots: back };
  });
}

/** Fen; all returns of a line together bring back exactly what it left with. */
function valueOf({ lineNo: line, part, issued, returned, valueOut }: IssuedLine, quantity: number): number {
  const out = issued - returned;
  if (quantity > out) throw new DomainError('stock.return-beyond-issue', { line, part, issued: out, quantity });
  return returnPart(valueOut, out, quantity);
}

/** @throws DomainError `stock.lot-not-issued {line, part, lot}` */
function lotsBack(
  { lineNo: line, part, tracking, issued, returned }: IssuedLine,
  quantity: number,
  named: readonly Lot[],
  out: readonly Lot[],
): readonly Lot[] {
  const isClear = tracking !== 'serial' || quantity === issued - returned;
  if (named.length === 0) return isClear ? drawFromBatches(out, quantity) : [];
  const still = new Map(out.map((one) => [one.lot, one.quantity]));
  for (const { lot, quantity: back } of named)
    if (back > (still.get(lot) ?? 0)) throw new DomainError('stock.lot-not-issued', { line, part, lot });
  return named;
}
