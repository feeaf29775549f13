import { DomainError } from '#domain/errors.ts';
import { stateAfter, type PurchaseState, type PurchaseStep } from '#domain/stock/purchasing.ts';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import { insertStep, type PurchaseRow } from '#db/repositories/purchases.ts';
import type { SqlRow } from '#db/store.ts';
import type { CommandContext } from '../operation.ts';

/** A step of an order to a supplier: its new state, and who took it, when and why. */

type Taken = Readonly<{
  step: PurchaseStep;
  reason?: string;
  /** The receipt, or its reversal. */
  stockDocumentId?: string;
}>;

export async function noteStep(
  ctx: CommandContext,
  purchaseId: string,
  { step, reason = '', stockDocumentId }: Taken,
): Promise<void> {
  await insertStep(ctx.trx, {
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    purchaseId,
    step,
    reason,
    stockDocumentId: stockDocumentId ?? null,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
  });
}

/** Locked: whoever takes a step of the same order waits. @throws DomainError `not-found`, `document.of-another-unit` */
export async function lockPurchase(ctx: CommandContext, id: string): Promise<PurchaseRow> {
  const purchase = await requireRow<PurchaseRow>(ctx.trx, 'purchases', id, 'purchase', ctx.trx.forUpdate);
  if (purchase.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  return purchase;
}

export type Stepped = Readonly<{ id: string; number: string; state: PurchaseState; version: number }>;

/**
 * @param seen the version the user saw
 * @throws DomainError `purchase.wrong-state`, `document.changed`
 */
export async function takeStep(
  ctx: CommandContext,
  purchase: PurchaseRow,
  seen: number,
  taken: Taken & Readonly<{ step: Exclude<PurchaseStep, 'requested'>; changes?: SqlRow }>,
): Promise<Stepped> {
  const { id, number } = purchase;
  const state = stateAfter(taken.step, purchase);
  await updateVersioned(ctx.trx, 'purchases', id, seen, { state, ...taken.changes });
  await noteStep(ctx, id, taken);
  const { step, reason = '' } = taken;
  ctx.audit(step, 'purchase', id, { before: { state: purchase.state }, after: { state, reason } });
  return { id, number, state, version: seen + 1 };
}

/** A receipt of the order is reversed: what it brought is outstanding again, also of an order that was closed. */
export async function reopenPurchase(ctx: CommandContext, id: string, stockDocumentId: string): Promise<void> {
  const purchase = await lockPurchase(ctx, id);
  await takeStep(ctx, purchase, purchase.version, { step: 'reversed', stockDocumentId });
}
