import { z } from 'zod';
import { listRows } from '#db/listing.ts';
import { WORK_TYPES, type WorkTypeRow } from '#db/repositories/setup-lists.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Kinds of work. */
export const listWorkTypes = defineQuery({
  name: 'setup.listWorkTypes',
  right: 'setup.view',
  input: z.object(listInput),
  run: (ctx, page) => listRows<WorkTypeRow>(ctx.sql, WORK_TYPES, page, ctx.station.timeZone),
});
