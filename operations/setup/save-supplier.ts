import { z } from 'zod';
import { defineCommand } from '../operation.ts';
import { supplierFields } from './fields.ts';
import { existing, requireFree, saveRow } from './saving.ts';

/** A supplier of parts. */
export const saveSupplier = defineCommand({
  name: 'setup.saveSupplier',
  right: 'setup.edit',
  input: z.object({ existing: existing(), fields: supplierFields }),

  async run(ctx, { existing, fields }) {
    await requireFree(ctx, ['suppliers', 'name'], fields.name, existing?.id);
    return saveRow(ctx, existing, {
      table: 'suppliers',
      entity: 'supplier',
      fields,
      origin: { unitId: ctx.station.unitId },
    });
  },
});
