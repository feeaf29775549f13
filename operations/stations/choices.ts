import { z } from 'zod';
import { unitsForStations } from '#db/repositories/stations.ts';
import { defineQuery } from '../operation.ts';

const MOST_UNITS = 2000;

/** The units a station can be set up for, each with the station it has. */
export const stationChoices = defineQuery({
  name: 'stations.choices',
  right: 'stations.manage',
  input: z.object({}),
  run: async (ctx) => {
    const units = await unitsForStations(ctx.sql, MOST_UNITS);
    return { units: units.filter(({ id }) => ctx.isOwnUnit(id)) };
  },
});
