import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRight } from '#domain/access/actor.ts';
import { linesOfPurchase } from '#db/repositories/purchases.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { lockPurchase, takeStep } from './step.ts';

/** Nothing is bought after all, and why. An order of which something has come is closed instead. */
export const cancelPurchase = defineCommand({
  name: 'purchases.cancel',
  right: 'purchase.request',
  input: z.object({ id: id(), version: version(), reason: text(200) }),

  async run(ctx, { id, version, reason }) {
    const purchase = await lockPurchase(ctx, id);
    if (purchase.state === 'ordered') {
      requireRight(ctx.actor, 'purchase.order');
      const lines = await linesOfPurchase(ctx.trx, id);
      if (lines.some(({ received }) => received !== 0))
        throw new DomainError('purchase.has-receipts', { number: purchase.number });
    }
    return takeStep(ctx, purchase, version, { step: 'cancelled', reason });
  },
});
