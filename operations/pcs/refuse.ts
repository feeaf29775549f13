import { z } from 'zod';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { decide } from './decide.ts';

/** Keeps a PC out: one that asks, or one that was let in before, which is out at its next call. */
export const refusePc = defineCommand({
  name: 'pcs.refuse',
  right: 'access.manage',
  reach: 'here',
  input: z.object({ id: id() }),
  run: (ctx, { id }) => decide(ctx, id, { from: ['waiting', 'approved'], to: 'refused' }),
});
