import { heldOf, takenForOldPart, type Account } from '#db/repositories/deposits.ts';
import type { OldPart } from '#db/repositories/old-parts.ts';
import { book } from '../deposits/charging.ts';
import { depositToChange } from '../deposits/standing.ts';
import type { CommandContext } from '../operation.ts';

/** An old part that is charged costs its debtor's deposit, where he has one here: a technician's, or that of an outlet. */

type Charged = Readonly<{ entryId: string; amount: number; reason: string }>;

const accountOf = ({ unitId, toUnitId, employeeId }: OldPart): Account => ({
  unitId,
  toUnitId,
  technicianId: employeeId,
});

const named = (number: string, reason: string): string => (reason === '' ? number : `${number} · ${reason}`);

/**
 * @param amount fen, above 0. More than is free is taken as well: it is owed, and not asked for.
 * @returns whether there was a deposit to take it from
 */
export async function takeFromDeposit(ctx: CommandContext, debt: OldPart, charged: Charged): Promise<boolean> {
  const account = accountOf(debt);
  await depositToChange(ctx, account);
  if ((await heldOf(ctx.trx, account)) === undefined) return false;
  const { entryId: oldPartEntryId, amount, reason } = charged;
  const booked = { kind: 'charge', amount: 0 - amount, oldPartEntryId, reason: named(debt.number, reason) } as const;
  await book(ctx, account, booked);
  return true;
}

/** What was taken for a charge that is taken back. */
export async function giveBackToDeposit(
  ctx: CommandContext,
  debt: OldPart,
  { entryId: oldPartEntryId, reason }: Omit<Charged, 'amount'>,
): Promise<void> {
  const account = accountOf(debt);
  await depositToChange(ctx, account);
  const amount = await takenForOldPart(ctx.trx, oldPartEntryId);
  if (amount > 0)
    await book(ctx, account, { kind: 'credit', amount, oldPartEntryId, reason: named(debt.number, reason) });
}
