import { z } from 'zod';
import { lineOf } from '#domain/organisation/tree.ts';
import { activeTechnicians } from '#db/repositories/organisation.ts';
import { suppliersOf, warehousesOf } from '#db/repositories/parts.ts';
import { allUnits } from '#db/repositories/units.ts';
import { defineQuery } from '../operation.ts';

/**
 * What the forms of the stock offer to choose from: this unit's warehouses and technicians, the suppliers of
 * its line up to head office, and the outlets.
 */
export const stockChoices = defineQuery({
  name: 'stock.choices',
  right: 'stock.view',
  input: z.object({}),

  async run({ sql, station }) {
    const all = await allUnits(sql);
    const others = all.filter((unit) => unit.isActive && unit.id !== station.unitId);
    return {
      warehouses: await warehousesOf(sql, station.unitId),
      suppliers: await suppliersOf(sql, lineOf(all, station.unitId)),
      technicians: await activeTechnicians(sql, station.unitId),
      units: others.map(({ id, code, name }) => ({ id, code, name })),
    };
  },
});
