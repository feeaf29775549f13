import { z } from 'zod';
import { activeTechnicians } from '#db/repositories/organisation.ts';
import { defineQuery } from '../operation.ts';

/** Who can be given work, for pickers. */
export const listTechnicians = defineQuery({
  name: 'access.listTechnicians',
  right: 'work.view',
  input: z.object({}),
  run: async (ctx) => ({ technicians: await activeTechnicians(ctx.sql, ctx.station.unitId) }),
});
