import { z } from 'zod';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { lockPurchase, takeStep } from './step.ts';

/** What has not come by now comes no more, and why. What comes whole closes the order by itself. */
export const closePurchase = defineCommand({
  name: 'purchases.close',
  right: 'purchase.order',
  input: z.object({ id: id(), version: version(), reason: text(200) }),

  run: async (ctx, { id, version, reason }) =>
    takeStep(ctx, await lockPurchase(ctx, id), version, { step: 'closed', reason }),
});
