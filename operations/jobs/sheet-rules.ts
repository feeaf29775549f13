import { chargesOf } from '#domain/billing/charges.ts';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { labourRowsOf, type MaterialRow } from '#db/repositories/material.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import type { Sql } from '#db/store.ts';

/** What holds for the papers of a job, whichever of them is saved. */

export function fieldFault(path: string, rule: string): DomainError {
  const faults: FieldFault[] = [{ path, rule }];
  return new DomainError('input.invalid', { faults });
}

type Discounted = Pick<WorkOrder, 'id' | 'warrantyClass' | 'travelFee' | 'discount'>;

/**
 * A discount is never more than what the customer is charged, with the labour as it is saved.
 * @throws DomainError `billing.discount-too-large`
 */
export async function requireDiscountWithin(
  sql: Sql,
  order: Discounted,
  parts: readonly Pick<MaterialRow, 'quantity' | 'price' | 'charge'>[],
): Promise<void> {
  if (order.discount === 0) return;
  const { warrantyClass, travelFee } = order;
  const labour = await labourRowsOf(sql, order.id);
  const { total } = chargesOf({ warrantyClass, travelFee, discount: 0, labour, parts });
  if (order.discount > total) throw new DomainError('billing.discount-too-large', { charges: total });
}
