import { z } from 'zod';
import { id, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { decide } from './decide.ts';

/** Lets another PC of the station in, under the name it is known by. One refused by mistake can be let in after all. */
export const approvePc = defineCommand({
  name: 'pcs.approve',
  right: 'access.manage',
  reach: 'here',
  input: z.object({ id: id(), name: text(60) }),
  run: (ctx, { id, name }) => decide(ctx, id, { from: ['waiting', 'refused'], to: 'approved', name }),
});
