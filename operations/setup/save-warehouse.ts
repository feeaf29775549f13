import { z } from 'zod';
import { defineCommand } from '../operation.ts';
import { warehouseFields } from './fields.ts';
import { existing, requireFree, saveRow } from './saving.ts';

/** A warehouse of this station. */
export const saveWarehouse = defineCommand({
  name: 'setup.saveWarehouse',
  right: 'setup.edit',
  input: z.object({ existing: existing(), fields: warehouseFields }),

  async run(ctx, { existing, fields }) {
    await requireFree(ctx, ['warehouses', 'code'], fields.code, existing?.id);
    return saveRow(ctx, existing, {
      table: 'warehouses',
      entity: 'warehouse',
      fields,
      origin: { unitId: ctx.station.unitId },
    });
  },
});
