import { z } from 'zod';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { lockPurchase, takeStep } from './step.ts';

/** A request is not ordered, and why. */
export const refusePurchase = defineCommand({
  name: 'purchases.refuse',
  right: 'purchase.approve',
  input: z.object({ id: id(), version: version(), reason: text(200) }),

  run: async (ctx, { id, version, reason }) =>
    takeStep(ctx, await lockPurchase(ctx, id), version, { step: 'refused', reason }),
});
