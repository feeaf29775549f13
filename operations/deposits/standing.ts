import { depositOf, type Deposit } from '#domain/stock/deposits.ts';
import { heldOf, type Account } from '#db/repositories/deposits.ts';
import { openGrants, transfersServing } from '#db/repositories/requisitions.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { carriedGoods } from '#db/repositories/technician-stock.ts';
import type { Sql } from '#db/store.ts';
import type { CommandContext } from '../operation.ts';
import { servedLines } from '../requisitions/progress.ts';

/**
 * What blocks a deposit, and with how many fen: of an outlet's a requisition that is granted and not shipped to the end, of a
 * technician's the warehouse with what he carries.
 */
export type BlockingPlan = Readonly<{ id: string; number: string; unitId: string; amount: number }>;

/** What blocks the deposits that a unit holds: of one outlet, or of all. */
export async function blockingPlans(sql: Sql, holderId: string, unitId: string | null): Promise<BlockingPlan[]> {
  const open = await openGrants(sql, holderId, unitId);
  const servings = await transfersServing(
    sql,
    open.map(({ id }) => id),
  );
  return open.map((plan) => {
    const own = servings.filter(({ forRequestId }) => forRequestId === plan.id);
    const lines = servedLines(plan, plan.grantContent === null ? null : { content: plan.grantContent }, own);
    const { id, number, unitId } = plan;
    return { id, number, unitId, amount: lines.reduce((sum, { rest }) => sum + rest.amount, 0) };
  });
}

export const amountOf = (plans: readonly Pick<BlockingPlan, 'amount'>[]): number =>
  plans.reduce((sum, { amount }) => sum + amount, 0);

/** A deposit with what blocks it. */
export async function depositAndPlans(
  sql: Sql,
  account: Account,
): Promise<Readonly<{ deposit: Deposit; plans: readonly BlockingPlan[] }> | null> {
  const held = await heldOf(sql, account);
  if (held === undefined) return null;
  const { unitId, toUnitId, technicianId } = account;
  const plans =
    technicianId === null
      ? await blockingPlans(sql, unitId, toUnitId)
      : (await carriedGoods(sql, unitId, technicianId)).map(({ id, number, amount }) => ({
          id,
          number,
          unitId,
          amount,
        }));
  return { deposit: depositOf(held, amountOf(plans)), plans };
}

/**
 * As finance looks at it beside a plan: held, blocked by other plans, blocked by this one. Null: the outlet has no deposit there,
 * and so no limit.
 */
export async function depositWith(
  sql: Sql,
  account: Account,
  requisitionId: string,
): Promise<(Deposit & Readonly<{ blockedHere: number }>) | null> {
  const found = await depositAndPlans(sql, account);
  if (!found) return null;
  const blockedHere = amountOf(found.plans.filter(({ id }) => id === requisitionId));
  return { ...found.deposit, blockedHere };
}

/** The deposit that this unit holds, for a change: whoever else is about to change it waits. Null: there is none. */
export async function depositToChange(ctx: CommandContext, account: Account): Promise<Deposit | null> {
  const { unitId, toUnitId, technicianId } = account;
  await takeTurn(ctx.trx, `deposit ${unitId} ${toUnitId} ${technicianId ?? ''}`);
  return (await depositAndPlans(ctx.trx, account))?.deposit ?? null;
}

/** The deposit of whoever's stock lies in a warehouse; null: nobody's, or he has none. */
export const depositOfHolder = (ctx: CommandContext, holderId: string | null): Promise<Deposit | null> => {
  const { unitId } = ctx.station;
  return holderId === null
    ? Promise.resolve(null)
    : depositToChange(ctx, { unitId, toUnitId: unitId, technicianId: holderId });
};

/** An outlet's deposit at this unit. */
export const depositToCharge = (ctx: CommandContext, toUnitId: string): Promise<Deposit | null> =>
  depositToChange(ctx, { unitId: ctx.station.unitId, toUnitId, technicianId: null });
