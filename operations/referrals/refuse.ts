import { z } from 'zod';
import { refuse } from '../handshakes/answering.ts';
import { id, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** This unit can't do it: the work stays where it came to. */
export const refuseReferral = defineCommand({
  name: 'referrals.refuse',
  right: 'dispatch.assign',
  input: z.object({ id: id(), reason: text(200) }),
  run: (ctx, input) => refuse(ctx, 'referral', input),
});
