import { z } from 'zod';
import { withdraw } from '../handshakes/asking.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** The customer wants it no longer, or it was reported by mistake. An acceptance that is under way stands. */
export const withdrawSale = defineCommand({
  name: 'sales.withdraw',
  right: 'sales.report',
  input: z.object({ id: id(), version: version(), reason: text(200) }),
  run: (ctx, input) => withdraw(ctx, 'sale', input),
});
