import { z } from 'zod';
import { requireRight } from '#domain/access/actor.ts';
import { DomainError } from '#domain/errors.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { receivedFor } from '#db/repositories/billing.ts';
import { hasParts } from '#db/repositories/work-order-details.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import { enterMoney } from '../billing/money.ts';
import { PAYMENT_METHODS } from '../customers/fields.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { moveOn, requireOrderAt } from './own-work.ts';

/** Calls work off before it is done. Parts drawn for it must be back; money held is given back with it. */
export const cancelOrder = defineCommand({
  name: 'workOrders.cancel',
  right: 'work.cancel',
  input: z.object({
    id: id(),
    version: version(),
    reason: text(200),
    /** How money held for it is given back; needed if there is some. */
    refundMethod: z.enum(PAYMENT_METHODS).nullable().default(null),
  }),

  async run(ctx, { id, version, reason, refundMethod }) {
    const order = await requireOrderAt(ctx, id, version);
    if (await hasParts(ctx.trx, id)) throw new DomainError('work-order.holds-parts');
    const moved = await moveOn(ctx, order, { to: 'cancelled', reason });
    const refunded = await giveBack(ctx, order, refundMethod);
    await rememberValues(ctx.trx, ctx.newId, { 'cancel-reason': reason });
    return { ...moved, refunded };
  },
});

async function giveBack(
  ctx: CommandContext,
  order: WorkOrder,
  method: (typeof PAYMENT_METHODS)[number] | null,
): Promise<number> {
  const held = await receivedFor(ctx.trx, order.id);
  if (held === 0) return 0;
  if (method === null) throw new DomainError('work-order.holds-money', { amount: held });
  requireRight(ctx.actor, 'billing.settle');
  await enterMoney(ctx, order, { kind: 'refund', method, amount: 0 - held });
  return held;
}
