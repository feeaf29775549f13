import { z } from 'zod';
import { listBox } from '../handshakes/lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What other units ask this one to do, the latest first. */
export const referralInbox = defineQuery({
  name: 'referrals.inbox',
  right: 'dispatch.view',
  input: z.object(listInput),
  run: (ctx, page) => listBox(ctx, 'referral', 'in', page),
});
