import type { Actor } from '#domain/access/actor.ts';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { subtreeOf, type TreeUnit } from '#domain/organisation/tree.ts';

/**
 * A unit organises itself and what stands below it, nobody else.
 * @throws DomainError `unit.not-below-own`
 */
export function requireWithin(actor: Actor, units: readonly TreeUnit[], unitId: string): void {
  if (actor.unitId === '' || subtreeOf(units, actor.unitId).includes(unitId)) return;
  throw new DomainError('unit.not-below-own');
}

/** @throws DomainError `input.invalid` when there are any */
export function requireNoFaults(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new DomainError('input.invalid', { faults });
}
