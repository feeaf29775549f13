import { z } from 'zod';
import { subtreeOf } from '#domain/organisation/tree.ts';
import { activeTechnicians } from '#db/repositories/organisation.ts';
import { allUnits } from '#db/repositories/units.ts';
import { defineQuery } from '../operation.ts';

/** Whose deposits this unit can begin to hold: those of the units below it, and of its own technicians. */
export const depositChoices = defineQuery({
  name: 'deposits.choices',
  right: 'deposit.manage',
  input: z.object({}),

  async run({ sql, station }) {
    const units = await allUnits(sql);
    const below = new Set(subtreeOf(units, station.unitId).slice(1));
    return {
      unitId: station.unitId,
      units: units
        .filter(({ id, isActive }) => below.has(id) && isActive)
        .map(({ id, code, name }) => ({ id, code, name })),
      technicians: await activeTechnicians(sql, station.unitId),
    };
  },
});
