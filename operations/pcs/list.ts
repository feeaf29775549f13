import { z } from 'zod';
import { listPcs } from '#db/repositories/pcs.ts';
import { defineQuery } from '../operation.ts';

/** The other PCs of this station: those that wait for approval first. */
export const listOtherPcs = defineQuery({
  name: 'pcs.list',
  right: 'access.manage',
  reach: 'here',
  input: z.object({}),
  run: async (ctx) => ({ pcs: await listPcs(ctx.sql) }),
});
