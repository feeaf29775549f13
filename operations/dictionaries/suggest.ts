import { z } from 'zod';
import { DICTIONARIES, suggestValues } from '#db/repositories/dictionaries.ts';
import { fragment } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Values typed before into a field, that contain a fragment; the most used first. */
export const suggest = defineQuery({
  name: 'dictionaries.suggest',
  right: 'dictionaries.use',
  input: z.object({ dictionary: z.enum(DICTIONARIES), fragment: fragment().default('') }),
  run: async (ctx, input) => ({ values: await suggestValues(ctx.sql, input.dictionary, input.fragment, 20) }),
});
