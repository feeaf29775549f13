import { z } from 'zod';
import { withdraw } from '../handshakes/asking.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** The work is done here after all. If the other unit has accepted before it hears of that, the acceptance stands. */
export const withdrawReferral = defineCommand({
  name: 'referrals.withdraw',
  right: 'dispatch.assign',
  input: z.object({ id: id(), version: version(), reason: text(200) }),
  run: (ctx, input) => withdraw(ctx, 'referral', input),
});
