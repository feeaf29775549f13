import { z } from 'zod';
import { id, optionalText, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { lockPurchase, takeStep } from './step.ts';

/** The approved request has been ordered from the supplier. */
export const orderPurchase = defineCommand({
  name: 'purchases.order',
  right: 'purchase.order',
  input: z.object({ id: id(), version: version(), reason: optionalText(200) }),

  async run(ctx, { id, version, reason }) {
    const changes = { orderedOn: ctx.today };
    return takeStep(ctx, await lockPurchase(ctx, id), version, { step: 'ordered', reason, changes });
  },
});
