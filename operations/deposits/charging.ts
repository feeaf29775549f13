import type { Request } from '#db/repositories/handshakes.ts';
import {
  chargedFor,
  insertEntry,
  type Account,
  type DepositEntry,
  type DepositKind,
} from '#db/repositories/deposits.ts';
import type { CommandContext } from '../operation.ts';

type Booked = Readonly<{
  kind: DepositKind;
  /** Fen, signed. */
  amount: number;
  requestId?: string;
  reversesId?: string;
  oldPartEntryId?: string;
  reason: string;
}>;

/** One more entry of a deposit that this unit holds. */
export async function book(ctx: CommandContext, account: Account, booked: Booked): Promise<DepositEntry> {
  const entry: DepositEntry = {
    ...account,
    id: ctx.newId(),
    number: await ctx.nextNumber('DP'),
    requestId: null,
    documentId: null,
    reversesId: null,
    oldPartEntryId: null,
    ...booked,
    bookedOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
  };
  await insertEntry(ctx.trx, entry);
  const { id, number, kind, amount, reason } = entry;
  ctx.audit(kind, 'deposit', id, { after: { number, ...account, amount, reason } });
  return entry;
}

type Transfer = Pick<Request, 'id' | 'number' | 'toUnitId'>;

const accountOf = (ctx: CommandContext, { toUnitId }: Transfer): Account => ({
  unitId: ctx.station.unitId,
  toUnitId,
  technicianId: null,
});

/** What was shipped costs the receiver's deposit so much. */
export async function chargeFor(ctx: CommandContext, transfer: Transfer, amount: number): Promise<void> {
  const { id: requestId, number: reason } = transfer;
  if (amount > 0) await book(ctx, accountOf(ctx, transfer), { kind: 'charge', amount: 0 - amount, requestId, reason });
}

/** What was charged and the receiver doesn't have goes back to his deposit. */
export async function creditFor(ctx: CommandContext, transfer: Transfer, amount: number): Promise<void> {
  const { id: requestId, number: reason } = transfer;
  if (amount > 0) await book(ctx, accountOf(ctx, transfer), { kind: 'credit', amount, requestId, reason });
}

export const isCharged = async (ctx: CommandContext, transferId: string): Promise<boolean> =>
  (await chargedFor(ctx.trx, transferId)) !== undefined;
