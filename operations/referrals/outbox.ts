import { z } from 'zod';
import { listBox } from '../handshakes/lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What this unit asks others to do, the latest first. */
export const referralOutbox = defineQuery({
  name: 'referrals.outbox',
  right: 'dispatch.view',
  input: z.object(listInput),
  run: (ctx, page) => listBox(ctx, 'referral', 'out', page),
});
