import { z } from 'zod';
import { storesByName } from '#db/repositories/stores.ts';
import { defineQuery } from '../operation.ts';

/** What the intake form offers to choose from. */
export const intakeChoices = defineQuery({
  name: 'intake.choices',
  right: 'intake.register',
  input: z.object({}),
  run: async (ctx) => ({ stores: await storesByName(ctx.sql) }),
});
