import { DomainError } from '../errors.ts';
import type { Right } from './rights.ts';
import type { Role } from './roles.ts';

export type Actor = Readonly<{
  employeeId: string;
  /** Whose work he sees: his unit's and all below it; '' all there is. */
  unitId: string;
  number: string;
  name: string;
  roles: readonly Role[];
  rights: ReadonlySet<Right>;
}>;

/** @throws DomainError `access.denied` */
export function requireRight(actor: Actor, right: Right): void {
  if (!actor.rights.has(right)) throw new DomainError('access.denied', { right });
}
