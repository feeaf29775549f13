import { DomainError } from '#domain/errors.ts';
import type { Sql } from '#db/store.ts';
import type { QueryContext } from '../operation.ts';
import { isPaidToOrOf } from '#db/repositories/pay-appeals.ts';
import { requireVisible } from '../work-orders/own-work.ts';

export type AttachmentOf = Readonly<{ unitId: string; entity: string; entityId: string }>;

/**
 * Files of a work order are for those who see the order; those of pay for whoever gives awards and decides appeals in the unit,
 * and for the person it is about.
 * @throws DomainError `work-order.of-another`, `access.denied`
 */
export async function requireAttachmentVisible(
  { actor, isOwnUnit }: Pick<QueryContext, 'actor' | 'isOwnUnit'>,
  sql: Sql,
  { unitId, entity, entityId }: AttachmentOf,
): Promise<void> {
  if (entity === 'work-order') return requireVisible(sql, actor, entityId);
  const decides = actor.rights.has('payroll.award') || actor.rights.has('payroll.decide-appeal');
  if (decides && isOwnUnit(unitId)) return;
  if (await isPaidToOrOf(sql, entityId, actor.employeeId)) return;
  throw new DomainError('access.denied', { right: 'payroll.award' });
}
