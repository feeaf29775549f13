import { z } from 'zod';
import { listBox } from '../handshakes/lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Every transfer that was sent here, or that left here, the latest first. */
export const transfers = defineQuery({
  name: 'transfers.list',
  right: 'stock.view',
  input: z.object({ ...listInput, box: z.enum(['in', 'out']).default('in') }),
  run: (ctx, { box, ...page }) => listBox(ctx, 'transfer', box, page),
});
