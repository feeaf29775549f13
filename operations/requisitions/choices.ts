import { z } from 'zod';
import { unitsAbove } from '#domain/organisation/tree.ts';
import { warehousesOf } from '#db/repositories/parts.ts';
import { allUnits } from '#db/repositories/units.ts';
import { defineQuery } from '../operation.ts';

/** For which of our warehouses parts can be asked for, and of whom: the units above this one, the nearest first. */
export const requisitionChoices = defineQuery({
  name: 'requisitions.choices',
  right: 'requisition.plan',
  input: z.object({}),

  async run({ sql, station }) {
    const units = await allUnits(sql);
    const byId = new Map(units.map((unit) => [unit.id, unit]));
    const above = unitsAbove(units, station.unitId).flatMap((id) => byId.get(id) ?? []);
    return {
      warehouses: await warehousesOf(sql, station.unitId),
      units: above.filter(({ isActive }) => isActive).map(({ id, code, name }) => ({ id, code, name })),
    };
  },
});
