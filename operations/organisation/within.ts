import { DomainError, type FieldFault } from '#domain/errors.ts';
import type { CommandContext } from '../operation.ts';

/**
 * A unit organises itself and what stands below it, nobody else.
 * @throws DomainError `unit.not-below-own`
 */
export function requireWithin(ctx: CommandContext, unitId: string): void {
  if (!ctx.isOwnUnit(unitId)) throw new DomainError('unit.not-below-own');
}

/** @throws DomainError `input.invalid` when there are any */
export function requireNoFaults(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new DomainError('input.invalid', { faults });
}
