import { z } from 'zod';
import { regionOf } from '#domain/organisation/tree.ts';
import { countedUnits } from '#db/repositories/units.ts';
import { defineQuery } from '../operation.ts';

/** The whole tree of units, by code, with who works there and whether a station serves it. */
export const listUnits = defineQuery({
  name: 'organisation.units',
  right: 'setup.view',
  reach: 'company',
  input: z.object({}),
  async run(ctx) {
    const units = await countedUnits(ctx.sql);
    return {
      units: units.map(({ stations, createdAt: _, ...unit }) => ({
        ...unit,
        regionId: unit.regionId ?? regionOf(units, unit.id),
        hasStation: stations > 0,
      })),
    };
  },
});
