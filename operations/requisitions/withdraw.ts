import { z } from 'zod';
import { withdraw } from '../handshakes/asking.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** The outlet takes its plan back, as long as nobody has answered it. */
export const withdrawRequisition = defineCommand({
  name: 'requisitions.withdraw',
  right: 'requisition.plan',
  input: z.object({ id: id(), version: version(), reason: text(200) }),
  run: (ctx, input) => withdraw(ctx, 'requisition', input),
});
