import { z } from 'zod';
import { listBox } from '../handshakes/lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** What units below ask of this one, or this one of those above it, the latest first. */
export const requisitions = defineQuery({
  name: 'requisitions.list',
  right: 'stock.view',
  input: z.object({ ...listInput, box: z.enum(['in', 'out']).default('in') }),
  run: (ctx, { box, ...page }) => listBox(ctx, 'requisition', box, page),
});
