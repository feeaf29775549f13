import { z } from 'zod';
import { listBox } from '../handshakes/lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Sales of other units that are to be delivered or installed by this one, the latest first. */
export const saleInbox = defineQuery({
  name: 'sales.inbox',
  right: 'sales.report',
  input: z.object(listInput),
  run: (ctx, page) => listBox(ctx, 'sale', 'in', page),
});
