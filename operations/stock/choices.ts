import { z } from 'zod';
import { lineOf } from '#domain/organisation/tree.ts';
import { suppliersOf, warehousesOf } from '#db/repositories/parts.ts';
import { allUnits } from '#db/repositories/units.ts';
import { defineQuery } from '../operation.ts';

/** What the forms of the stock offer to choose from: this unit's warehouses, and the suppliers of its line up to head office. */
export const stockChoices = defineQuery({
  name: 'stock.choices',
  right: 'stock.view',
  input: z.object({}),

  async run({ sql, station }) {
    const line = lineOf(await allUnits(sql), station.unitId);
    return { warehouses: await warehousesOf(sql, station.unitId), suppliers: await suppliersOf(sql, line) };
  },
});
