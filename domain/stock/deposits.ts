import { DomainError } from '../errors.ts';

/** A deposit, fen: what is held of it, what is blocked by goods that are granted and not shipped yet, and what is free. */
export type Deposit = Readonly<{ held: number; blocked: number; free: number }>;

export const depositOf = (held: number, blocked: number): Deposit => ({ held, blocked, free: held - blocked });

/** @throws DomainError `deposit.exceeded {free, needed}` */
export function requireFree({ free }: Deposit, needed: number): void {
  if (needed > free) throw new DomainError('deposit.exceeded', { free, needed });
}
