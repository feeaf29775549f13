import { z } from 'zod';
import { regionOf } from '#domain/organisation/tree.ts';
import { allUnits } from '#db/repositories/units.ts';
import { defineQuery } from '../operation.ts';

/** Whom work can be referred to: the region's centre first, for major repairs, then every other unit at work. */
export const unitsToReferTo = defineQuery({
  name: 'referrals.units',
  right: 'dispatch.assign',
  input: z.object({}),

  async run(ctx) {
    const units = await allUnits(ctx.sql);
    const centreId = regionOf(units, ctx.station.unitId);
    const others = units.filter((unit) => unit.isActive && unit.id !== ctx.station.unitId);
    const isCentre = (unit: { id: string }) => unit.id === centreId;
    return {
      units: others
        .toSorted((a, b) => Number(isCentre(b)) - Number(isCentre(a)))
        .map(({ id, code, name, kind }) => ({ id, code, name, kind, isCentre: id === centreId })),
    };
  },
});
