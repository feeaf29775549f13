import { z } from 'zod';
import { listBox } from '../handshakes/lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Sales this unit reported, the latest first. */
export const saleOutbox = defineQuery({
  name: 'sales.outbox',
  right: 'sales.report',
  input: z.object(listInput),
  run: (ctx, page) => listBox(ctx, 'sale', 'out', page),
});
