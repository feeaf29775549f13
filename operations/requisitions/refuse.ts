import { z } from 'zod';
import { refuse } from '../handshakes/answering.ts';
import { id, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** The higher level grants nothing of a plan, and says why. */
export const refuseRequisition = defineCommand({
  name: 'requisitions.refuse',
  right: 'requisition.approve',
  input: z.object({ id: id(), reason: text(200) }),
  run: (ctx, input) => refuse(ctx, 'requisition', input),
});
