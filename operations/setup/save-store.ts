import { z } from 'zod';
import { defineCommand } from '../operation.ts';
import { storeFields } from './fields.ts';
import { existing, requireFree, saveRow } from './saving.ts';

/** A place of sale, or a group that work comes from. */
export const saveStore = defineCommand({
  name: 'setup.saveStore',
  right: 'setup.edit',
  input: z.object({ existing: existing(), fields: storeFields }),

  async run(ctx, { existing, fields }) {
    await requireFree(ctx, ['stores', 'name'], fields.name, existing?.id);
    return saveRow(ctx, existing, { table: 'stores', entity: 'store', fields, origin: { unitId: ctx.station.unitId } });
  },
});
