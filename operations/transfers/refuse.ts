import { z } from 'zod';
import { refuse } from '../handshakes/answering.ts';
import { id, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** What came isn't taken in: it goes back to who sent it. */
export const refuseTransfer = defineCommand({
  name: 'transfers.refuse',
  right: 'stock.receive',
  input: z.object({ id: id(), reason: text(200) }),
  run: (ctx, input) => refuse(ctx, 'transfer', input),
});
