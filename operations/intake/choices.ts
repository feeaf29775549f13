import { z } from 'zod';
import { lineOf } from '#domain/organisation/tree.ts';
import { storesOf } from '#db/repositories/stores.ts';
import { allUnits } from '#db/repositories/units.ts';
import { defineQuery } from '../operation.ts';

/** What the intake form offers to choose from: the places of sale of this unit's line up to head office. */
export const intakeChoices = defineQuery({
  name: 'intake.choices',
  right: 'intake.register',
  input: z.object({}),

  async run({ sql, station }) {
    return { stores: await storesOf(sql, lineOf(await allUnits(sql), station.unitId)) };
  },
});
