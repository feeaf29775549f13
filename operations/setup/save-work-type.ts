import { z } from 'zod';
import { defineCommand } from '../operation.ts';
import { workTypeFields } from './fields.ts';
import { existing, requireFree, saveRow } from './saving.ts';

/** A kind of work with its standard fee and time. */
export const saveWorkType = defineCommand({
  name: 'setup.saveWorkType',
  right: 'setup.edit',
  input: z.object({ existing: existing(), fields: workTypeFields }),

  async run(ctx, { existing, fields }) {
    await requireFree(ctx, ['work_types', 'code'], fields.code, existing?.id);
    return saveRow(ctx, existing, {
      table: 'work_types',
      entity: 'work-type',
      fields,
      origin: { unitId: ctx.station.unitId },
    });
  },
});
