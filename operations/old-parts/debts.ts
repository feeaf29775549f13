import { addDays } from '#domain/dates.ts';
import { DomainError } from '#domain/errors.ts';
import { allot, owedChange, type OldPartEntryKind } from '#domain/stock/old-parts.ts';
import {
  insertOldPart,
  insertOldPartEntry,
  lockOldParts,
  oldPartById,
  oldPartTerms,
  openDebtsOf,
  type OldPart,
  type OldPartState,
} from '#db/repositories/old-parts.ts';
import { movesOfDocument, type StockDocument } from '#db/repositories/stock.ts';
import type { CommandContext } from '../operation.ts';

/** How debts of old parts come about and change: always by an entry, in the transaction of what it came of. */

/** An employee of the unit `toUnitId`, or that unit itself. */
export type Debtor = Readonly<{ employeeId: string | null; toUnitId: string }>;

/**
 * Whatever left with a document and whose old one must come back is owed by somebody, until so many days from today.
 * @throws DomainError `old-parts.no-debtor {line, part}`
 */
export async function oweOldParts(ctx: CommandContext, document: StockDocument, debtor: Debtor | null): Promise<void> {
  const left = (await movesOfDocument(ctx.trx, document.id)).filter(({ quantity }) => quantity < 0);
  const partIds = left.map(({ partId }) => partId);
  const terms = await oldPartTerms(ctx.trx, partIds);
  for (const { id: moveId, lineNo, partId, quantity, workOrderPartId } of left) {
    const term = terms.get(partId);
    if (!term) continue;
    if (!debtor) throw new DomainError('old-parts.no-debtor', { line: lineNo, part: term.number });
    const oldPart = {
      id: ctx.newId(),
      unitId: ctx.station.unitId,
      ...debtor,
      number: await ctx.nextNumber('OP'),
      partId,
      quantity: 0 - quantity,
      unitAmount: term.oldAmount,
      workOrderId: document.workOrderId,
      documentId: document.id,
      moveId,
      workOrderPartId,
      owedOn: ctx.today,
      dueOn: addDays(ctx.today, term.oldDueDays),
      at: ctx.now,
    };
    await insertOldPart(ctx.trx, oldPart);
    const { id: documentId } = document;
    await enter(ctx, { ...oldPart, open: 0 }, { kind: 'owed', change: oldPart.quantity, documentId });
  }
}

type Entered = Readonly<{
  kind: OldPartEntryKind;
  /** Thousandths by which the debt changes. */
  change: number;
  /** Thousandths it is about, where the debt doesn't change. */
  pieces?: number;
  credit?: number;
  reason?: string;
  documentId?: string;
  undoesId?: string;
}>;

export async function enter(
  ctx: CommandContext,
  debt: Pick<OldPart, 'id' | 'toUnitId' | 'unitAmount'> & Readonly<{ open: number }>,
  { kind, change, pieces = Math.abs(change), credit = 0, reason = '', documentId, undoesId }: Entered,
): Promise<Readonly<{ id: string }>> {
  const id = ctx.newId();
  await insertOldPartEntry(ctx.trx, {
    id,
    unitId: ctx.station.unitId,
    toUnitId: debt.toUnitId,
    oldPartId: debt.id,
    kind,
    quantity: change,
    pieces,
    amount: owedChange(debt.unitAmount, debt.open, change),
    credit,
    reason,
    documentId: documentId ?? null,
    undoesId: undoesId ?? null,
    enteredOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
  });
  return { id };
}

type Cause = Parameters<typeof openDebtsOf>[1];

/**
 * New parts that came back unused leave no old one to be owed: as much as is still open is taken off what they were owed
 * for, of a material line the latest first.
 * @param partId of a material line, which may have held another part before
 */
export async function undoDebts(
  ctx: CommandContext,
  {
    cause,
    id,
    quantity,
    documentId,
    partId,
  }: Readonly<{
    cause: Cause;
    id: string;
    quantity: number;
    documentId: string;
    partId?: string;
  }>,
): Promise<void> {
  const debts = await openDebtsOf(ctx.trx, cause, id);
  const fitting = debts.filter((debt) => partId === undefined || debt.partId === partId);
  for (const { debt, quantity: taken } of allot(fitting, quantity))
    await enter(ctx, debt, { kind: 'undone', change: 0 - taken, documentId });
}

/**
 * A debt owed to this unit, which nobody else changes meanwhile.
 * @throws DomainError `not-found`, `document.of-another-unit`
 */
export async function requireDebt(ctx: CommandContext, id: string): Promise<OldPartState> {
  await lockOldParts(ctx.trx, ctx.station.unitId);
  const debt = await oldPartById(ctx.trx, id);
  if (!debt) throw new DomainError('not-found', { entity: 'oldPart', id });
  if (debt.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  return debt;
}

/** @throws DomainError `old-parts.beyond-open {number, part, open, quantity}` */
export function requireOpen({ number, part, open }: OldPartState, quantity: number): void {
  if (quantity > open) throw new DomainError('old-parts.beyond-open', { number, part, open, quantity });
}
