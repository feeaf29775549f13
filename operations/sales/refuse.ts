import { z } from 'zod';
import { refuse } from '../handshakes/answering.ts';
import { id, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** This unit doesn't serve that: who reported the sale asks another one. */
export const refuseSale = defineCommand({
  name: 'sales.refuse',
  right: 'sales.report',
  input: z.object({ id: id(), reason: text(200) }),
  run: (ctx, input) => refuse(ctx, 'sale', input),
});
