import { requireRight } from '#domain/access/actor.ts';
import { requireFree, type Deposit } from '#domain/stock/deposits.ts';
import type { CommandContext } from '../operation.ts';

/**
 * Whether an amount (fen) goes beyond what is free of a deposit; without one there is no limit. Beyond it goes only who has the
 * right to, and says why.
 * @throws DomainError `deposit.exceeded`, `access.denied`
 */
export function goesBeyond(ctx: CommandContext, deposit: Deposit | null, amount: number, reason: string): boolean {
  if (deposit === null || amount <= deposit.free) return false;
  if (reason === '') requireFree(deposit, amount);
  requireRight(ctx.actor, 'requisition.exceed-deposit');
  return true;
}
